"""The nightly backup: when it is due, the process that makes it, and what is wrong with backups."""

import subprocess
import sys
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from mentoring_site.backups.copies import copies_in
from mentoring_site.middleware import school_zone
from mentoring_site.models import Heartbeat

STALE = timedelta(days=2)
FIRST_AFTER = timedelta(minutes=10)
RETRY_AFTER = timedelta(hours=1)
GOOD, FAILED = "backup", "backup_failed"


def is_due(now: datetime, newest: datetime | None, started: datetime, tried: datetime | None) -> bool:
    """Return whether a backup should be made now. ``now`` is in the time zone of the school.

    Once after each ``BACKUP_HOUR``, also when the computer was off at that hour; the first one soon after the start;
    after a failure again in an hour.
    """
    if tried and now - tried < RETRY_AFTER:
        return False
    if newest is None:
        return now - started >= FIRST_AFTER
    hour = now.replace(hour=settings.BACKUP_HOUR, minute=0, second=0, microsecond=0)
    return newest < (hour if hour <= now else hour - timedelta(days=1))


class Nightly:
    """Runs ``manage.py backup --nightly`` in a process of its own, so that the clock goes on meanwhile."""

    def __init__(self) -> None:
        self.process: subprocess.Popen | None = None
        self.started = timezone.now()
        self.tried: datetime | None = None

    def look(self) -> None:
        """Start a backup when one is due and none is at work."""
        if not settings.BACKUP_NIGHTLY or (self.process and self.process.poll() is None):
            return
        copies, now = copies_in(settings.BACKUP_DIR), timezone.localtime(timezone=school_zone())
        if is_due(now, copies[0].made_at if copies else None, self.started, self.tried):
            self.tried = now
            command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "backup", "--nightly"]
            self.process = subprocess.Popen(command, cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL)

    def stop(self) -> None:
        """End a backup that is at work; it leaves nothing half-written."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(10)


def trouble() -> str:
    """Say what is wrong with backups: the last one failed, or there is no recent one. Nothing is the goal."""
    good = Heartbeat.objects.filter(name=GOOD).first()
    failed = Heartbeat.objects.filter(name=FAILED).first()
    last = f"Последняя удачная: {_when(good.at)}" if good else "Удачных ещё не было"
    if failed:
        return f"{_when(failed.at)} копия не сделана: {failed.detail.removesuffix('.')}. {last}"
    if good and timezone.now() - good.at > STALE:
        return f"{last}, новых больше двух суток нет. Выполните manage.py backup и прочтите, что помешало"
    if not good and settings.BACKUP_NIGHTLY and _is_old():
        return "Нет ни одной копии. Выполните manage.py backup и прочтите, что помешало"
    return good.detail if good and good.detail else ""


def _is_old() -> bool:
    """Whether the installation is so old that there should be a backup."""
    if not MigrationRecorder(connection).has_table():
        return False
    first = MigrationRecorder(connection).migration_qs.order_by("applied").first()
    return first is not None and timezone.now() - first.applied > STALE


def _when(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%d.%m.%Y в %H:%M}"
