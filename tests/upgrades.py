"""An old school that lives through every migration once.

Laying the tables down takes most of the time of an upgrade, so all upgrade tests share one walk: a *chapter* writes its
rows with the models of its time, the migrations go on to the time of the next one, and the tests look at what has
become of the rows today. Chapters stand in the order of the walk.
"""

from collections.abc import Callable
from types import SimpleNamespace

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import override_settings

Step = tuple[str, str]
CHAPTERS: list[tuple[tuple[Step, ...], Callable]] = []


def at(*steps: Step) -> Callable:
    """Decorate a chapter: ``steps``, pairs of app and migration, are the latest of their apps when it is written.

    It gets a function that returns a model of that time, ``old("people", "Person")``; the tests get what it returns.
    """

    def note(chapter: Callable) -> Callable:
        CHAPTERS.append((steps, chapter))
        return chapter

    return note


def live() -> SimpleNamespace:
    """Lay an empty database down up to today, writing every chapter in its time; return what they returned."""
    told = {}
    with override_settings(MIGRATION_MODULES={}):
        for steps, chapter in CHAPTERS:
            state = reach(steps)
            told[chapter.__name__] = chapter(state.apps.get_model)
        call_command("migrate", verbosity=0)
    return SimpleNamespace(**told)


def reach(steps: tuple[Step, ...]):
    """Go on to the steps, never back; return the state of the models then."""
    executor = MigrationExecutor(connection)
    executor.migrate([step for step in steps if step not in executor.loader.applied_migrations])
    executor.loader.build_graph()
    latest = dict(sorted(executor.loader.applied_migrations))
    assert latest.items() >= dict(steps).items(), "the walk has already left this time: put the chapter before"
    return executor.loader.project_state(list(steps))
