"""The tables of our database: laid down from the models where there are none, else brought up to date by migrations.

A new installation has no rows to carry along. Walking it through the life of every model would only take time, so it
gets the tables of today at once, the lists that migrations plant, and the word that every migration has been applied.
"""

from collections.abc import Callable, Iterable
from typing import Any

from auditlog.context import disable_auditlog
from django.apps import apps
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.db.migrations import Migration, RunPython
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def bring_up_to_date() -> None:
    """Lay the tables down in an empty database, apply what is missing in another."""
    if connection.introspection.table_names():
        call_command("migrate", interactive=False, verbosity=0)
    else:
        lay_down()


def lay_down() -> None:
    """Lay down the tables of this version with their lists in one transaction: an interrupted start leaves nothing."""
    recorder = MigrationRecorder(connection)
    with disable_auditlog(), connection.schema_editor() as editor:  # nobody has acted yet
        models: list[Any] = [*apps.get_models(), recorder.Migration]
        for model in models:
            if model._meta.managed and not model._meta.proxy:
                editor.create_model(model)
        for statement in editor.deferred_sql:  # keys and indexes stand before the first row
            editor.execute(statement)
        editor.deferred_sql.clear()
        steps = every_step()
        for plant in seeds(steps):
            plant(apps, editor)
        recorder.migration_qs.bulk_create(recorder.Migration(app=step.app_label, name=step.name) for step in steps)
        emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)


def every_step() -> list[Migration]:
    """Return all migrations of this version, each after those that it needs."""
    graph = MigrationLoader(None).graph
    keys = dict.fromkeys(key for leaf in sorted(graph.leaf_nodes()) for key in graph.forwards_plan(leaf))
    return [graph.nodes[key] for key in keys]


def seeds(steps: Iterable[Migration]) -> list[Callable]:
    """Return the functions that plant lists. Each is called ``plant(apps, schema_editor)`` and may be called again.

    They work with the models of today too; what other functions of migrations do is for rows of earlier versions.
    """
    operations = [operation for step in steps for operation in step.operations if isinstance(operation, RunPython)]
    return [operation.code for operation in operations if getattr(operation.code, "__name__", "") == "plant"]
