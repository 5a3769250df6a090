"""Who looked at whose private data (152-ФЗ, ст. 19, ч. 2, п. 8): the one exception to «reading writes nothing».

Pages note a look in memory, a thread writes what was noted in batches. A page never waits for it and never fails by
it. A look is in the database ``settings.VIEWS_FLUSH_SECONDS`` later; a process that is killed loses those of its last
seconds, one that stops writes them down.
"""

import logging
import os
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import util
from typing import Any

from django.conf import settings
from django.db import DatabaseError, OperationalError, connection
from django.utils import timezone

from mentoring_site.models import Viewing

logger = logging.getLogger(__name__)
Kind = Viewing.Kind
WINDOW = 600  # seconds: looks of one person at the same thing within it are one row
BATCH = 500  # rows of one insert; a fuller buffer is written at once
MOST = 50_000  # rows kept while the database does not answer


@dataclass(frozen=True)
class Look:
    """One row to be written; ``key`` is what makes it the same as another."""

    person: int
    viewer: int
    kind: str
    exported: bool
    roles: str
    at: datetime

    @property
    def key(self) -> tuple:
        return self.person, self.viewer, self.kind, self.exported, self.window

    @property
    def window(self) -> int:
        return int(self.at.timestamp()) // WINDOW


class Journal:
    """Looks that are not written yet; safe for many threads."""

    def __init__(self) -> None:
        self._lock, self._writing = threading.Lock(), threading.Lock()
        self._waiting: dict[tuple, Look] = {}
        self._timer: threading.Timer | None = None
        self._process = 0  # where the end of the process is watched

    def note(self, user: Any, people: Iterable[int], kind: str, *, exported: bool = False) -> None:
        """Note that a user looked at data of people, by their ids; one's own data are nobody's view."""
        now, roles = timezone.now(), ",".join(sorted(user.roles))[:200]
        looks = [Look(pk, user.pk, kind, exported, roles, now) for pk in people if pk != user.person_id]
        with self._lock:
            for look in looks:
                self._waiting.setdefault(look.key, look)
            if self._waiting:
                self._start_timer()

    def _start_timer(self) -> None:
        seconds = settings.VIEWS_FLUSH_SECONDS
        if seconds is None or (self._timer is not None and self._timer.is_alive()):
            return
        if self._process != os.getpid():
            self._process = os.getpid()
            util.Finalize(
                None, self.flush, exitpriority=10
            )  # runs in a worker that a server started too, unlike atexit
        self._timer = threading.Timer(seconds if len(self._waiting) < BATCH else 0, self._write_apart)
        self._timer.daemon = True
        self._timer.start()

    def _write_apart(self) -> None:
        """Write in a thread of its own, with a connection of its own; what came meanwhile gets another one."""
        try:
            self.flush()
        finally:
            connection.close()
            with self._lock:
                self._timer = None
                if self._waiting:
                    self._start_timer()

    def flush(self) -> int:
        """Write what waits; return how many rows. A database that does not answer gets them the next time."""
        written = 0
        with self._writing:
            while looks := self._take():
                try:
                    Viewing.objects.bulk_create([_row(look) for look in looks], ignore_conflicts=True)
                    written += len(looks)
                except OperationalError:
                    logger.warning("%s views wait: the database does not answer", len(looks))
                    self._put_back(looks)
                    break
                except DatabaseError:
                    logger.exception("%s views are lost", len(looks))
        return written

    def _take(self) -> list[Look]:
        with self._lock:
            keys = list(self._waiting)[:BATCH]
            return [self._waiting.pop(key) for key in keys]

    def _put_back(self, looks: list[Look]) -> None:
        with self._lock:
            room = max(MOST - len(self._waiting), 0)
            self._waiting = {look.key: look for look in looks[:room]} | self._waiting

    def clear(self) -> None:
        """Forget what waits."""
        with self._lock:
            self._waiting.clear()

    @property
    def waiting(self) -> list[Look]:
        """Return what is not written yet."""
        with self._lock:
            return list(self._waiting.values())


def _row(look: Look) -> Viewing:
    return Viewing(
        person_id=look.person,
        viewer_id=look.viewer,
        kind=look.kind,
        exported=look.exported,
        roles=look.roles,
        at=look.at,
        window=look.window,
    )


JOURNAL = Journal()


def note(user: Any, people: Iterable[int] | int, kind: str, *, exported: bool = False) -> None:
    """Note a look at private data of a person or of several, by ids. A failure here is no failure of the page."""
    try:
        JOURNAL.note(user, [people] if isinstance(people, int) else people, kind, exported=exported)
    except Exception:
        logger.exception("a view is not noted")
