"""``manage.py prepare``: everything between the code and the first request, quick when nothing has changed."""

import hashlib
import os
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

TOO_OLD = (
    "База данных создана сборкой, которую эта версия уже не умеет обновить. Ничего не изменено. "
    "Запустите сначала сборку d4eab0f, последнюю с таблицами по шагам: она обновит базу. Затем запустите эту"
)


def left_half_way(loader) -> bool:
    """Whether some, not all, of the earlier steps that are no longer here were applied: the rest cannot be made up."""
    for migration in loader.disk_migrations.values():
        gone = [step in loader.applied_migrations for step in migration.replaces if step not in loader.disk_migrations]
        if any(gone) and not all(gone):
            return True
    return False


class Command(BaseCommand):
    """Migrate, create the cache table, collect static files; in demo mode build the demo school once."""

    help = "Готовит базу и статические файлы к запуску"
    requires_system_checks = []

    def handle(self, **options):
        os.umask(0o077)
        executor = MigrationExecutor(connection)
        if left_half_way(executor.loader):
            raise CommandError(TOO_OLD)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Готовлю базу данных…")
            call_command("migrate", interactive=False, verbosity=0)
        if "cache" not in connection.introspection.table_names():
            call_command("createcachetable", verbosity=0)
        self.collect_static()
        if settings.DEMO and not self.done("demo"):
            self.stdout.write("Создаю показательную школу, это занимает до двух минут…")
            call_command("demo")
            self.mark("demo", "1")

    def collect_static(self):
        """Collect and compress static files, unless they are the same as at the last start."""
        seen = hashlib.sha256()
        for finder in get_finders():
            for path, storage in finder.list([]):
                stat = os.stat(storage.path(path))
                seen.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
        if self.done("static") != seen.hexdigest() or not (settings.STATIC_ROOT / "staticfiles.json").is_file():
            self.stdout.write("Собираю статические файлы…")
            call_command("collectstatic", interactive=False, verbosity=0, clear=True)
            self.mark("static", seen.hexdigest())

    def done(self, name) -> str:
        """Return what was marked under the name at an earlier start."""
        path = self.path(name)
        return path.read_text() if path.is_file() else ""

    def mark(self, name, value):
        """Remember the value until the next start."""
        self.path(name).write_text(value)

    def path(self, name) -> Path:
        """The file of a mark, in the data folder."""
        return settings.DATA_DIR / f".prepared-{name}"
