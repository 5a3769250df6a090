"""What every answer carries and what no request may bring; errors outside the view."""

import errno
import logging
from datetime import timedelta

import pytest
from django.contrib.auth.decorators import login_not_required
from django.contrib.sessions.backends.db import SessionStore
from django.db import IntegrityError, OperationalError, connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django.utils import timezone

from mentoring_site import middleware
from mentoring_site.errors import is_temporary

broken = None


@login_not_required
def echo(request, token):
    """Say what the middleware told the view."""
    if broken:
        raise broken
    return HttpResponse(timezone.get_current_timezone_name())


urlpatterns = [path("echo/<str:token>/", echo), path("own/", lambda request: HttpResponse("ok"))]
handler500 = "mentoring_site.errors.server_error"


@pytest.fixture(autouse=True)
def routes(settings):
    global broken
    settings.ROOT_URLCONF = __name__
    broken = None
    middleware.clear_zone_cache()


@pytest.fixture
def quiet_client(client):
    """A client that gets the answer of ``handler500`` as a browser would."""
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("address", ["/echo/a%00b/", "/echo/a/?q=%00", "/echo/a/?%00=q"])
def test_a_nul_byte_in_the_address_is_400(client, address):
    assert client.get(address).status_code == 400


@pytest.mark.parametrize("form", [{"name": "а\x00б"}, {"а\x00б": "name"}, {"name": ["x", "\x00"]}])
def test_a_nul_byte_in_a_form_is_400(client, form):
    assert client.post("/echo/a/", form).status_code == 400


def test_other_control_characters_come_through(client):
    assert client.post("/echo/a/?q=%01%0A", {"name": "а\tб"}).status_code == 200


def test_every_answer_carries_the_headers(client):
    answer = client.get("/echo/a/")

    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"
    assert "camera=()" in answer["Permissions-Policy"]
    policy = {part.split()[0]: part.split()[1:] for part in answer["Content-Security-Policy"].split("; ")}
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == ["'self'"]
    assert "Cache-Control" not in answer


@pytest.mark.django_db
def test_an_answer_in_a_session_is_not_kept(cast, as_user):
    client = as_user(cast.mentor)

    assert client.get("/echo/a/")["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_activity_is_written_at_most_every_five_minutes(cast, as_user, time_machine):
    time_machine.move_to("2026-10-05 09:00:00+03:00", tick=False)
    client = as_user(cast.mentor)
    cast.mentor.refresh_from_db()
    first = cast.mentor.last_seen_at
    client.get("/own/")
    cast.mentor.refresh_from_db()
    assert (first, cast.mentor.last_seen_at) == (None, timezone.now())

    time_machine.shift(timedelta(minutes=4))
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/echo/a/").content == b"Europe/Moscow"
    assert {query["sql"].lstrip("(").split()[0] for query in queries} == {"SELECT"}  # reading a page writes nothing

    time_machine.shift(timedelta(minutes=27))
    assert client.get("/echo/a/").content == b"Europe/Moscow"
    cast.mentor.refresh_from_db()
    assert cast.mentor.last_seen_at == timezone.now()


@pytest.mark.django_db
def test_the_school_has_its_own_time(client, school, settings):
    settings.SCHOOL_MODEL = "people.School"
    type(school).objects.update(time_zone="Asia/Vladivostok")

    assert client.get("/echo/a/").content == b"Asia/Vladivostok"
    middleware.clear_zone_cache()


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OperationalError("database is locked"), 503),
        (OSError(errno.ENOSPC, "No space left on device"), 503),
        (IntegrityError("UNIQUE constraint failed"), 500),
        (ZeroDivisionError(), 500),
    ],
)
def test_what_is_temporary_says_when_to_come_back(quiet_client, error, status):
    global broken
    broken = error

    answer = quiet_client.get("/echo/a/")

    assert (answer.status_code, answer.get("Retry-After")) == (status, "30" if status == 503 else None)
    assert "Действие не выполнено" in answer.content.decode()


@pytest.mark.django_db
def test_a_lost_database_outside_the_view_is_503_too(quiet_client, cast, monkeypatch):
    quiet_client.force_login(cast.mentor)

    def lost(self):
        raise OperationalError("unable to open database file")

    monkeypatch.setattr(SessionStore, "load", lost)

    answer = quiet_client.get("/own/")

    assert (answer.status_code, answer["Retry-After"]) == (503, "30")


def test_a_wrapped_error_is_recognised_by_its_cause():
    outer = RuntimeError()
    outer.__cause__ = OperationalError()

    assert (is_temporary(outer), is_temporary(None), is_temporary(RuntimeError())) == (True, False, False)


def test_the_log_holds_neither_tokens_nor_values(quiet_client, settings, capsys):
    global broken
    broken = IntegrityError("Key (email)=(badma@school.example) already exists")
    logging.config.dictConfig(settings.LOGGING)

    quiet_client.get("/echo/secret-token/?name=Бадма")

    log = capsys.readouterr().err
    assert "/echo/<str:token>/" in log
    assert "django.db.utils.IntegrityError" in log
    assert [word for word in ("secret-token", "badma", "Бадма", "%D0") if word in log] == []
