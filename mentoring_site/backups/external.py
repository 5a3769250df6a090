"""Programs that backups run: age or GPG, the client of PostgreSQL. What is missing is a sentence."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient

from mentoring_site.backups.errors import BackupError

PACKAGES = {"gpg": "gnupg", "age": "age", "pg_dump": "postgresql-client", "pg_restore": "postgresql-client"}


def need(program: str) -> str:
    """Return the path of a program. Raises ``BackupError`` when it is not installed."""
    if found := shutil.which(program):
        return found
    raise BackupError(f"Не найдена программа {program}. На Debian: apt-get install {PACKAGES[program]}")


def cipher() -> str:
    """Return how backups are encrypted here: "gpg", "age", or "" for not at all."""
    recipient = settings.BACKUP_RECIPIENT
    if not recipient:
        return ""
    return "age" if recipient.startswith(("age1", "ssh-")) else "gpg"


def encrypting() -> list[str]:
    """Return the command that encrypts its input for ``BACKUP_RECIPIENT``."""
    recipient = settings.BACKUP_RECIPIENT
    if cipher() == "age":
        return [need("age"), "--encrypt", "--recipient", recipient]
    gpg = [need("gpg"), "--batch", "--no-tty", "--quiet"]
    if subprocess.run([*gpg, "--list-keys", "--", recipient], capture_output=True).returncode:
        raise BackupError(
            f"В связке GPG нет ключа {recipient} (BACKUP_RECIPIENT). Выполните gpg --import с открытым ключом от имени "
            "того пользователя, от которого работает программа"
        )
    return [*gpg, "--trust-model", "always", "--compress-algo", "none", "--recipient", recipient, "--encrypt"]


def decrypting(kind: str, identity: Path | None) -> list[str]:
    """Return the command that decrypts its input. ``identity`` is the file with the secret key of age."""
    if kind == "age":
        if identity is None:
            raise BackupError("Копия зашифрована age: укажите файл с секретным ключом (--identity)")
        return [need("age"), "--decrypt", "--identity", str(identity)]
    return [need("gpg"), "--batch", "--quiet", "--decrypt"]


def postgres(program: str, *arguments: str, name_as_option: bool = False) -> tuple[list[str], dict[str, str]]:
    """Return command and environment of a client program for our database."""
    path = need(program)
    _check_client(program, path)
    command, extra = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    *options, name = command[1:]
    last = ["--dbname", name] if name_as_option else [name]
    return [path, "--no-password", *arguments, *options, *last], {**os.environ, **(extra or {})}


def _check_client(program: str, path: str) -> None:
    """Refuse a client that is older than the server: it reads such a database wrongly, or not at all."""
    told = subprocess.run([path, "--version"], capture_output=True, text=True).stdout
    found = re.search(r"\(PostgreSQL\) (\d+)", told)
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        server = int(cursor.fetchone()[0]) // 10000
    if found and int(found[1]) < server:
        raise BackupError(
            f"{program} {found[1]} старше сервера PostgreSQL {server}. Установите postgresql-client-{server} или новее"
        )


def run(command: list[str], env: dict[str, str], what: str) -> str:
    """Run a client program; return what it printed. Raises ``BackupError`` with its last words."""
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"код {done.returncode}"]
        raise BackupError(f"{what}: {lines[-1]}")
    return done.stdout
