"""``manage.py backup [TARGET]``: makes a backup in a folder."""

import logging
import signal
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from mentoring_site.backups.copies import Keep
from mentoring_site.backups.errors import BackupError
from mentoring_site.backups.making import Made, make_backup, megabytes
from mentoring_site.backups.nightly import FAILED, GOOD
from mentoring_site.health import record_heartbeat
from mentoring_site.models import Heartbeat
from mentoring_site.russian import plural

logger = logging.getLogger(__name__)


def backed_up(target: Path, *, before_update: bool = False, keep: Keep | None = None) -> Made:
    """Make a backup, and write down for the health page whether it was made. Raises ``BackupError``."""
    try:
        made = make_backup(target, before_update=before_update, keep=keep)
    except Exception as error:
        sentence = _in_words(error)
        _record_failure(sentence or "неожиданная ошибка, подробности в журнале сервера")
        if sentence and not isinstance(error, BackupError):
            raise BackupError(sentence) from error
        raise
    if not before_update:
        record_heartbeat(GOOD, "; ".join(made.warnings))
        Heartbeat.objects.filter(name=FAILED).delete()
    return made


def _in_words(error: Exception) -> str:
    if isinstance(error, BackupError):
        return str(error)
    first = (str(error).strip().splitlines() or [type(error).__name__])[0]
    if isinstance(error, DatabaseError):
        return f"База данных не отвечает: {first}"
    return f"Хранилище файлов не отвечает: {first}" if isinstance(error, BotoCoreError | ClientError) else ""


def _record_failure(sentence: str) -> None:
    try:
        record_heartbeat(FAILED, sentence)
    except DatabaseError:
        logger.warning("failed backup not written down")


class Command(BaseCommand):
    """Without TARGET into ``BACKUP_DIR``. Only ``--nightly`` removes older backups (``BACKUP_KEEP``)."""

    help = "Делает резервную копию: база данных, файлы, опись с SHA-256"
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", nargs="?", type=Path, help="папка для копий, по умолчанию BACKUP_DIR")
        parser.add_argument(
            "--nightly", action="store_true", help="убрать старые копии, как сказано в BACKUP_KEEP; так делает clock"
        )

    def handle(self, *, target: Path | None, nightly: bool, **options: Any) -> None:
        before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # leave nothing half-written
        folder = (target or settings.BACKUP_DIR).expanduser().absolute()
        try:
            made = backed_up(folder, keep=settings.BACKUP_KEEP if nightly else None)
        except BackupError as error:
            raise CommandError(str(error)) from error
        finally:
            signal.signal(signal.SIGTERM, before)
        files = plural(len(made.manifest.files), "файл,файла,файлов")
        self.stdout.write(f"Копия готова: {made.copy.path} ({files}, {megabytes(made.size)})")
        for warning in made.warnings:
            self.stdout.write(f"Внимание: {warning}. Подробности — manage.py verify_papers")
        if made.removed:
            self.stdout.write(f"Старых копий убрано: {len(made.removed)}")
        if not made.copy.cipher and target:
            self.stdout.write("Копия не зашифрована (BACKUP_RECIPIENT). Файла env в ней нет: храните его отдельно")
