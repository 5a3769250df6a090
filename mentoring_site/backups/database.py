"""The database in backups: a snapshot of one moment, and putting it back."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from mentoring_site.backups import external
from mentoring_site.backups.errors import BackupError
from mentoring_site.backups.manifest import DATABASES, Manifest
from mentoring_site.files import sync
from mentoring_site.models import StoredFile

Rows = Callable[[str], list[tuple]]
MIGRATIONS = "django_migrations"


@dataclass(frozen=True)
class Snapshot:
    """The database at one moment: a file, the rows of each table, the applied migrations, the stored files."""

    path: Path
    made_at: datetime
    tables: dict[str, int]
    migrations: list[str]
    files: dict[str, str]
    size_of_files: int


@contextmanager
def snapshot(folder: Path) -> Iterator[Snapshot]:
    """Lay the database as it is now down in a folder."""
    made_at, path = timezone.now(), folder / DATABASES[connection.vendor]
    path.unlink(missing_ok=True)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:  # freed pages, where what was destroyed may linger, are left behind
            cursor.execute("VACUUM INTO %s", [str(path)])
        with _reading(path) as rows:
            yield _described(path, made_at, rows, _sqlite_tables(rows))
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            found = _described(path, made_at, rows_of(cursor), connection.introspection.table_names(cursor))
            cursor.execute("SELECT pg_export_snapshot()")
            shared = f"--snapshot={cursor.fetchone()[0]}"
            command, env = external.postgres("pg_dump", "--format=custom", shared, f"--file={path}")
            external.run(command, env, "pg_dump не смог прочесть базу")
        yield found


def size_of_file() -> int:
    """Return how large a snapshot beside the database gets at most; 0 for one that a server packs."""
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        return cursor.fetchone()[0]


def _described(path: Path, made_at: datetime, rows: Rows, tables: list[str]) -> Snapshot:
    stored = rows(f"SELECT file, sha256, size FROM {StoredFile._meta.db_table} ORDER BY id")
    return Snapshot(
        path,
        made_at,
        counts(rows, tables),
        applied(rows, tables),
        {name: sha256 for name, sha256, _ in stored},
        sum(size for _, _, size in stored),
    )


def rows_of(cursor: CursorWrapper) -> Rows:
    """Return a function that asks a cursor of Django."""

    def rows(sql: str) -> list[tuple]:
        cursor.execute(sql)
        return cursor.fetchall()

    return rows


def counts(rows: Rows, tables: list[str]) -> dict[str, int]:
    """Return how many rows each table has."""
    return {table: rows(f'SELECT COUNT(*) FROM "{table}"')[0][0] for table in sorted(tables)}


def applied(rows: Rows, tables: list[str]) -> list[str]:
    """Return the applied migrations as «app.name»."""
    if MIGRATIONS not in tables:
        return []
    return sorted(f"{app}.{name}" for app, name in rows(f"SELECT app, name FROM {MIGRATIONS}"))


def live_state() -> tuple[dict[str, int], list[str]]:
    """Return the rows of each table and the applied migrations of the database that is there now."""
    with connection.cursor() as cursor:
        rows, tables = rows_of(cursor), connection.introspection.table_names(cursor)
        return counts(rows, tables), applied(rows, tables)


@contextmanager
def _reading(path: Path) -> Iterator[Rows]:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
        yield lambda sql: database.execute(sql).fetchall()


def _sqlite_tables(rows: Rows) -> list[str]:
    found = rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return [name for (name,) in found]


def problems(manifest: Manifest, path: Path) -> list[str]:
    """Say what is wrong with the snapshot of a backup; nothing is the goal."""
    if manifest.vendor == "postgresql":
        return _dump_problems(path)
    try:
        with _reading(path) as rows:
            found = [f"база данных повреждена: {told}" for (told,) in rows("PRAGMA integrity_check") if told != "ok"]
            if broken := rows("PRAGMA foreign_key_check"):
                found.append(f"в базе {len(broken)} ссылок на то, чего нет")
            return [*found, *differences(manifest.tables, counts(rows, _sqlite_tables(rows)))]
    except sqlite3.Error as error:
        return [f"база данных не открывается: {error}"]


def _dump_problems(path: Path) -> list[str]:
    command = [external.need("pg_restore"), "--list", str(path)]
    try:
        external.run(command, dict(os.environ), "копия базы не читается")
    except BackupError as error:
        return [str(error)]
    return []


def differences(wanted: dict[str, int], there: dict[str, int]) -> list[str]:
    """Say in which tables the number of rows is not that of the manifest."""
    names = sorted(wanted.keys() | there.keys())
    return [
        f"таблица {name}: строк {there.get(name, 'нет таблицы')}, а в описи {wanted.get(name, 'нет таблицы')}"
        for name in names
        if wanted.get(name) != there.get(name)
    ]


def is_empty() -> bool:
    """Return whether our database has no table."""
    return not connection.introspection.table_names()


def place(path: Path) -> None:
    """Make a snapshot of the same kind our database."""
    if connection.vendor == "sqlite":
        connection.close()
        target = Path(connection.settings_dict["NAME"])
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        sync(path)
        os.chmod(path, 0o600)
        os.replace(path, target)
        sync(target.parent)
        return
    connection.close()
    options = ("--no-owner", "--no-acl", "--exit-on-error", "--single-transaction")
    command, env = external.postgres("pg_restore", *options, name_as_option=True)
    connection.close()
    external.run([*command, str(path)], env, "pg_restore не смог записать базу")
