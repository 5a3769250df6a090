"""``manage.py worker``: runs background tasks one after another and says each minute that it is alive."""

import logging
import signal
import threading
import time

from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from mentoring_site.health import record_heartbeat

logger = logging.getLogger(__name__)
POLL_SECONDS, BEAT_SECONDS = 1, 60


class Command(BaseCommand):
    """Wait for tasks by a plain read (the library's own loop locks SQLite each second), run them by the library."""

    help = "Выполняет фоновые работы (печать документов и прочее)"
    requires_system_checks = []

    def handle(self, **options):
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        beaten = 0.0
        while not stop.is_set():
            close_old_connections()
            try:
                if time.monotonic() - beaten >= BEAT_SECONDS:
                    record_heartbeat("worker")
                    beaten = time.monotonic()
                if DBTaskResult.objects.ready().exists():
                    self.run_ready(stop)
            except OperationalError as error:
                logger.warning("worker waits for the database: %s", error)
            stop.wait(POLL_SECONDS)

    def run_ready(self, stop):
        """Run tasks until none is ready, one at a time so that a stop waits for one task at most."""
        while not stop.is_set() and DBTaskResult.objects.ready().exists():
            Worker(
                queue_names=["*"],
                interval=0,
                batch=True,
                backend_name="default",
                startup_delay=False,
                max_tasks=1,
                worker_id=get_random_string(32),
                excluded_queue_names=[],
            ).run()
