"""Reminders about many proposals in one go: how many letters, to whom, not twice a day, honest without mail."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import OutboxMail
from programs.pairings import reminders
from programs.pairings.models import Participation
from tests.factories import make_pairing, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.point("10.5")]
PEOPLE, COUNCIL = "programs:pairings_remind", "programs:pairings_remind_council"


def proposal(cast, first: str, second: str, **more):
    mentor = make_person(first, email=f"{uuid4().hex[:8]}@school.example")
    return make_pairing(cast, mentor=mentor, mentee=make_person(second), complete=False, **more)


def letters() -> int:
    return OutboxMail.objects.count()


def sent(pairings):
    return {"one": [p.pk for p in pairings], "request_key": uuid4()}


def test_all_who_owe_something_are_reminded_and_the_letters_are_counted(cast, as_user):
    two = [proposal(cast, "Щукина", "Беспочтова"), proposal(cast, "Ёлкина", "Беспочтова")]
    done = make_pairing(cast, "assigned")
    client, url = as_user(cast.curator), reverse(PEOPLE)
    asked = client.get(url, {"one": [p.pk for p in (*two, done)]})
    assert asked.context["consequences"][0] == "Уйдут 2\u00a0письма."
    assert all(one.note.endswith(": ответ") and one.letters == 1 for one in asked.context["ready"])
    assert [why for why, _ in asked.context["refused"]] == ["предложение закрыто, напоминать не о чем"]
    before = letters()
    for _ in range(2):
        page = client.post(url, sent([*two, done]), follow=True).content.decode()
    assert letters() == before + 2
    assert "сегодня уже напоминали" in page


def test_who_was_reminded_alone_is_not_written_to_again(cast, as_user):
    one = proposal(cast, "Щукина", "Беспочтова")
    part = one.participations.select_related("person__user").get(part=Participation.Part.MENTOR)
    reminders.remind(part, by=cast.chair, about="answer")
    before = letters()
    as_user(cast.curator).post(reverse(PEOPLE), sent([one]))
    assert letters() == before


def test_the_council_is_reminded_of_what_waits_for_it(cast, as_user):
    waits = proposal(cast, "Щукина", "Юрьева")
    answered = {"wish": Participation.Wish.YES, "wish_at": timezone.now(), "wish_by": cast.curator}
    waits.participations.update(**answered)
    early = proposal(cast, "Ёлкина", "Беспочтова")
    client, url = as_user(cast.director), reverse(COUNCIL)
    asked = client.get(url, {"one": [waits.pk, early.pk]})
    assert [one.obj.pk for one in asked.context["ready"]] == [waits.pk]
    before, number = letters(), reminders.council_reached()
    for _ in range(2):
        client.post(url, sent([waits, early]))
    assert letters() - before == number > 0


def test_without_mail_nobody_is_told_that_letters_went(cast, as_user, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    one = proposal(cast, "Щукина", "Беспочтова")
    asked = as_user(cast.curator).get(reverse(PEOPLE), {"one": [one.pk]})
    assert asked.context["ready"] == []
    assert [why for why, _ in asked.context["refused"]] == ["почта не подключена: напомните лично"]


def test_only_those_who_may_remind_see_the_acts(cast, as_user):
    proposal(cast, "Щукина", "Беспочтова")
    bar = as_user(cast.chair).get("/pairings/").context["listing"].bulk
    assert [offer.label for offer in bar.offers] == ["Напомнить участникам", "Напомнить совету"]
    assert as_user(cast.clerk).post(reverse(PEOPLE), {}).status_code == 403
