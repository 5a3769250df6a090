"""Records that lie beside the backups, so that what came after a backup is done again after its restore.

A feature registers a companion: destruction of personal data must outlive the database that it was done in.
"""

import json
import logging
import os
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from mentoring_site.backups.errors import BackupError
from mentoring_site.files import sync

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Companion:
    """A record of acts. ``entries()`` returns those of our database as dictionaries with a ``key`` and ``at`` (ISO);
    ``repeat(entry)`` does one again and returns a Russian sentence, or nothing where there was nothing to do.
    """

    file: str
    title: str
    entries: Callable[[], list[dict]]
    repeat: Callable[[dict], str]


_COMPANIONS: dict[str, Companion] = {}


def register(companion: Companion) -> None:
    """Add a record; called by the apps when they are ready."""
    _COMPANIONS[companion.file] = companion


def registered() -> list[Companion]:
    """Return all records."""
    return list(_COMPANIONS.values())


def export(folder: Path, also: dict[str, dict] | None = None) -> None:
    """Write every record into a folder, together with what is there of it already: an older database loses nothing.

    ``also``: entries by their keys, for the file of each record.
    """
    for companion in registered():
        path = folder / companion.file
        known = gathered(companion, [path])
        fresh = (also or {}).get(companion.file, {}) | {entry["key"]: entry for entry in companion.entries()}
        if path.is_file() and fresh.keys() <= known.keys():
            continue
        entries = sorted((known | fresh).values(), key=lambda entry: entry["at"])
        _write(path, json.dumps(entries, ensure_ascii=False, indent=1))


def export_quietly(also: dict[str, dict] | None = None) -> None:
    """Write the records beside the nightly backups; an error goes to the log, and the next minute tries again."""
    try:
        settings.BACKUP_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        export(settings.BACKUP_DIR, also)
    except (OSError, BackupError) as error:
        logger.error("records beside the backups not written: %s", type(error).__name__)


def _write(path: Path, text: str) -> None:
    handle, temporary = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        os.rename(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
    sync(path.parent)


def read(path: Path) -> list[dict]:
    """Read a record; nothing where there is none. Raises ``BackupError`` when it is damaged."""
    if not path.is_file():
        return []
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        for entry in entries:
            entry["key"], entry["at"]
    except (ValueError, TypeError, KeyError) as error:
        raise BackupError(f"Файл {path} повреждён. Возьмите его из другой папки с копиями") from error
    return entries


def gathered(companion: Companion, paths: Iterable[Path]) -> dict[str, dict]:
    """Return the entries of every file there is, by their keys."""
    return {entry["key"]: entry for path in paths for entry in read(path)}
