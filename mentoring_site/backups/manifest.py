"""What a backup says of itself: counts and SHA-256, versions, fingerprints of the keys that stay outside."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import IO

from django.conf import settings

from mentoring_site.backups.errors import BackupError

FORMAT = 1
MANIFEST, ENV, FILES = "manifest.json", "env", "files/"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
KEYS = ("SECRET_KEY",)
"""Settings without which a restored database is not fully usable; they are never in the database."""
CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Entry:
    """One member of the archive. ``listed`` is False for a file that was deleted while the backup was made."""

    name: str
    size: int
    sha256: str
    listed: bool = True


@dataclass(frozen=True)
class Manifest:
    """The last member of the archive: without it a backup is not whole."""

    made_at: str
    vendor: str
    tables: dict[str, int]
    migrations: list[str]
    database: Entry
    files: list[Entry]
    lost: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    env: Entry | None = None
    keys: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT

    def dump(self) -> bytes:
        """Return the JSON of the manifest."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()

    @classmethod
    def load(cls, content: bytes) -> "Manifest":
        """Read a manifest. Raises ``BackupError`` when it is damaged or of a later version."""
        try:
            data = json.loads(content)
            if data.get("format", 0) > FORMAT:
                raise BackupError("Копия сделана более новой версией программы. Восстановите её той же версией")
            return cls(
                **data
                | {
                    "database": Entry(**data["database"]),
                    "files": [Entry(**entry) for entry in data["files"]],
                    "env": Entry(**data["env"]) if data["env"] else None,
                }
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BackupError("Опись копии (manifest.json) повреждена") from error

    @property
    def moment(self) -> datetime:
        """When the snapshot began."""
        return datetime.fromisoformat(self.made_at)

    def members(self) -> dict[str, Entry]:
        """Return every member of the archive but the manifest, by its name there."""
        found = {f"{FILES}{entry.name}": entry for entry in self.files}
        found[self.database.name] = self.database
        if self.env:
            found[ENV] = self.env
        return found


class Hashing:
    """A readable stream that counts and hashes what goes through it."""

    def __init__(self, stream: IO[bytes]):
        self.stream, self.size, self.digest = stream, 0, hashlib.sha256()

    def read(self, size: int = CHUNK) -> bytes:
        """Read at most so many bytes."""
        data = self.stream.read(size)
        self.size += len(data)
        self.digest.update(data)
        return data

    def entry(self, name: str) -> Entry:
        """Describe what was read."""
        return Entry(name, self.size, self.digest.hexdigest())


def key_fingerprints() -> dict[str, str]:
    """Return a fingerprint of each key, from which the key cannot be found."""
    values = {name: getattr(settings, name, "") or "" for name in KEYS}
    return {name: _fingerprint(str(value)) for name, value in values.items() if value}


def _fingerprint(value: str) -> str:
    return hashlib.blake2b(value.encode(), digest_size=16, person=b"backup key").hexdigest()
