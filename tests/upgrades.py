"""An installation of an earlier version on its way to this one: rows from before, then the migrations.

A test that uses it really commits (``django_db(transaction=True)``): SQLite changes no table inside a transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import override_settings


@contextmanager
def installation_at(*states: tuple[str, str]) -> Iterator:
    """Lay the tables as they were at ``states``, pairs of app and migration; they are today's again afterwards.

    Gives a function that returns a model of that time: ``old("people", "Person")``. Run ``upgrade()`` inside.
    """
    assert settings.MIGRATION_MODULES is not None
    with override_settings(MIGRATION_MODULES={}):
        recorder = MigrationRecorder(connection)
        recorder.ensure_schema()
        recorder.flush()
        for step in MigrationLoader(None).disk_migrations:
            recorder.record_applied(*step)
        try:
            MigrationExecutor(connection).migrate(list(states))
            state = MigrationLoader(connection).project_state(list(states))
            yield lambda app, name: state.apps.get_model(app, name)
        finally:
            upgrade()
            recorder.flush()


def upgrade() -> None:
    """Apply every migration that has not been applied."""
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
