"""Builders that act once: what a builder wrote is remembered and laid down again in the next test.

A builder brings its object to a state through the acts themselves, which asks the database hundreds of things. Within
one process the same builder after the same cast writes the same rows, so the writes of its first call are kept and
played again: the rows are those that the acts made, only without asking. Anything written by the test itself in
between, a travelling clock or real commits make a builder act again.
"""

import functools
import re
from types import SimpleNamespace

import time_machine
from django.db import connection, models
from django.utils import timezone

WRITES = re.compile(r"\s*(INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)
HARMLESS = {"django_session", "auditlog_logentry"}
"""Tables whose rows no other row points at: a login before the builder does not matter."""
FILES = "mentoring_site_storedfile"
"""Rows of stored files stand for bytes in the folder of one test: such builders act again."""


class Unknown(Exception):
    """An argument or a result that cannot be written down."""


class Tracker:
    """What the test in hand has written so far: calls of builders only, or something of its own."""

    def __init__(self):
        self.recordings = {}
        self.start(enabled=False)

    def start(self, *, enabled: bool):
        """Begin a test. With real commits nothing is replayed."""
        self.trail = None if not enabled else ()
        self.writing = None  # statements of the builder at work
        self.inside = False

    def __call__(self, execute, sql, params, many, context):
        found = WRITES.match(sql)
        if found and not self.inside and self.trail is not None:
            table, word = found[2], found[1].upper()
            if table not in HARMLESS and (word, table) != ("UPDATE", "people_user"):
                self.trail = None
        if self.writing is not None:
            if found:
                self.writing.append((sql, params, many))
            elif sql.startswith("ROLLBACK TO"):  # what was written before it is not all there
                self.writing.append((FILES, None, False))
        return execute(sql, params, many, context)


tracker = Tracker()


def replayed(builder):
    """Decorate a builder ``(*args, **kwargs) -> model, tuple or namespace of models``."""

    @functools.wraps(builder)
    def build(*args, **kwargs):
        if tracker.inside:
            return builder(*args, **kwargs)
        if time_machine.escape_hatch.is_travelling():
            tracker.trail = None
        if tracker.trail is None:
            return builder(*args, **kwargs)
        try:
            call = (builder.__module__, builder.__name__, _written(args), _written(kwargs))
        except Unknown:
            tracker.trail = None
            return builder(*args, **kwargs)
        tracker.trail = (*(tracker.trail or (_start(),)), call)
        known = tracker.recordings.get(tracker.trail)
        return _play(known) if known else _record(builder, args, kwargs)

    return build


def _record(builder, args, kwargs):
    tracker.inside, tracker.writing = True, []
    try:
        made = builder(*args, **kwargs)
        statements = tracker.writing
    finally:
        tracker.inside, tracker.writing = False, None
    if any(FILES in sql for sql, _, _ in statements):
        tracker.trail = None
        return made
    try:
        tracker.recordings[tracker.trail] = (statements, _written(made))
    except Unknown:
        tracker.trail = None
    return made


def _play(known):
    statements, result = known
    tracker.inside = True
    try:
        with connection.cursor() as cursor:
            for sql, params, many in statements:
                (cursor.executemany if many else cursor.execute)(sql, params)
        return _read(result)
    finally:
        tracker.inside = False


def _start() -> tuple:
    """Return what keys of new rows will begin with; on PostgreSQL the sequences are wound back to the
    rows that exist.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name")
            return (timezone.localdate(), *cursor.fetchall())
        cursor.execute(_wind_back())
        return (timezone.localdate(), *cursor.fetchone())


@functools.cache
def _wind_back() -> str:
    """Return the statement that winds every sequence back to the greatest key of its table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.relname, t.relname, a.attname FROM pg_class s JOIN pg_depend d ON d.objid = s.oid AND d.deptype"
            " IN ('a', 'i') JOIN pg_class t ON t.oid = d.refobjid JOIN pg_attribute a ON a.attrelid = t.oid AND"
            " a.attnum = d.refobjsubid WHERE s.relkind = 'S' AND t.relname NOT IN ('django_migrations') ORDER BY 1"
        )
        rows = cursor.fetchall()
    return "SELECT " + ", ".join(
        f'setval(\'"{sequence}"\', (SELECT COALESCE(MAX("{column}"), 0) + 1 FROM "{table}"), false)'
        for sequence, table, column in rows
    )


def _written(value):
    """Return a hashable note of an argument or a result. Raises ``Unknown``."""
    if value is None or isinstance(value, str | int | bool):
        return value
    if isinstance(value, models.Model):
        return (models.Model, type(value), value.pk)
    if isinstance(value, SimpleNamespace):
        return (SimpleNamespace, _written(vars(value)))
    if isinstance(value, dict):
        return (dict, tuple((key, _written(one)) for key, one in sorted(value.items())))
    if isinstance(value, tuple | list):
        return (type(value), tuple(_written(one) for one in value))
    raise Unknown(type(value))


def _read(note):
    """Return what a note stands for, read again from the database."""
    if not isinstance(note, tuple):
        return note
    if note[0] is models.Model:
        rows = note[1]._base_manager
        return (rows.select_related("person") if note[1].__name__ == "User" else rows).get(pk=note[2])
    if note[0] is SimpleNamespace:
        return SimpleNamespace(**_read(note[1]))
    if note[0] is dict:
        return {key: _read(one) for key, one in note[1]}
    return note[0](_read(one) for one in note[1])
