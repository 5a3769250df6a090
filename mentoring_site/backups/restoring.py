"""Restoring a backup into an empty place, with comparison; then what must not come back is ended again."""

import hashlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from mentoring_site.backups import companions, database, transfer
from mentoring_site.backups.copies import Copy, find
from mentoring_site.backups.errors import BackupError
from mentoring_site.backups.manifest import CHUNK, FILES, Hashing, Manifest, key_fingerprints
from mentoring_site.backups.reading import inspect, opened, walk, written_down
from mentoring_site.models import Heartbeat, OutboxMail

Say = Callable[[str], None]

_ENDINGS: list[Callable[[], None]] = []


def on_restore(*endings: Callable[[], None]) -> None:
    """Call each once the restored database has the schema of this version: what must not live on ends there.

    Called by the apps when they are ready.
    """
    _ENDINGS.extend(ending for ending in endings if ending not in _ENDINGS)


@dataclass(frozen=True)
class Options:
    """How to restore. ``records``: further files or folders where records of destruction may lie."""

    identity: Path | None = None
    records: list[Path] = field(default_factory=list)
    without_records: bool = False


def restore(source: Path, options: Options, say: Say) -> Manifest:
    """Restore the backup at ``source`` into our empty database and store; ``say`` gets sentences on the way.

    Raises ``BackupError``: then nothing was written, or what was written is taken away again.
    """
    copy, room = find(source), _room()
    need_empty_place()
    later = records(copy, options)
    say(f"Проверяю копию {copy.path.name}…")
    with tempfile.TemporaryDirectory(prefix=".restore-work-", dir=room) as work:
        manifest, snapshot = inspect(copy, Path(work), options.identity)
        check_version(manifest)
        say("Копия цела. Записываю файлы и базу данных…")
        written: list[str] = []
        try:
            write_files(copy, manifest, options.identity, written)
            if manifest.vendor == connection.vendor:
                database.place(snapshot)
            else:
                transfer.from_sqlite(snapshot)
        except BaseException:
            for name in written:
                default_storage.delete(name)
            raise
    compare(manifest)
    say("Восстановленное сверено с описью: файлы — по SHA-256, база данных — по числу строк")
    end_what_was_under_way()
    call_command("migrate", interactive=False, verbosity=0)
    for end in _ENDINGS:
        end()
    for sentence in [*_repeat(later, manifest), *_told(manifest)]:
        say(sentence)
    return manifest


def _room() -> Path:
    """Make the data folder; say where the snapshot is laid down: beside the database, where it need only be moved."""
    room = settings.DATA_DIR
    if connection.vendor == "sqlite" and Path(connection.settings_dict["NAME"]).is_absolute():
        room = Path(connection.settings_dict["NAME"]).parent
    room.mkdir(mode=0o700, parents=True, exist_ok=True)
    return room


def need_empty_place() -> None:
    """Refuse a database with tables and a store with files. Raises ``BackupError``."""
    if not database.is_empty():
        raise BackupError(
            "База данных не пуста, а копию восстанавливают только на пустое место. Укажите новую папку данных "
            "(DATA_DIR) или новую пустую базу (DATABASE_URL). Прежнюю не удаляйте, пока не убедитесь, что "
            "восстановлено всё"
        )
    try:
        folders, files = default_storage.listdir("")
    except FileNotFoundError:
        return
    if files or any(any(default_storage.listdir(folder)) for folder in folders):  # a failed restore leaves empty ones
        where = settings.STORAGE_URL.partition("?")[0] or settings.MEDIA_ROOT
        raise BackupError(
            f"В хранилище файлов {where} уже что-то есть, а копию восстанавливают только на пустое место. "
            "Укажите новое, а прежнее не удаляйте, пока не убедитесь, что восстановлено всё"
        )


