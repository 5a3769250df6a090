"""Support of a mentee without a pair: opened in one click, agreed, ended by a pair or the term (roadmap, stage 5)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentoring_site.models import OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused
from people.register.models import Employment
from people.rights import Right
from programs.pairings.models import Participation
from programs.requests import acts, registry
from programs.requests.kinds.support import acts as support_acts
from programs.requests.kinds.support.models import PairlessSupport
from programs.requests.models import Request
from programs.requests.subjects import find
from tests.crawl import text_of
from tests.factories import make_candidate, make_person, make_program
from tests.programs.requests.test_kinds import fresh, readers, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.point("11.2")]
HOW = "Раз в неделю посещает уроки и отвечает на вопросы"


@pytest.fixture
def alone(cast):
    """The mentee stands in the bank and has no pair."""
    make_candidate(cast.mentee.person, "mentee", by=cast.curator)
    return cast.mentee.person


def until(days=40):
    return timezone.localdate() + timedelta(days=days)


def open_support(cast, mentee, **values):
    kind = registry.kind("support")
    given = {"text": HOW, "person": cast.stranger.person, "data": {"mentee": mentee, "until": until()}}
    columns = {"columns": {"about": mentee.full_name}}
    return acts.file(kind, find(cast.curator, "person", mentee.pk), by=cast.curator, **columns, **(given | values))


@pytest.mark.clause("П.5-c1")
def test_support_is_opened_from_the_list_in_one_click_agreed_and_shown(cast, as_user, alone):
    curator = as_user(cast.curator)
    (row,) = curator.get("/without-a-pair/?support=no").context["listing"].rows
    assert (row.badge.word, row.word) == ("без поддержки", "Оформить поддержку")
    assert row.url.encode() in curator.get("/banks/mentees/").content
    assert row.url.encode() in curator.get("/pairings/new/").content
    data = {"supporter": cast.stranger.person_id, "text": HOW, "until": until().isoformat()}
    curator.post(row.url, data)
    made = Request.objects.get()
    assert (made.person, made.support.mentee, made.about) == (cast.stranger.person, alone, alone.full_name)
    assert readers(cast, made) == {"curator", "stranger"}
    assert waiting(cast.stranger) == ["Согласиться: поддержка без пары"] and waiting(cast.mentee) == []
    as_user(cast.stranger).post(f"{made.get_absolute_url()}accept/")
    assert readers(cast, made) == {"curator", "stranger", "mentee"}
    assert HOW in as_user(cast.mentee).get(made.get_absolute_url()).content.decode()
    assert OutboxMail.objects.filter(template="support_begun", person_id=alone.pk).count() == 1
    (row,) = curator.get("/without-a-pair/?support=yes").context["listing"].rows
    assert (row.supporter, row.until, row.badge.word) == (cast.stranger.person.short_name, until(), "поддержка идёт")
    assert curator.get("/without-a-pair/?support=no").context["listing"].rows == []
    assert as_user(cast.council).get("/without-a-pair/").status_code == 403


def test_consent_of_whoever_supports_is_recorded_from_paper(cast, alone):
    made = open_support(cast, alone)
    with pytest.raises(Refused, match="дату бумаги"):
        acts.decide(made, "accept", by=cast.curator)
    assert acts.decide(made, "accept", by=cast.curator, paper_date=timezone.localdate()).state == "accepted"


def test_who_has_a_pair_or_support_needs_none(cast, alone):
    open_support(cast, alone)
    with pytest.raises(Refused, match="уже оформлена"):
        open_support(cast, alone)
    other = make_program(cast, "running").pairing.participations.get(part="mentee").person
    with pytest.raises(Refused, match="не в паре"):
        open_support(cast, other)
    with pytest.raises(NotAllowed):
        acts.file(registry.kind("support"), find(cast.clerk, "person", alone.pk), by=cast.clerk, text=HOW)


@pytest.mark.parametrize("days", [0, -3, 400])
def test_the_term_lies_ahead_and_within_a_year(cast, alone, days):
    with pytest.raises(Refused):
        open_support(cast, alone, data={"mentee": alone, "until": until(days)})


def test_it_ends_when_a_pair_is_assigned(cast, alone):
    made = open_support(cast, alone)
    acts.decide(made, "accept", by=cast.stranger)
    assert support_acts.tick() == 0
    program = make_program(cast, "running")
    Participation.objects.filter(pairing=program.pairing, part="mentee").update(person=alone)
    assert support_acts.tick() == 1
    made.refresh_from_db()
    assert made.state == "done" and support_acts.tick() == 0


def test_what_waits_for_consent_is_withdrawn_when_a_pair_is_assigned(cast, alone):
    made = open_support(cast, alone)
    program = make_program(cast, "running")
    Participation.objects.filter(pairing=program.pairing, part="mentee").update(person=alone)
    with pytest.raises(Refused, match="уже есть пара"):
        acts.decide(made, "accept", by=cast.stranger)
    acts.remind_due()
    made.refresh_from_db()
    assert (made.state, waiting(cast.stranger)) == ("withdrawn", [])


def test_both_are_reminded_before_the_end_once_and_it_ends_by_its_term(cast, as_user, alone):
    made = open_support(cast, alone)
    acts.decide(made, "accept", by=cast.stranger)
    assert waiting(cast.stranger) == []
    PairlessSupport.objects.update(until=until(3))
    assert (acts.remind_due(), acts.remind_due()) == (1, 0)
    told = set(OutboxMail.objects.filter(template="support_ends").values_list("person_id", flat=True))
    assert told == {cast.stranger.person_id, cast.curator.person_id}
    assert waiting(cast.curator) == waiting(cast.stranger) == [f"Поддержка заканчивается: {alone.full_name}"]
    url = f"{made.get_absolute_url()}prolong/"
    assert as_user(cast.stranger).post(url, {"until": until(60).isoformat()}).status_code == 403
    as_user(cast.curator).post(url, {"until": until(60).isoformat()})
    assert PairlessSupport.objects.get().until == until(60) and waiting(cast.curator) == []
    PairlessSupport.objects.update(until=until(-1))
    support_acts.tick()
    made.refresh_from_db()
    assert made.state == "done"
    with pytest.raises(Already):
        acts.close(made, by=cast.curator)


def test_the_list_costs_the_same_for_many(cast, as_user, django_assert_max_num_queries):
    for _ in range(4):
        make_candidate(make_person(), "mentee", by=cast.curator)
    client = as_user(cast.curator)
    client.get("/without-a-pair/")
    with django_assert_max_num_queries(30):
        rows = client.get("/without-a-pair/").context["listing"].rows
    assert len(rows) == 4 and fresh(cast.curator).can(Right.REQUESTS_DECIDE)
    assert rows[0].person.last_name in text_of(client.get("/without-a-pair/?format=xlsx"))


def test_a_supporter_without_a_login_is_chosen_too(cast, as_user, alone):
    helper = make_person()
    assert Employment.objects.current().filter(person=helper).exists()
    form = as_user(cast.curator).get(f"/requests/new/support/{alone.pk}/").context["form"]
    offered = set(form.fields["supporter"].queryset.values_list("pk", flat=True))
    assert helper.pk in offered and alone.pk not in offered
