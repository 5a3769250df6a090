"""Words typed into a form whose session had ended: they are stored for an hour for the same person only."""

import html
import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from mentoring_site import ciphers
from people.accounts import resubmission
from programs.journal.models import Message
from tests.factories import PASSWORD
from tests.paper import pdf
from tests.programs.journal.kit import make_running

pytestmark = [pytest.mark.django_db, pytest.mark.point("21")]
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
TEXT = "Как начать урок?\nПервая строка, вторая строка — с «кавычками» & знаками <b>."
HEADING = "Сеанс закончился, но набранное сохранено"
LOGIN = "/accounts/login/?next=/kept/"


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-23 09:00:00+03:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def talk(cast, clock):
    """A running program and the address of its talk."""
    program, _ = make_running(cast)
    return f"/programs/{program.pk}/messages/"


def expire(client):
    """The session ends: its row is gone, and the browser has thrown its cookie away."""
    Session.objects.all().delete()
    client.cookies.pop("session", None)


def opened(user) -> Client:
    """A browser in which the user has worked until the session ended."""
    client = Client()
    client.force_login(user)
    client.get("/home/")
    expire(client)
    return client


def log_in(client, user, url=LOGIN):
    return client.post(url, {"login": user.username, "password": PASSWORD})


def words(**more):
    return {"text": TEXT, "request_key": str(uuid4())} | more


def test_the_whole_way_with_tokens(cast, talk):
    client = Client(enforce_csrf_checks=True)
    token = TOKEN.search(client.get("/accounts/login/").content.decode())[1]
    log_in_data = {"login": cast.mentee.username, "password": PASSWORD}
    client.post("/accounts/login/", log_in_data | {"csrfmiddlewaretoken": token})
    journal = talk.replace("messages", "journal")
    token = TOKEN.search(client.get(journal).content.decode())[1]
    expire(client)

    assert client.post(talk, words()).status_code == 403  # a forged form is not kept
    assert "session" not in client.cookies
    came_from = {"headers": {"referer": f"http://testserver{journal}"}}
    response = client.post(talk, words(csrfmiddlewaretoken=token), **came_from)
    assert (response.status_code, response.url) == (302, LOGIN)
    assert not Message.objects.exists()
    page = client.get(response.url).content.decode()
    assert "Сеанс закончился, но набранное сохранено" in page
    log_in_data["csrfmiddlewaretoken"] = TOKEN.search(page)[1]
    assert client.post(LOGIN, log_in_data).url == "/kept/"

    page = client.get("/kept/").content.decode()
    assert HEADING in page and f'Программы: <a href="{journal}">' in page and f'action="{talk}"' in page
    assert "Первая строка, вторая строка" in page and "<b>." not in page
    form = page.partition(f'action="{talk}"')[2].partition("</form>")[0]
    fields = {name: html.unescape(value) for name, value in HIDDEN.findall(form)}
    assert fields["text"] == TEXT and fields["csrfmiddlewaretoken"] != token
    sent = client.post(talk, fields, follow=True)
    assert "Сообщение отправлено" in sent.content.decode()
    assert [m.text for m in Message.objects.all()] == [TEXT]
    assert client.get("/kept/").url == "/home/"  # sent once, kept no more
    assert resubmission.SESSION_KEY not in client.session


def test_another_who_logs_in_sees_nothing(cast, talk):
    client = opened(cast.mentee)
    client.post(talk, words())
    log_in(client, cast.mentor)
    assert client.get("/kept/").url == "/home/"
    assert resubmission.SESSION_KEY not in client.session
    client.post("/accounts/logout/")
    log_in(client, cast.mentee)
    assert client.get("/kept/").url == "/home/"


def test_an_hour_and_no_longer(cast, talk, clock):
    client = opened(cast.mentee)
    client.post(talk, words())
    clock.shift(timedelta(minutes=59))
    log_in(client, cast.mentee)
    assert HEADING in client.get("/kept/").content.decode()
    clock.shift(timedelta(minutes=2))
    client.get("/home/")
    assert resubmission.SESSION_KEY not in client.session
    assert client.get("/kept/").url == "/home/"


def test_a_visitor_who_does_not_come_back_leaves_nothing_for_long(cast, talk, clock):
    client = opened(cast.mentee)
    client.post(talk, words())
    clock.shift(timedelta(minutes=61))
    assert not Session.objects.filter(expire_date__gt=timezone.now()).exists()


