"""``manage.py restore SOURCE``: restores a backup into an empty place and compares."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from mentoring_site.backups.errors import BackupError
from mentoring_site.backups.restoring import Options, restore


class Command(BaseCommand):
    """The place is that of the settings: ``DATA_DIR``, ``DATABASE_URL``, ``STORAGE_URL``."""

    help = "Восстанавливает резервную копию на пустое место и сверяет с описью"
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", type=Path, help="файл копии или папка (тогда самая новая в ней)")
        parser.add_argument("--identity", type=Path, help="файл с секретным ключом age")
        parser.add_argument(
            "--records",
            type=Path,
            action="append",
            default=[],
            help="реестр уничтожений свежее того, что лежит рядом с копией: файл или папка; можно несколько раз",
        )
        parser.add_argument(
            "--without-records", action="store_true", help="реестра нет, после этой копии ничего не уничтожали"
        )

    def handle(self, *, source: Path, identity: Path | None, records: list[Path], **options: Any) -> None:
        wanted = Options(identity, [path.expanduser() for path in records], options["without_records"])
        try:
            restore(source.expanduser().absolute(), wanted, self.stdout.write)
        except BackupError as error:
            raise CommandError(str(error)) from error
        except (OSError, DatabaseError, BotoCoreError, ClientError) as error:
            raise CommandError(f"Восстановить не удалось: {str(error).strip().splitlines()[0]}") from error
        self.stdout.write("Восстановлено. Запустите script/server или службу: она закончит подготовку")
