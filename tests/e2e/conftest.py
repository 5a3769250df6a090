"""Fixtures of the browser test: a database in a file with real commits, a server, Debian's Chromium,
a movable clock.
"""

import os
import threading
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connection, connections
from django.test.utils import override_settings
from django.utils import timezone
from playwright.sync_api import Error, sync_playwright

from mentoring_site.tables import lay_down
from tests.e2e import chapters
from tests.e2e.browser import CHROMIUM, DESK, FLAGS, PHONE, PICTURES, Album, Person

PHONES = {"mentor", "mentee"}
BEGINS = datetime(2026, 8, 25, 7, 0, tzinfo=timezone.get_fixed_timezone(180))


class QuietHandler(WSGIRequestHandler):
    """Says nothing about answers: the album keeps what was wrong."""

    def log_message(self, format, *args):
        """Say nothing."""


class Server(ThreadedWSGIServer):
    """Answers in threads that come and go, each with a connection of its own to the database."""

    daemon_threads = True

    def process_request_thread(self, request, client_address):
        """Answer and close this thread's connections."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            connections.close_all()

    def handle_error(self, request, client_address):
        """A browser that leaves in the middle is no error."""


@contextmanager
def file_database(folder):
    """A database in a file of its own, seen by all threads; what was there before comes back afterwards."""
    told = connection.settings_dict
    before, options, kept = told["NAME"], told["OPTIONS"], connection.connection
    connection.connection = None
    told["NAME"] = str(folder / "story.sqlite3")
    told["OPTIONS"] = options | {"init_command": options["init_command"].replace("=FULL", "=OFF")}
    try:
        ContentType.objects.clear_cache()  # numbers of the other database
        with override_settings(MIGRATION_MODULES={}):
            lay_down()
        call_command("createcachetable", verbosity=0)
        yield
    finally:
        connection.close()
        ContentType.objects.clear_cache()
        told["NAME"], told["OPTIONS"], connection.connection = before, options, kept


@contextmanager
def served(media):
    """The site on a free port, its static files as they are; the second factor is not asked, its own tests do that."""
    hasher = "django.contrib.auth.hashers.MD5PasswordHasher"
    letters = "django.core.mail.backends.locmem.EmailBackend"
    with override_settings(DEMO=True, MEDIA_ROOT=media, PASSWORD_HASHERS=[hasher], EMAIL_BACKEND=letters):
        server = Server(("127.0.0.1", 0), QuietHandler)
        server.set_app(get_wsgi_application())
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


@contextmanager
def chromium():
    """Debian's Chromium; the database in its event loop is allowed here only."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            connection.close()  # the event loop has a connection of its own, left by the walk before
            yield browser
            connection.close()
            browser.close()
    finally:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


class School:
    """The school of the story: its clock and its people, each with a browser of one's own."""

    def __init__(self, browser, album: Album, clock):
        self.browser, self.album, self.clock = browser, album, clock
        self.people: dict[str, Person] = {}
        self.failure: Exception | None = None

    def days_pass(self, days: int):
        """Let days go by; everybody will have to log in again."""
        self.clock.shift(timedelta(days=days))

    def today(self, days: int = 0) -> str:
        """Return the day of the story (and so many days later) as a date field takes it."""
        return str(timezone.localdate() + timedelta(days=days))

    def __getattr__(self, name: str) -> Person:
        if name not in self.people:
            self.people[name] = Person(self.browser, self.album, name, PHONE if name in PHONES else DESK)
        return self.people[name]

    def walk(self):
        """Live through all chapters; a failure is kept, with a picture of what everybody saw."""
        try:
            for chapter in chapters.ALL:
                chapter(self)
        except (AssertionError, AttributeError, TypeError, Error) as failure:
            self.failure = failure
            for name, person in self.people.items():
                person.page.screenshot(path=PICTURES / f"failed {name}.png", full_page=True)


@pytest.fixture(scope="module")
def walk(tmp_path_factory, django_db_blocker) -> School:
    """Walk the whole life once; the tests then judge what was seen on the way."""
    if connection.vendor != "sqlite":
        pytest.skip("в браузере проверяется школа с файлом базы данных")
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    folder = tmp_path_factory.mktemp("walk")
    with (
        django_db_blocker.unblock(),
        file_database(folder),
        served(folder / "media") as address,
        chromium() as browser,
        time_machine.travel(BEGINS, tick=True) as clock,
    ):
        school = School(browser, Album(address), clock)
        school.walk()
    return school
