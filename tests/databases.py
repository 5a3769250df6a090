"""Another database under the connection of the tests."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.contenttypes.models import ContentType
from django.db import connection


@contextmanager
def another_database(name: str, **options) -> Iterator[None]:
    """Lead the connection to the database ``name``; the one of the tests comes back untouched afterwards."""
    told, kept = connection.settings_dict, connection.connection
    before = {key: told[key] for key in ("NAME", "OPTIONS")}
    connection.connection = None
    told.update(NAME=name, OPTIONS=told["OPTIONS"] | options)
    ContentType.objects.clear_cache()  # numbers of the other database
    try:
        yield
    finally:
        if connection.connection is not None:
            connection.connection.close()  # ``connection.close()`` would keep one in memory
        ContentType.objects.clear_cache()
        told.update(before)
        connection.connection = kept
