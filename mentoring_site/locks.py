"""One lock for the check and for the write that rests on it, until the end of the caller's transaction.

What ``perform()`` moves is compared and swapped there, and an edit claims its version. Every other act that looks at
something and then writes or deletes it reads it by ``locked`` first, or asks ``one_at_a_time`` when there is no row
yet to lock. SQLite needs neither: a transaction of it is alone from its beginning (``transaction_mode``).
"""

from typing import TypeVar
from zlib import crc32

from django.db import connection
from django.db.models import Model

from mentoring_site.workflow import Already

AnyModel = TypeVar("AnyModel", bound=Model)


def locked(obj: AnyModel, *, gone: str = "Этой записи уже нет. Обновите страницу") -> AnyModel:
    """Return ``obj`` read again under a lock of its row. Raises ``Already`` with ``gone`` when it is deleted.

    What is locked together is locked from the whole to its parts: a program before its meeting.
    """
    model = obj.__class__  # not type(): the user of a request is a lazy object
    found = model._default_manager.select_for_update().filter(pk=obj.pk).first()
    if found is None:
        raise Already(gone)
    return found


def one_at_a_time(what: str) -> None:
    """Let acts about the same ``what`` wait for each other: «who holds which role», «the list of people»."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [crc32(what.encode())])
