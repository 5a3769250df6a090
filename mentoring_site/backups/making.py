"""Making a backup: snapshot, files, manifest into one archive that gets its name only when it is whole."""

import errno
import fcntl
import os
import shutil
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import tzinfo
from io import BytesIO
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone

from mentoring_site.backups import companions, database, external
from mentoring_site.backups.copies import Copy, Keep, copies_in, copy_at, name_of, superseded
from mentoring_site.backups.errors import BackupError
from mentoring_site.backups.manifest import DATABASES, ENV, FILES, MANIFEST, Entry, Hashing, Manifest, key_fingerprints
from mentoring_site.files import sync
from mentoring_site.middleware import school_zone
from mentoring_site.models import StoredFile

ROUNDS = 20
"""How often a new snapshot is taken when files were deleted while they were copied."""
SPARE = 256 * 1024 * 1024
"""Left free on every disk that a backup is made on: the school goes on working on it."""
LOCK, WORK = ".backup-lock", ".backup-work-"


@dataclass(frozen=True)
class Made:
    """A finished backup and what its maker should know."""

    copy: Copy
    manifest: Manifest
    size: int
    removed: list[Path] = field(default_factory=list)

    @property
    def warnings(self) -> list[str]:
        """What was wrong in the store already: the backup cannot mend it."""
        told = []
        if self.manifest.lost:
            told.append(f"в хранилище нет файлов, о которых знает база: {len(self.manifest.lost)}")
        if self.manifest.damaged:
            told.append(f"файлы не сходятся со своими SHA-256: {len(self.manifest.damaged)}")
        return told


def make_backup(target: Path, *, before_update: bool = False, keep: Keep | None = None) -> Made:
    """Make a backup in the folder ``target``; with ``keep`` remove those that newer ones replace.

    Raises ``BackupError``; what was there before stays, and nothing half-written gets the name of a backup.
    """
    try:
        _private(target)
        with alone(), tempfile.TemporaryDirectory(prefix=WORK, dir=settings.DATA_DIR) as work:
            for left in target.glob(".nastavnichestvo-*.part"):
                left.unlink()
            made = _make(target, Path(work), before_update)
    except OSError as error:
        raise BackupError(_in_words(error, target)) from error
    if not before_update:  # the schema may be older than our models
        companions.export(target)
    return prune(made, target, keep, school_zone()) if keep else made


def prune(made: Made, target: Path, keep: Keep, zone: tzinfo) -> Made:
    """Remove the backups that newer ones replace."""
    old = [copy.path for copy in superseded(copies_in(target), keep, zone)]
    for path in old:
        path.unlink(missing_ok=True)
    return Made(made.copy, made.manifest, made.size, old)


