"""A database that another version laid down is refused with a sentence, before anything is changed."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from mentoring_site.management.commands.prepare import unknown_steps

pytestmark = [pytest.mark.django_db, pytest.mark.point("1")]


@pytest.fixture
def recorder(settings):
    """The database says that every migration on disk has been applied."""
    settings.MIGRATION_MODULES = {}
    recorder = MigrationRecorder(connection)
    for step in MigrationLoader(None).disk_migrations:
        recorder.record_applied(*step)
    return recorder


def test_a_database_of_this_version_needs_nothing(recorder):
    loader = MigrationExecutor(connection).loader
    assert unknown_steps(loader) == []
    assert MigrationExecutor(connection).migration_plan(loader.graph.leaf_nodes()) == []


@pytest.mark.parametrize(
    "step", [("people", "0001_tables"), ("mentoring_site", "0003_signature"), ("reports", "9999_later")]
)
def test_a_database_of_another_version_is_refused_with_a_sentence(recorder, step):
    """Of an earlier one, whose tables were laid down otherwise, and of a later one."""
    recorder.record_applied(*step)
    with pytest.raises(CommandError, match=rf"другой сборкой.*{step[0]}\.{step[1]}.*Ничего не изменено"):
        call_command("prepare")


def test_steps_of_other_packages_are_not_ours_to_know(recorder):
    recorder.record_applied("mfa", "9999_later")
    assert unknown_steps(MigrationExecutor(connection).loader) == []


def test_lists_are_planted_beside_what_the_school_wrote_itself():
    day = apps.get_model("people", "DayOff").objects
    day.filter(date="2026-05-09").update(name="Праздник школы")
    before = day.count()
    import_module("people.migrations.0002_lists").plant(apps, None)
    assert day.count() == before and day.get(date="2026-05-09").name == "Праздник школы"
