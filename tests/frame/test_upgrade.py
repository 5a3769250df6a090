"""A database laid down step by step before 0001_tables goes on; one left half-way is refused with a sentence."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

pytestmark = [pytest.mark.django_db, pytest.mark.point("1")]
EARLIER = {  # the steps that laid the tables down before, all of them
    "mentoring_site": ["0001_initial", "0002_initial", "0003_signature"],
    "people": [
        "0001_initial",
        "0002_lists",
        "0003_indexes",
        "0004_setup_open_until",
        "0005_post_forms",
        "0006_labour",
        "0007_consent_depth",
        "0008_grif",
    ],
    "programs": [
        "0001_initial",
        "0002_lists",
        "0003_templates",
        "0004_indexes",
        "0005_message_about",
        "0006_versions",
        "0007_changes",
        "0008_grif",
        "0009_program_by_end",
    ],
    "reports": [
        "0001_initial",
        "0002_indexes",
        "0003_kinds",
        "0004_proposals",
        "0005_visa_role",
        "0006_register",
        "0007_changes",
        "0008_packages",
        "0009_kept",
    ],
    "roadmap": ["0001_initial", "0002_minutes"],
}


@pytest.fixture
def recorder(settings):
    """The database says that it was laid down by the earlier steps."""
    settings.MIGRATION_MODULES = {}
    recorder = MigrationRecorder(connection)
    others = [key for key in MigrationLoader(None).disk_migrations if key[0] not in EARLIER]
    for step in [*others, *((app, name) for app, names in EARLIER.items() for name in names)]:
        recorder.record_applied(*step)
    return recorder


def test_a_database_laid_down_by_the_earlier_steps_needs_nothing(recorder):
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


@pytest.mark.parametrize(
    "step", [("people", "0007_consent_depth"), ("mentoring_site", "0003_signature"), ("reports", "0009_kept")]
)
def test_a_database_left_half_way_is_refused_with_a_sentence(recorder, step):
    recorder.record_unapplied(*step)
    with pytest.raises(CommandError, match="Запустите сначала сборку d4eab0f"):
        call_command("prepare")


def test_lists_are_planted_beside_what_the_school_wrote_itself():
    day = apps.get_model("people", "DayOff").objects
    day.filter(date="2026-05-09").update(name="Праздник школы")
    before = day.count()
    import_module("people.migrations.0002_lists").plant(apps, None)
    assert day.count() == before and day.get(date="2026-05-09").name == "Праздник школы"
