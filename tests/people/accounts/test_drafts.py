"""Drafts on the device: whose they are, and when the server says that a form has been accepted."""

from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from people.accounts.drafts import COOKIE, FIELD, owner_code
from programs.journal.models import Meeting
from tests.programs.journal.kit import make_running, meet

pytestmark = [pytest.mark.django_db, pytest.mark.point("10.11")]
DRAFT = "0123456789abcdef01234567"


def post(client, program, **more):
    known = {"held_on": timezone.localdate(), "minutes": 45, "format": "together", "about": "темп", FIELD: DRAFT}
    return client.post(f"/programs/{program.pk}/meetings/new/", known | {"request_key": uuid4()} | more)


def test_a_page_names_its_owner_by_a_code_and_private_pages_keep_nothing(cast, as_user):
    code = owner_code(cast.mentor.pk)
    client = as_user(cast.mentor)
    assert code != owner_code(cast.mentee.pk) and f'data-drafts="{code}"' in client.get("/home/").content.decode()
    for address in ("/accounts/password/change/", f"/people/{cast.mentor.person_id}/consents/", "/accounts/me/"):
        assert "data-drafts" not in client.get(address).content.decode(), address
    for address in ("/settings/accounts/new/", "/consents/requests/new/", "/settings/access/"):
        page = as_user(cast.curator).get(address, follow=True)
        assert page.status_code in (200, 403) and "data-drafts" not in page.content.decode(), address
    assert "data-drafts" not in Client().get("/accounts/login/").content.decode()


def test_a_form_is_accepted_when_its_act_is_done(cast, as_user):
    program, _ = make_running(cast)
    answer = post(as_user(cast.mentor), program)
    assert answer.status_code == 302 and Meeting.objects.count() == 1
    kept = answer.cookies[COOKIE]
    assert (kept.value, kept["path"], kept["samesite"], bool(kept["httponly"])) == (DRAFT, "/", "Lax", False)


@pytest.mark.parametrize(
    "more", [{"about": ""}, {"held_on": "2020-01-01"}, {FIELD: ""}, {FIELD: "<b>" * 5}, {FIELD: "a"}]
)
def test_nothing_else_is_accepted(cast, as_user, more):
    program, _ = make_running(cast)
    assert COOKIE not in post(as_user(cast.mentor), program, **more).cookies


def test_a_refusal_that_leads_away_accepts_nothing(cast, as_user):
    program, _ = make_running(cast)
    meeting = meet(program, cast.mentor)
    attendance = meeting.attendances.get(confirmed_at=None)
    url, client = f"/meetings/{attendance.pk}/confirm/", as_user(cast.mentee)
    assert COOKIE in client.post(url, {FIELD: DRAFT}).cookies
    again = as_user(cast.mentee).post(url, {FIELD: DRAFT})
    assert again.status_code == 302 and COOKIE not in again.cookies


def test_a_form_sent_after_the_session_has_ended_is_not_accepted_yet(cast, as_user):
    program, _ = make_running(cast)
    client = as_user(cast.mentor)
    client.get("/home/")
    del client.cookies["session"]
    answer = post(client, program)
    assert answer.status_code == 302 and "/accounts/login/" in answer.url and COOKIE not in answer.cookies
    client.force_login(cast.mentor)
    client.get("/kept/")
    assert COOKIE in post(client, program).cookies