def test_strangers_fill_nothing(talk):
    client = Client()
    client.cookies[resubmission.OWNER_COOKIE] = "1"  # not signed by us
    assert client.post(talk, words()).url == "/accounts/login/?next=/home/"
    assert "session" not in client.cookies and not Session.objects.exists()


def test_too_long_words_are_not_kept(cast, talk):
    client = opened(cast.mentee)
    assert client.post(talk, words(text="ы" * 102_300)).url == LOGIN
    client = opened(cast.mentee)
    assert client.post(talk, words(text="ы" * 102_401)).url == "/accounts/login/?next=/home/"
    assert (
        "ничего не отправлено" in client.get("/accounts/login/").content.decode()
        and resubmission.SESSION_KEY not in client.session
    )


def test_passwords_and_codes_are_never_kept(cast, talk):
    client = opened(cast.mentee)
    client.post("/accounts/password/change/", {"oldpassword": "тайна", "password1": "тайна", "password2": "тайна"})
    client.post("/accounts/reauthenticate/", {"password": "тайна"})
    client.post("/setup/step/school/", {"name": "тайна"})
    assert resubmission.SESSION_KEY not in client.session
    client.post(talk, words(password="тайна", password2="тайна", code="123456"))
    assert {name for name, _ in client.session[resubmission.SESSION_KEY]["fields"]} == {"text", "request_key"}


def test_files_are_not_kept_and_the_page_says_so(cast, clock):
    program, activity = make_running(cast)
    mine = program.pairing.participations.get(part="mentee")
    client = opened(cast.mentee)
    upload = SimpleUploadedFile("урок.pdf", pdf())
    client.post(f"/activities/{activity.pk}/do/{mine.pk}/", {"result": "Провели урок", "version": 0, "file": upload})
    log_in(client, cast.mentee)
    page = client.get("/kept/").content.decode()
    assert "Провели урок" in page and "Приложенный файл не сохранился" in page and "Мероприятие программы" in page
    assert "файл" not in opened_page(cast, clock)


def opened_page(cast, clock):
    """The same page of a form without a file."""
    client = opened(cast.stranger)
    client.post("/people/1/edit/", {"last_name": "Очирова"})
    log_in(client, cast.stranger)
    return client.get("/kept/").content.decode().partition("<main")[2].partition("</main")[0]


def test_words_may_be_left(cast, talk):
    client = opened(cast.mentee)
    client.post(talk, words())
    log_in(client, cast.mentee)
    page = client.post("/kept/", follow=True).content.decode()
    assert "Набранное не отправлено" in page
    assert client.get("/kept/").url == "/home/" and not Message.objects.exists()


def test_a_refused_form_keeps_words_until_it_is_sent(cast, talk):
    client = opened(cast.stranger)
    client.post(talk, words())
    log_in(client, cast.stranger)
    assert client.post(talk, words()).status_code == 404
    assert HEADING in client.get("/kept/").content.decode()


def test_words_outlive_an_idle_session_and_the_second_factor(cast, talk, clock):
    client = Client()
    client.force_login(cast.curator)
    client.get("/home/")
    clock.shift(timedelta(minutes=31))
    assert client.post(talk, words()).url == LOGIN
    assert "_auth_user_id" not in client.session and not Message.objects.exists()
    page = client.get(LOGIN).content.decode()
    assert page.count("Сеанс закончился") == 1
    assert log_in(client, cast.curator).url.startswith("/accounts/login/code/")
    assert client.get("/kept/").url.startswith("/accounts/login/")
    counters = list(yield_hotp_counters_from_time())
    secret = Authenticator.objects.get(user=cast.curator, type="totp").data["secret"]
    secret = ciphers.decrypt(secret)
    code = format_hotp_value(hotp_value(secret, counters[len(counters) // 2]))
    assert client.post("/accounts/login/code/", {"code": code}).url == "/kept/"
    assert HEADING in client.get("/kept/").content.decode()
    client.post(talk, words(text="Отправлено позже"))
    assert Message.objects.get().text == "Отправлено позже"


def test_an_idle_forged_form_is_not_kept(cast, talk, clock):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.curator)
    client.get("/home/")
    clock.shift(timedelta(minutes=31))
    assert client.post(talk, words()).status_code == 403
    assert resubmission.SESSION_KEY not in client.session
