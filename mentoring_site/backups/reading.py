"""Reading a backup: is it whole, and what is in it?"""

import subprocess
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from mentoring_site.backups import database, external
from mentoring_site.backups.copies import Copy
from mentoring_site.backups.errors import BackupError
from mentoring_site.backups.manifest import CHUNK, DATABASES, ENV, FILES, MANIFEST, Entry, Hashing, Manifest

BROKEN = (tarfile.TarError, EOFError, zlib.error, OSError)
SHOWN = 5


@contextmanager
def opened(copy: Copy, identity: Path | None = None) -> Iterator[tarfile.TarFile]:
    """Open the archive as a stream, decrypted on its way. Raises ``BackupError`` when it cannot be read."""
    process = None
    with copy.path.open("rb") as file:
        stream: IO[bytes] = file
        if copy.cipher:
            command = external.decrypting(copy.cipher, identity)
            process = subprocess.Popen(command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            assert process.stdout is not None
            stream = process.stdout
        try:
            with tarfile.open(fileobj=stream, mode="r|") as archive:
                yield archive
        except BROKEN as error:
            raise BackupError(_why(copy, process)) from error
        finally:
            if process is not None:
                process.kill()
                process.communicate()


def _why(copy: Copy, process: subprocess.Popen | None) -> str:
    if process is not None and process.stderr is not None and process.wait() not in (0, -9):
        told = process.stderr.read().decode(errors="replace").strip().splitlines()
        return f"Расшифровать копию {copy.path.name} не удалось: {told[-1] if told else 'неизвестно почему'}"
    return f"Копия {copy.path.name} повреждена или оборвана"


@contextmanager
def written_down() -> Iterator[None]:
    """Tell a disk that cannot be written apart from a backup that cannot be read. Raises ``BackupError``."""
    try:
        yield
    except OSError as error:
        raise BackupError(f"Записать восстановленное не удалось: {error.strerror or error}") from error


def walk(archive: tarfile.TarFile, take: Callable[[str, Hashing], None]) -> Iterator[tuple[str, Entry]]:
    """Give each member to ``take``, read the rest of it, and yield its name with what was read."""
    for info in archive:
        source = archive.extractfile(info) if info.isreg() else None
        if source is None:
            raise BackupError(f"В копии лежит то, чего в ней не бывает: {info.name}")
        hashing = Hashing(source)
        take(info.name, hashing)
        while hashing.read():
            pass
        yield info.name, hashing.entry(info.name)


def inspect(copy: Copy, work: Path, identity: Path | None = None) -> tuple[Manifest, Path]:
    """Read the whole backup and compare it with its manifest; return the manifest and its snapshot, laid in ``work``.

    Raises ``BackupError`` that names what is wrong.
    """
    found: dict[str, Entry] = {}
    content = bytearray()

    def take(name: str, source: Hashing) -> None:
        if name == MANIFEST:
            while data := source.read():
                content.extend(data)
        elif name in DATABASES.values():
            with written_down(), (work / name).open("wb") as out:
                while data := source.read(CHUNK):
                    out.write(data)

    with opened(copy, identity) as archive:
        found.update(walk(archive, take))
    if MANIFEST not in found:
        raise BackupError(f"Копия {copy.path.name} оборвана: в ней нет описи")
    manifest = Manifest.load(bytes(content))
    del found[MANIFEST]
    snapshot = work / manifest.database.name
    wrong = _differences(manifest, found)
    if not wrong:
        wrong = database.problems(manifest, snapshot)
    if wrong:
        more = f" и ещё {len(wrong) - SHOWN}" if len(wrong) > SHOWN else ""
        raise BackupError(f"Копия {copy.path.name} повреждена: {'; '.join(wrong[:SHOWN])}{more}")
    return manifest, snapshot


def _differences(manifest: Manifest, found: dict[str, Entry]) -> list[str]:
    wanted = manifest.members()
    wrong = [f"нет {_shown(name)}" for name in wanted if name not in found]
    wrong += [f"лишнее: {_shown(name)}" for name in found if name not in wanted]
    for name, entry in wanted.items():
        there = found.get(name)
        if there and (there.size, there.sha256) != (entry.size, entry.sha256):
            wrong.append(f"{_shown(name)} не сходится со своим SHA-256")
    return wrong


def _shown(name: str) -> str:
    if name == ENV:
        return "файл настроек"
    return f"файл {name.removeprefix(FILES)}" if name.startswith(FILES) else f"база данных ({name})"
