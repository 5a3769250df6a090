"""The letter of the week: on the first working day, once, to whoever wants it (issue 10, point 3)."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import OutboxMail
from people.accounts.models import User
from people.school.models import DayOff
from programs.program.models import Activity
from reports.home.digest import send_due
from tests.factories import make_pairing
from tests.programs.journal.kit import make_running

pytestmark = [pytest.mark.django_db, pytest.mark.point("10.3")]
MONDAY = "2026-11-30 08:30+03:00"


def letters():
    return OutboxMail.objects.filter(template="week")


@pytest.fixture
def curator(cast):
    """The curator with an address and one thing that waits; nobody else can be written to."""
    make_pairing(cast, "recommended", complete=False)
    User.objects.update(email="")
    User.objects.filter(pk=cast.curator.pk).update(email="curator@school.example", last_seen_at=timezone.now())
    return cast.curator


def test_on_monday_morning_one_letter_says_what_waits(curator):
    with time_machine.travel(MONDAY, tick=False):
        assert send_due() == 1 and send_due() == 0
    letter = letters().get()
    assert letter.to == "curator@school.example" and "На этой неделе Вас жд" in letter.subject
    assert "Согласия: 1" in letter.text and reverse("reports:weekly_letter") in letter.text


def test_a_late_thing_stands_by_name(curator, cast):
    make_running(cast)
    User.objects.filter(pk=cast.mentee.pk).update(email="mentee@school.example", last_seen_at=timezone.now())
    with time_machine.travel(MONDAY, tick=False):
        Activity.objects.update(due_on=timezone.localdate() - timedelta(days=3))
        send_due()
    text = letters().get(to="mentee@school.example").text
    assert "Просрочено:" in text and "Взаимопосещение уроков, просрочено на\xa03\xa0дня" in text


@pytest.mark.point("11.10")
def test_the_curator_reads_whom_to_help(curator, cast):
    make_running(cast)
    with time_machine.travel(MONDAY, tick=False):
        send_due()
    text = letters().get().text
    assert "Кому помочь:" in text and "— Помочь паре: «Импровизация в младших классах»: Первой встречи" in text


@pytest.mark.parametrize("when", ["2026-11-30 07:30+03:00", "2026-12-01 09:00+03:00", "2026-11-29 09:00+03:00"])
def test_at_no_other_time(curator, when):
    with time_machine.travel(when, tick=False):
        assert send_due() == 0


def test_after_a_free_monday_it_comes_on_tuesday(curator):
    DayOff.objects.create(date="2026-11-30", kind=DayOff.Kind.MOVED)
    with time_machine.travel(MONDAY, tick=False):
        assert send_due() == 0
    with time_machine.travel("2026-12-01 08:30+03:00", tick=False):
        assert send_due() == 1


def test_nobody_is_written_to_about_nothing(curator, cast):
    User.objects.filter(pk=cast.stranger.pk).update(email="s@school.example", last_seen_at=timezone.now())
    with time_machine.travel(MONDAY, tick=False):
        send_due()
    assert not letters().filter(to="s@school.example").exists()


def test_a_person_switches_it_off_and_on(curator, as_user):
    client, address = as_user(curator), reverse("reports:weekly_letter")
    assert address in client.get(reverse("people:account")).content.decode()
    client.post(address, {})
    with time_machine.travel(MONDAY, tick=False):
        assert send_due() == 0
    client.post(address, {"is_wanted": "on"})
    with time_machine.travel(MONDAY, tick=False):
        assert send_due() == 1
