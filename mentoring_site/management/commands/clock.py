"""``manage.py clock``: the minute loop of ``manage.py tick``, and letters as soon as they are due."""

import http.client
import logging
import signal
import threading
import time

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from mentoring_site.backups.nightly import Nightly
from mentoring_site.health import record_heartbeat
from mentoring_site.mail import deliver_outbox
from mentoring_site.middleware import school_zone

logger = logging.getLogger(__name__)
MINUTE, LETTERS_SECONDS = 60, 3
LOOKS, LOOK_SECONDS = 8, 5
SILENT = "один из процессов веб-сервера не отвечает. Если так и останется, перезапустите script/server или службу"


class Command(BaseCommand):
    """Each minute ``tick``, a look at the web server and at the backup of the night, each three seconds the outbox.

    A failure is not the end.
    """

    help = "Раз в минуту выполняет tick и рассылает письма"
    requires_system_checks = []

    def handle(self, **options):
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        ticked, nightly = float("-inf"), Nightly()
        while not stop.is_set():
            close_old_connections()
            if time.monotonic() - ticked >= MINUTE:
                ticked = time.monotonic()
                self.attempt("tick", self.tick)
                self.attempt("web", self.look_at_web)
                self.attempt("backup", nightly.look)
            self.attempt("mail", deliver_outbox)
            stop.wait(LETTERS_SECONDS)
        nightly.stop()

    def attempt(self, name, work):
        """Do a piece of work; an error goes to the log and the loop goes on."""
        try:
            work()
        except Exception:
            logger.exception("%s failed", name)

    def tick(self):
        """Run ``manage.py tick`` in the school's time zone; its failure shows on the health page."""
        detail = "обход прерван ошибкой, подробности в журнале сервера"
        try:
            with timezone.override(school_zone()):
                call_command("tick")
            detail = ""
        finally:
            record_heartbeat("tick", detail)

    def look_at_web(self) -> None:
        """Ask our own web server for the public health page; any answer of ours means that it is alive.

        Two processes listen on one port and the system chooses: asked several times, one that hangs is found too.
        """
        answers: list[bool] = []
        while len(answers) < LOOKS and not (True in answers and False in answers):
            answers.append(self.web_answers())
        if any(answers):
            record_heartbeat("web", "" if all(answers) else SILENT)

    def web_answers(self) -> bool:
        """Whether the web server answers on a new connection."""
        connection = http.client.HTTPConnection("127.0.0.1", settings.PORT, timeout=LOOK_SECONDS)
        try:
            headers = {"Host": settings.SITE_HOST, "X-Forwarded-Proto": settings.SITE.scheme}
            connection.request("GET", "/health/", headers=headers)
            return connection.getresponse().status in (200, 503)
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
