"""``manage.py verify_backup SOURCE``: is a backup whole?"""

import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from mentoring_site.backups.copies import find
from mentoring_site.backups.errors import BackupError
from mentoring_site.backups.reading import inspect
from mentoring_site.russian import plural


class Command(BaseCommand):
    """Read all of it, compare every SHA-256, open the database; exit code 1 when something is wrong."""

    help = "Сверяет резервную копию с её описью и проверяет базу данных в ней"
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", type=Path, help="файл копии или папка (тогда самая новая в ней)")
        parser.add_argument("--identity", type=Path, help="файл с секретным ключом age")

    def handle(self, *, source: Path, identity: Path | None, **options: Any) -> None:
        try:
            copy = find(source.expanduser().absolute())
            with tempfile.TemporaryDirectory(prefix="nastavnichestvo-") as work:
                manifest, _ = inspect(copy, Path(work), identity)
        except BackupError as error:
            raise CommandError(str(error)) from error
        made = timezone.localtime(manifest.moment)
        files = plural(len(manifest.files), "файл,файла,файлов")
        rows = plural(sum(manifest.tables.values()), "строка,строки,строк")
        self.stdout.write(f"Копия {copy.path.name} цела: сделана {made:%d.%m.%Y в %H:%M}, {files}, {rows} в базе")