def check_version(manifest: Manifest) -> None:
    """Refuse a backup that this version or this kind of database cannot hold. Raises ``BackupError``."""
    if manifest.vendor != connection.vendor and manifest.vendor != "sqlite":
        raise BackupError(
            "Копия сделана с PostgreSQL: восстановите её в PostgreSQL (DATABASE_URL). "
            "Обратно в SQLite база не переносится"
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    if manifest.vendor != connection.vendor and known - set(manifest.migrations):
        raise BackupError(
            "Копия сделана прежней версией программы. Чтобы перейти на PostgreSQL, сначала запустите эту версию с "
            "прежней базой и сделайте новую копию"
        )
    if unknown := sorted(set(manifest.migrations) - known):
        raise BackupError(
            f"Копия сделана другой версией программы: в ней есть шаги, которых эта версия не знает "
            f"({', '.join(unknown[:3])}). Восстановите её той версией или более новой"
        )


def write_files(copy: Copy, manifest: Manifest, identity: Path | None, written: list[str]) -> None:
    """Stream the files of people into the store, each under its own name; ``written`` fills with their names."""
    wanted = {f"{FILES}{entry.name}": entry for entry in manifest.files if entry.listed}

    def take(member: str, source: Hashing) -> None:
        entry = wanted.get(member)
        if entry is None:
            return
        written.append(entry.name)
        with written_down(), tempfile.SpooledTemporaryFile(max_size=CHUNK) as spool:  # a store may read it twice
            while data := source.read():
                spool.write(data)
            kept = default_storage.save(entry.name, File(spool))
        if kept != entry.name:
            written.append(kept)
            raise BackupError(f"Файл {entry.name} в хранилище уже есть. Хранилище пишет кто-то ещё")

    with opened(copy, identity) as archive:
        for _ in walk(archive, take):
            pass


def compare(manifest: Manifest) -> None:
    """Compare what is there now with the manifest. Raises ``BackupError``; what was written stays, to be looked at."""
    tables, _ = database.live_state()
    wrong = transfer.differences(manifest, tables)
    for entry in manifest.files:
        if entry.listed and _sha256(entry.name) != entry.sha256:
            wrong.append(f"файл {entry.name}")
    if wrong:
        raise BackupError(f"Восстановленное не сходится с описью: {'; '.join(wrong[:5])}. Не работайте с ним")


def _sha256(name: str) -> str:
    digest = hashlib.sha256()
    try:
        with default_storage.open(name, "rb") as file:
            for chunk in file.chunks():
                digest.update(chunk)
    except FileNotFoundError:
        return ""
    return digest.hexdigest()


def end_what_was_under_way() -> None:
    """End sessions, letters that have long left, signs of life of another machine: they belong to the past."""
    there = connection.introspection.table_names()
    if Session._meta.db_table in there:
        Session.objects.all().delete()
    try:
        OutboxMail.objects.filter(sent_at=None, failed_at=None).update(
            failed_at=timezone.now(), text="", last_error="База восстановлена из копии: письмо уже могло уйти"
        )
        Heartbeat.objects.all().delete()
    except DatabaseError as error:
        raise BackupError("База восстановлена, но её устройство слишком старое для этой версии программы") from error


Later = list[tuple[companions.Companion, dict[str, dict]]]


def records(copy: Copy, options: Options) -> Later:
    """Gather what was done after backups from beside the backup, from our own folder of backups, and where told.

    Raises ``BackupError`` when there is no record at all: what was destroyed would silently come back.
    """
    found: Later = []
    for companion in companions.registered():
        folders = [copy.path.parent, settings.BACKUP_DIR]
        paths = [folder / companion.file for folder in folders]
        paths += [path / companion.file if path.is_dir() else path for path in options.records]
        if lost := [path for path in options.records if not path.exists()]:
            raise BackupError(f"Нет файла {lost[0]}")
        there = [path for path in dict.fromkeys(paths) if path.is_file()]
        if not there and not options.without_records:
            raise BackupError(
                f"Рядом с копией нет файла {companion.file} ({companion.title}). Возьмите самый свежий из папки "
                "копий и положите рядом или укажите его (--records). Если после этой копии ничего не уничтожали: "
                "--without-records"
            )
        found.append((companion, companions.gathered(companion, there)))
    return found


def _repeat(later: Later, manifest: Manifest) -> list[str]:
    """Do again what was done after the backup and is not in it."""
    told = []
    for companion, entries in later:
        known = {entry["key"] for entry in companion.entries()}
        for key, entry in sorted(entries.items(), key=lambda pair: pair[1]["at"]):
            if key not in known and entry["at"] >= manifest.made_at:
                told.append(companion.repeat(entry))
        companions.export_quietly({companion.file: entries})
    return [sentence for sentence in told if sentence]


def _told(manifest: Manifest) -> list[str]:
    """What the one who restores should know."""
    told = []
    now = key_fingerprints()
    if changed := [name for name, value in manifest.keys.items() if now.get(name) != value]:
        told.append(
            f"Внимание: ключи этой установки другие ({', '.join(changed)}). Положите прежний файл env в папку "
            "данных, иначе второй фактор придётся сбросить каждому, а ссылки в письмах не откроются"
        )
    if manifest.lost:
        told.append(
            f"Файлов, которых не было уже при копировании: {len(manifest.lost)}. Список — manage.py verify_papers"
        )
    return told
