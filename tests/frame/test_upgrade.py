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


@pytest.fixture
def recorder(settings):
    """The database says that it was laid down by the earlier steps."""
    settings.MIGRATION_MODULES = {}
    recorder = MigrationRecorder(connection)
    for key, migration in MigrationLoader(None).disk_migrations.items():
        for step in migration.replaces or [key]:
            recorder.record_applied(*step)
    return recorder


def test_a_database_laid_down_by_the_earlier_steps_needs_nothing(recorder):
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    assert ("people", "0007_consent_depth") in recorder.applied_migrations()


def test_a_database_left_half_way_is_refused_with_a_sentence(recorder):
    recorder.record_unapplied("people", "0007_consent_depth")
    with pytest.raises(CommandError, match=r"Запустите сначала сборку 0\.2 от 26 ноября 2026 года"):
        call_command("prepare")


def test_lists_are_planted_beside_what_the_school_wrote_itself():
    day = apps.get_model("people", "DayOff").objects
    day.filter(date="2026-05-09").update(name="Праздник школы")
    before = day.count()
    import_module("people.migrations.0002_lists").plant(apps, None)
    assert day.count() == before and day.get(date="2026-05-09").name == "Праздник школы"
