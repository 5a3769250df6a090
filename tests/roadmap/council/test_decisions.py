"""Minutes are signed and what they decided is recorded in one visit, all or nothing (10.7)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Act
from mentoring_site.workflow import Refused
from programs.pairings import acts as pairing_acts
from programs.program.approval import acts as approval_acts
from roadmap.council import acts as council_acts
from roadmap.council.decisions import decisions, sign_and_record
from roadmap.council.models import Minutes
from tests.factories import make_pairing, make_program

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.point("10.7")]


@pytest.fixture
def pairing(cast):
    made = make_pairing(cast, "proposed")
    for side in made.participations.exclude(wish="yes"):
        pairing_acts.answer(side, "yes", by=cast.curator)
    if made.topics_confirmed_at is None:
        pairing_acts.confirm_topics(made, by=cast.chair)
    return made


@pytest.fixture
def minutes(cast, pairing):
    made = council_acts.draft(
        by=cast.secretary,
        body="методический совет",
        body_genitive="методического совета",
        held_on=timezone.localdate(),
        place="учительская",
        chair=cast.chair.person,
        secretary=cast.secretary.person,
        present=[cast.chair.person, cast.secretary.person, cast.council.person],
        pairings=[pairing],
    )
    for item in made.items.all():
        council_acts.save_item(
            made, item, by=cast.secretary, votes_for=3, votes_against=0, votes_abstained=0, title=item.title
        )
        made.refresh_from_db()
    return made


def test_the_secretary_signs_and_records_what_was_recommended(cast, as_user, minutes, pairing):
    client, url = as_user(cast.secretary), reverse("roadmap:minutes_sign", args=[minutes.pk])
    field = client.get(url).context["form"]["decisions"]
    assert field.value() == [f"pairing-{pairing.pk}"]
    answer = client.post(url, {"signed_on": timezone.localdate(), "decisions": field.value()}, follow=True)
    assert "Записано 1 решение совета" in answer.content.decode().replace("\u00a0", " ")
    pairing.refresh_from_db()
    assert (pairing.state, pairing.minutes_number) == ("recommended", minutes.number)
    assert Act.objects.about(minutes).last().verb == "sign" and Act.objects.about(pairing).last().verb == "recommend"


def test_what_is_not_ticked_stays(cast, minutes, pairing):
    sign_and_record(minutes, [], by=cast.secretary, signed_on=timezone.localdate())
    pairing.refresh_from_db()
    assert (Minutes.objects.get().state, pairing.state) == ("signed", "proposed")


def test_only_what_the_signer_may_record_is_offered(cast, minutes):
    assert decisions(minutes, cast.curator) == []  # keeps minutes, but does not speak for the council
    assert len(decisions(minutes, cast.chair)) == 1


def test_a_decision_that_is_no_longer_open_leaves_the_minutes_unsigned(cast, minutes, pairing):
    keys = [decision.key for decision in decisions(minutes, cast.secretary)]
    pairing_acts.withdraw(pairing, by=cast.curator, reason="передумали")
    with pytest.raises(Refused, match="Откройте страницу ещё раз"):
        sign_and_record(minutes, keys, by=cast.secretary, signed_on=timezone.localdate())
    assert Minutes.objects.get().state == "draft"


def test_a_program_is_agreed_by_it_too(cast):
    program = make_program(cast, "submitted")
    if program.endorsed_at is None:
        approval_acts.endorse(program, by=cast.curator)
    made = council_acts.draft(
        by=cast.secretary,
        body="методический совет",
        body_genitive="методического совета",
        held_on=timezone.localdate(),
        present=[cast.chair.person, cast.secretary.person],
        programs=[program],
    )
    assert [d.key for d in decisions(made, cast.secretary)] == [f"program-{program.pk}"]
