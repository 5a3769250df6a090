"""A database that says which migrations it has, backups of it, and real installations to restore them into."""

import os
import subprocess
import sys
import uuid
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from mentoring_site.backups.companions import export
from mentoring_site.backups.making import make_backup
from mentoring_site.files import store_bytes
from tests import ROOT

KEY = "Zf3kq9Lw_x7Rm2Tn8Vb4Yc6Hd1Gj5Ps0Ka-Qe3Wu9Io7Xz2Mv4Nb6"


def know_migrations(settings) -> None:
    """Let the database of the tests, laid down from the models, say that every migration has been applied."""
    settings.MIGRATION_MODULES = {}
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    recorder.flush()
    for step in MigrationLoader(None).disk_migrations:
        recorder.record_applied(*step)


def paper(text: str = "приказ"):
    """Store a file of its own."""
    content = f"%PDF-1.7\n{text} {uuid.uuid4()}\n%%EOF\n".encode()
    return store_bytes(content, name=f"{text}.pdf", content_type="application/pdf")


@contextmanager
def new_database():
    """Give the address of an empty database of the kind of the tests: "" for SQLite in the data folder."""
    if connection.vendor == "sqlite":
        yield ""
        return
    given = urlsplit(os.environ["DATABASE_URL"])
    name = f"restored_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(given.geturl(), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield given._replace(path=f"/{name}").geturl()
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def manage(folder: Path, *arguments, url: str = "", **environment):
    """Run ``manage.py`` as a server with this data folder; return the finished process."""
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "GNUPGHOME", "PYTHONPYCACHEPREFIX")}
    env = kept | {"DATA_DIR": str(folder), "SECRET_KEY": KEY, "LANG": "C.UTF-8"} | environment
    if url:
        env["DATABASE_URL"] = url
    command = [sys.executable, "manage.py", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=300)


def ask(folder: Path, code: str, *, url: str = "", **environment) -> str:
    """Return what code prints in the shell of an installation."""
    done = manage(folder, "shell", "--no-imports", "-c", code, url=url, **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def back_up(target: Path, **options):
    """Make a backup beside the records of destruction."""
    made = make_backup(target, **options)
    export(target)
    return made
