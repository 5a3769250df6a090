"""What waits for whom in pairs: answers, topics, recommendations, consents, orders, those without a pair."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programs.pairings import acts as pairing_acts
from programs.pairings.inbox import items
from programs.pairings.models import Pairing
from tests.factories import make_candidate, make_pairing, make_person

pytestmark = pytest.mark.point("20", "12")


def again(user):
    return type(user).objects.get(pk=user.pk)


def titles(user):
    return [w.title.split(":")[0] for w in items(again(user))]


def part(pairing, name):
    return pairing.participations.filter(part=name).first()


def test_nothing_waits_for_a_stranger(cast):
    make_pairing(cast)
    for role in ("stranger", "director", "clerk", "sysadmin", "council"):
        assert items(getattr(cast, role)) == []


def test_a_participant_is_asked_until_the_answer(cast):
    pairing = make_pairing(cast, mentee=cast.mentee)
    (one,) = items(cast.mentee)
    assert (one.url, one.verb) == (reverse("programs:pairing_answer", args=[pairing.pk]), "Ответить")
    pairing_acts.answer(part(pairing, "mentee"), "yes", by=cast.mentee)
    assert titles(cast.mentee) == []


def test_a_participant_is_asked_for_the_consent(cast):
    make_pairing(cast, "recommended", mentor=cast.mentor, complete=False)
    assert titles(cast.mentor) == ["Дать письменное согласие на обязанности"]


@pytest.mark.clause("3.5-c2")
def test_the_council_is_asked_for_topics_then_for_the_recommendation(cast):
    pairing = make_pairing(cast)
    assert titles(cast.chair) == []
    for p in pairing.participations.all():
        pairing_acts.answer(p, "yes", by=cast.curator)
    assert titles(cast.chair) == titles(cast.secretary) == ["Подтвердить темы"]
    pairing_acts.confirm_topics(pairing, by=cast.chair)
    assert titles(cast.secretary) == ["Записать рекомендацию"]
    pairing_acts.recommend(pairing, by=cast.chair, minutes_number="3", minutes_date=timezone.localdate())
    assert titles(cast.chair) == []


def test_the_curator_hears_of_silence_after_three_days(cast):
    make_pairing(cast)
    assert titles(cast.curator) == []
    Pairing.objects.update(proposed_at=timezone.now() - timedelta(days=4))
    assert titles(cast.curator) == ["Не отвечают"]


def test_the_curator_collects_consents_then_prepares_the_order(cast):
    pairing = make_pairing(cast, "recommended", complete=False)
    assert titles(cast.curator) == ["Получить согласия"]
    pairing_acts.withdraw(pairing, by=cast.curator, reason="заново")
    for person in (part(pairing, "mentor").person, part(pairing, "mentee").person):
        person.candidates.update(state="relieved")
    ready = make_pairing(cast, "recommended")
    (one,) = items(cast.curator)
    assert one.title.startswith("Подготовить приказ о закреплении")
    assert one.url.endswith(f"kind=assignment&pairing={ready.pk}")


@pytest.mark.clause("П.5-c2")
def test_those_without_a_pair_stay_in_sight(cast):
    for _ in range(5):
        make_candidate(make_person(), "mentee", by=cast.director)
    (one,) = items(cast.curator)
    assert one.title == "Без пары — 5\u00a0наставляемых"
    assert one.why.replace("\u00a0", " ").endswith("и ещё 2")


@pytest.mark.clause("П.5-c2")
def test_a_failed_pair_is_to_be_chosen_again(cast):
    pairing = make_pairing(cast, mentee=cast.mentee)
    pairing_acts.answer(part(pairing, "mentee"), "no", by=cast.mentee, reason="нет времени")
    (one,) = items(cast.curator)
    assert one.title == f"Подобрать другую пару: {cast.mentee.person.short_name}"
    assert "нет времени" not in one.title + one.why


def test_the_cost_does_not_grow(cast):
    costs = []
    for count in (1, 2):
        for _ in range(count):
            make_pairing(cast, "recommended", complete=False)
            make_pairing(cast, mentee=make_person())
            make_candidate(make_person(), "mentee", by=cast.director)
        curator = again(cast.curator)
        curator.rights  # noqa: B018 (read once per request)
        with CaptureQueriesContext(connection) as seen:
            items(curator)
        costs.append(len(seen))
    assert costs[0] == costs[1] <= 8
