"""The cast: a school and people in every role.

Tests are strict: warnings and undefined template variables are errors.
"""

import functools
import gc
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import settings as project
from django.core.signals import request_finished
from django.db import close_old_connections, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client, override_settings
from pytest_django.plugin import blocking_manager_key

from mentoring_site.tables import every_step, seeds
from mentoring_site.views_log import JOURNAL
from tests import strict_templates
from tests.factories import make_person, make_school, make_user
from tests.mentoring_site.backups import kit
from tests.replay import replayed, tracker

ROLES = ["director", "curator", "chair", "secretary", "council", "clerk", "sysadmin"]
POSTS = {
    "director": "директор",
    "curator": "заместитель директора по учебно-воспитательной работе",
    "clerk": "специалист по кадрам",
    "sysadmin": "системный администратор",
}


strict_templates.switch_on()
project.VIEWS_FLUSH_SECONDS = None  # a test writes down the views that it noted itself (mentoring_site/views_log.py)


NOT_UNIT = {"as_user", "client", "rf", "world", "prepared", "browser", "walk", "story", "transactional_db"}
TOOLS = {"Client", "PdfReader", "subprocess", "sync_playwright", "read", "render_pdf", "pdf_of"}
"""Fixtures of a test and names in its module that open pages, draw papers or start processes."""


def pytest_collection_modifyitems(items):
    """Mark as ``unit`` what only acts and reckons: no page, no paper, no process; real commits are
    marked ``database``.
    """
    for item in items:
        if commits(item):
            item.add_marker("database")
        heavy = commits(item) or item.get_closest_marker("torture")
        if not (heavy or NOT_UNIT & set(item.fixturenames) or TOOLS & vars(item.module).keys()):
            item.add_marker("unit")


def pytest_collection_finish(session):
    """What is loaded by now stays to the end: the collector of garbage need not walk over it during the tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(autouse=True)
def strict(settings, tmp_path):
    """Fast password hashes, own folders of files and of backups."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.BACKUP_DIR = tmp_path / "backups"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    JOURNAL.clear()


@pytest.fixture
def school(db):
    return replayed(make_school)()


@pytest.fixture(autouse=True)
def remembered(request):
    """Builders lay down again what they wrote in an earlier test of this process, unless this test really commits."""
    tracker.start(enabled=not commits(request.node))
    with connection.execute_wrapper(tracker):
        yield


def commits(item) -> bool:
    """Whether a test really commits: its rows outlive it."""
    marker = item.get_closest_marker("django_db")
    return "transactional_db" in getattr(item, "fixturenames", ()) or bool(marker and marker.kwargs.get("transaction"))


@pytest.fixture
def cast(school):
    """One user per role, plus ``mentor``, ``mentee`` (no pair yet) and ``stranger`` without any role."""
    return make_cast()


@replayed
def make_cast():
    users = {
        role: make_user(None, role, username=role, post=POSTS.get(role, "преподаватель по классу баяна"))
        for role in ROLES
    }
    users |= {name: make_user(make_person(), username=name) for name in ("mentor", "mentee", "stranger")}
    return SimpleNamespace(**users)


class ClosingClient(Client):
    """A client that remembers the streams it was answered with: a test need not read a file to its end."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.streams = []

    def request(self, **request):
        response = super().request(**request)
        if getattr(response, "streaming", False):
            self.streams.append(response)
        return response


@pytest.fixture
def as_user():
    """Return a function ``user -> logged-in client``; files that it was answered with are closed after the test."""
    clients = []

    def login(user):
        client = ClosingClient()
        client.force_login(user)
        clients.append(client)
        return client

    yield login
    request_finished.disconnect(close_old_connections)  # as the client itself does: the database may be shut by now
    for client in clients:
        for response in client.streams:
            response.close()
    request_finished.connect(close_old_connections)


def plant_lists():
    """Write the lists that the migrations bring: topics, categories, forms, kinds, samples of programs."""
    for plant in _seeds():
        plant(apps, None)


@functools.cache
def _seeds():
    with override_settings(MIGRATION_MODULES={}):
        return seeds(every_step())


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The database of the tests is laid down from the models; what the migrations bring is planted."""
    with django_db_blocker.unblock():
        MigrationRecorder(connection).ensure_schema()
        plant_lists()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """A test with real commits leaves an empty database behind: plant the lists of the migrations again.

    One that was skipped before it began has left nothing, and there may be no database of tests yet.
    """
    begun = bool(getattr(item, "funcargs", None))
    result = yield
    if begun and commits(item) and nextitem is not None:
        with item.config.stash[blocking_manager_key].unblock():
            if "people_topic" in connection.introspection.table_names():
                plant_lists()
    return result


# Backups: our own installation, a folder for its backups, and an empty place to restore them into


@pytest.fixture
def ours(transactional_db, settings, tmp_path):
    """The data folder of our own database, which knows its migrations."""
    settings.DATA_DIR = tmp_path / "ours"
    settings.BACKUP_DIR = settings.DATA_DIR / "backups"
    settings.DATA_DIR.mkdir()
    kit.know_migrations(settings)
    return settings.DATA_DIR


@pytest.fixture
def target(tmp_path):
    """A folder of backups that is not there yet."""
    return tmp_path / "copies"


@pytest.fixture
def place(tmp_path):
    """An empty data folder and an empty database: where backups are restored."""
    with kit.new_database() as url:
        folder = tmp_path / "place"
        folder.mkdir()
        yield folder, url
