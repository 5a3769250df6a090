"""``manage.py prepare``: everything between the code and the first request, quick when nothing has changed."""

import contextlib
import hashlib
import json
import os
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from mentoring_site import start
from mentoring_site.backups.copies import copies_in
from mentoring_site.backups.database import live_state
from mentoring_site.backups.errors import BackupError
from mentoring_site.backups.making import make_backup
from mentoring_site.files import sync
from mentoring_site.tables import bring_up_to_date

UNKNOWN_STEPS = (
    "База данных создана другой сборкой: в ней есть шаги, которых эта версия не знает ({steps}). Ничего не изменено. "
    "Запустите ту сборку, которая создала базу, или укажите для этой пустую папку данных (DATA_DIR)"
)
NO_BACKUP = "База данных не обновлена, потому что не удалась резервная копия. {why}"


def unknown_steps(loader) -> list[str]:
    """Return the applied migrations of our own apps that this version does not ship, as «app.name»."""
    own = {app.label for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR}
    return sorted(
        f"{app}.{name}"
        for app, name in loader.applied_migrations
        if app in own and (app, name) not in loader.disk_migrations
    )


class Command(BaseCommand):
    """Migrate, create the cache table, collect static files; in demo mode build the demo school once."""

    help = "Готовит базу и статические файлы к запуску"
    requires_system_checks = []

    def handle(self, **options):
        os.umask(0o077)
        if complaint := start.complaint():
            raise ImproperlyConfigured(complaint)  # manage.py prints the sentence alone
        self.sync()
        executor = MigrationExecutor(connection)
        if steps := unknown_steps(executor.loader):
            raise CommandError(UNKNOWN_STEPS.format(steps=", ".join(steps[:3])))
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.back_up(executor.loader)
            self.stdout.write("Готовлю базу данных…")
            bring_up_to_date()
        start.remember_database()
        if "cache" not in connection.introspection.table_names():
            call_command("createcachetable", verbosity=0)
        self.collect_static()
        if settings.DEMO and not self.done("demo"):
            self.stdout.write("Создаю показательную школу, это занимает несколько минут…")
            call_command("demo")
            self.mark("demo", "1")

    def back_up(self, loader: MigrationLoader) -> None:
        """Before a migration of a database that is in use: a backup, once for the same rows and the same steps.

        A service that restarts after a failed migration must not fill the disk with backups.
        """
        if not loader.applied_migrations:
            return
        state = hashlib.sha256(json.dumps(live_state()).encode()).hexdigest()
        if self.done("backup") == state and any(copy.before_update for copy in copies_in(settings.BACKUP_DIR)):
            return
        self.stdout.write("Делаю резервную копию перед обновлением базы…")
        try:
            made = make_backup(settings.BACKUP_DIR, before_update=True)
        except BackupError as error:
            raise CommandError(NO_BACKUP.format(why=error)) from error
        self.stdout.write(f"Копия готова: {made.copy.path}")
        self.mark("backup", state)

    def sync(self) -> None:
        """Let the data folder itself and its keys outlive a power loss: they are made by a script."""
        for path in (settings.DATA_DIR / "env", settings.DATA_DIR, settings.DATA_DIR.parent):
            with contextlib.suppress(FileNotFoundError, PermissionError):
                sync(path)

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
