"""Backups by their names: which there are in a folder, and which of them newer ones replace."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path

from mentoring_site.backups.errors import BackupError
from mentoring_site.russian import add_months

NAME = re.compile(r"nastavnichestvo-(\d{4}-\d\d-\d\d-\d{6})Z(-before-update)?\.tar(?:\.(gpg|age))?")
STAMP = "%Y-%m-%d-%H%M%S"
BEFORE_UPDATE = "before-update"
ALL_OF = timedelta(days=1)
"""Younger ones are never pruned: two updates of one day leave two different databases."""


@dataclass(frozen=True)
class Copy:
    """A finished backup. ``made_at`` is when its snapshot began, in UTC; ``cipher`` is "", "gpg" or "age"."""

    path: Path
    made_at: datetime
    cipher: str = ""
    before_update: bool = False


@dataclass(frozen=True)
class Keep:
    """How many of the last days, weeks and months that have backups keep their newest one."""

    days: int
    weeks: int
    months: int

    @classmethod
    def parse(cls, text: str) -> "Keep":
        """Read «7,4,5». Raises ``ValueError``."""
        days, weeks, months = (int(part) for part in text.split(","))
        if min(days, weeks, months) < 0 or days < 1:
            raise ValueError(text)
        return cls(days, weeks, months)


LONGEST = 6
"""Months: what must be destroyed and cannot be at once is destroyed within them (152-ФЗ, ст. 21, ч. 6)."""


def gone_by(day: date, keep: Keep) -> date:
    """Return by which day no backup made on or before ``day`` is left, while backups are made every night."""
    in_months = add_months(day.replace(day=1), keep.months) if keep.months else day
    latest = max(day + timedelta(days=keep.days), day + timedelta(weeks=keep.weeks + 1), in_months)
    return min(latest, add_months(day, LONGEST))


def name_of(made_at: datetime, *, cipher: str = "", before_update: bool = False) -> str:
    """Return the file name of a backup."""
    mark = f"-{BEFORE_UPDATE}" if before_update else ""
    return f"nastavnichestvo-{made_at.astimezone(UTC):{STAMP}}Z{mark}.tar{f'.{cipher}' if cipher else ''}"


def copy_at(path: Path) -> Copy | None:
    """Return the backup of this file name, or None for any other file."""
    found = NAME.fullmatch(path.name)
    if not found:
        return None
    made_at = datetime.strptime(found[1], STAMP).replace(tzinfo=UTC)
    return Copy(path, made_at, found[3] or "", bool(found[2]))


def copies_in(folder: Path) -> list[Copy]:
    """Return the finished backups of a folder, newest first; nothing when there is no folder."""
    try:
        found = [copy_at(path) for path in folder.iterdir() if path.is_file()]
    except OSError:
        return []
    return sorted((copy for copy in found if copy), key=lambda copy: copy.made_at, reverse=True)


def find(source: Path) -> Copy:
    """Return the backup at ``source``: the file itself, or the newest one of a folder."""
    if source.is_dir():
        if found := copies_in(source):
            return found[0]
        raise BackupError(f"В папке {source} нет ни одной резервной копии")
    if not source.is_file():
        raise BackupError(f"Нет ни файла, ни папки {source}. Укажите резервную копию или папку с копиями")
    suffix = source.suffix.removeprefix(".")
    return copy_at(source) or Copy(source, datetime.min.replace(tzinfo=UTC), suffix if suffix in ("gpg", "age") else "")


def superseded(copies: Iterable[Copy], keep: Keep, zone: tzinfo) -> list[Copy]:
    """Return the backups that may go. Days, weeks and months are those of ``zone``; the newest one always stays.

    None is kept longer than ``LONGEST``: what law lets destroy later than at once goes within that time.
    """
    newest_first = sorted(copies, key=lambda copy: copy.made_at, reverse=True)
    kept = {copy.path for copy in newest_first if newest_first[0].made_at - copy.made_at < ALL_OF}
    periods: list[tuple[int, Callable[[date], tuple]]] = [
        (keep.days, lambda day: (day,)),
        (keep.weeks, lambda day: day.isocalendar()[:2]),
        (keep.months, lambda day: (day.year, day.month)),
    ]
    for number, period in periods:
        newest: dict[tuple, Copy] = {}
        for copy in newest_first:
            newest.setdefault(period(copy.made_at.astimezone(zone).date()), copy)
        kept |= {copy.path for copy in list(newest.values())[:number]}
    oldest = add_months(newest_first[0].made_at.astimezone(zone).date(), -LONGEST) if newest_first else None
    return [
        copy
        for copy in newest_first
        if copy.path not in kept or (oldest and copy.made_at.astimezone(zone).date() <= oldest)
    ]