def _private(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise BackupError(f"{folder} — файл, а нужна папка, в которую складывать копии")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


@contextmanager
def alone() -> Iterator[None]:
    """Let one backup of this installation be made at a time, and clear up after one that died."""
    with (settings.DATA_DIR / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupError("Другая резервная копия делается прямо сейчас") from None
        for left in settings.DATA_DIR.glob(f"{WORK}*"):
            shutil.rmtree(left, ignore_errors=True)
        yield


def _make(target: Path, work: Path, before_update: bool) -> Made:
    now = timezone.now().replace(microsecond=0)
    final = target / name_of(now, cipher=external.cipher(), before_update=before_update)
    while final.exists():  # two in one second
        time.sleep(0.2)
        final = target / name_of(timezone.now(), cipher=external.cipher(), before_update=before_update)
    part = target / f".{final.name}.part"
    try:
        with part.open("xb") as out:
            os.fchmod(out.fileno(), 0o600)
            with (
                encrypted(out) as stream,
                tarfile.open(fileobj=stream, mode="w|") as archive,
            ):
                manifest = Archive(archive, target).fill(work)
            out.flush()
            os.fsync(out.fileno())
        os.rename(part, final)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync(target)
    made = copy_at(final)
    assert made is not None
    return Made(made, manifest, final.stat().st_size)


@contextmanager
def encrypted(out: IO[bytes]) -> Iterator[IO[bytes]]:
    """Give a stream whose bytes come out encrypted for ``BACKUP_RECIPIENT``; the file itself without one."""
    if not external.cipher():
        yield out
        return
    spoken = os.environ | {"LC_ALL": "C"}
    process = subprocess.Popen(
        external.encrypting(), stdin=subprocess.PIPE, stdout=out, stderr=subprocess.PIPE, env=spoken
    )
    assert process.stdin is not None and process.stderr is not None
    try:
        yield process.stdin
    except BrokenPipeError:
        pass  # the program says why
    except BaseException:
        process.kill()
        raise
    finally:
        with suppress(BrokenPipeError):
            process.stdin.close()
        told = process.stderr.read().decode(errors="replace").strip().splitlines()
        process.stderr.close()
        code = process.wait()
    if code:
        if any("No space left" in line for line in told):
            raise OSError(errno.ENOSPC, "no space")
        raise BackupError(f"Зашифровать копию не удалось: {told[-1] if told else f'код {code}'}")


class Archive:
    """The archive while it is filled."""

    def __init__(self, archive: tarfile.TarFile, target: Path):
        self.archive, self.target = archive, target
        self.done: dict[str, Entry] = {}

    def fill(self, work: Path) -> Manifest:
        """Write files, snapshot, keys and manifest.

        A file may be deleted with its row between snapshot and copy. Then a new snapshot is taken: in the end every
        file of the snapshot is in the archive.
        """
        for _ in range(ROUNDS):
            room_for(work, database.size_of_file())
            with database.snapshot(work) as taken:
                self.need_room(taken)
                gone = [name for name in taken.files if name not in self.done and not self.add_file(name)]
                lost = set(StoredFile.objects.filter(file__in=gone).values_list("file", flat=True)) if gone else set()
                if lost >= set(gone):
                    return self.finish(taken, sorted(lost))
        raise BackupError("Файлы удаляют быстрее, чем их удаётся скопировать. Повторите позже")

    def need_room(self, taken: database.Snapshot) -> None:
        """Refuse before anything is written when the disk surely is too small."""
        copied = sum(entry.size for entry in self.done.values())
        room_for(self.target, taken.path.stat().st_size + taken.size_of_files - copied)

    def add_file(self, name: str) -> bool:
        """Copy one file of people; return False when it is not in the store."""
        try:
            with default_storage.open(name, "rb") as source:
                self.done[name] = self.add(f"{FILES}{name}", source, source.size, name)
        except FileNotFoundError:
            return False
        return True

    def add(self, member: str, source: IO[bytes], size: int, name: str) -> Entry:
        """Write one member of the archive and hash it on its way."""
        info = tarfile.TarInfo(member)
        info.size, info.mode, info.mtime = size, 0o600, int(time.time())
        hashing = Hashing(source)
        self.archive.addfile(info, hashing)
        return hashing.entry(name)

    def finish(self, taken: database.Snapshot, lost: list[str]) -> Manifest:
        """Write what describes the moment: the database, the keys where they are safe, the manifest last."""
        member = DATABASES[_vendor(taken)]
        with taken.path.open("rb") as file:
            entry = self.add(member, file, taken.path.stat().st_size, member)
        env, path = None, settings.DATA_DIR / "env"
        if external.cipher() and path.is_file():
            content = path.read_bytes()
            env = self.add(ENV, BytesIO(content), len(content), ENV)
        manifest = Manifest(
            made_at=taken.made_at.isoformat(),
            vendor=_vendor(taken),
            tables=taken.tables,
            migrations=taken.migrations,
            database=entry,
            files=[Entry(e.name, e.size, e.sha256, e.name in taken.files) for e in self.done.values()],
            lost=lost,
            damaged=[n for n, sha in taken.files.items() if n in self.done and self.done[n].sha256 != sha],
            env=env,
            keys=key_fingerprints(),
        )
        content = manifest.dump()
        self.add(MANIFEST, BytesIO(content), len(content), MANIFEST)
        return manifest


def room_for(folder: Path, size: int) -> None:
    """Refuse what would leave the disk of a folder too full to work on. Raises ``BackupError``."""
    needed, free = size + SPARE, shutil.disk_usage(folder).free
    if needed > free:
        raise BackupError(
            f"На диске папки {folder} мало места: нужно {megabytes(needed)}, свободно {megabytes(free)}. "
            "Копия не сделана, прежние целы. Освободите место или укажите другую папку (BACKUP_DIR)"
        )


def _vendor(taken: database.Snapshot) -> str:
    return next(vendor for vendor, name in DATABASES.items() if name == taken.path.name)


def megabytes(size: int) -> str:
    """Say a size in words: «12 МБ»."""
    return f"{max(1, round(size / 1024 / 1024))} МБ"


def _in_words(error: OSError, target: Path) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return (
            f"На диске папки {target} кончилось место. Копия не сделана, прежние целы. "
            "Освободите место или укажите другую папку (BACKUP_DIR)"
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"В папку {target} нельзя писать. Укажите другую или дайте права пользователю программы"
    return f"Копия не сделана: {error.strerror or type(error).__name__} ({target})"
