"""Meetings: planned with an agenda, invited to, held, the quorum without the interested, votes, what is decided."""

from datetime import time, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from mentoring_site import undo
from mentoring_site.inbox import items_for
from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused, reload
from people.register.models import Person
from people.roles.models import RoleGrant
from programs.program.models import Trial
from roadmap.bodies import acts as body_acts
from roadmap.bodies.models import Body
from roadmap.council import acts, agenda, documents, meetings
from roadmap.council.decisions import decisions, sign_and_record
from roadmap.council.models import Minutes
from roadmap.council.quorum import quorum_of
from tests.factories import make_person, make_program, make_user
from tests.roadmap.council.test_minutes import ready_pairing, supported

pytestmark = [pytest.mark.django_db, pytest.mark.point("11.9")]


def today():
    return timezone.localdate()


def organ(kind="methodical") -> Body:
    return Body.objects.get(kind=kind)


def planned(cast, **values) -> Minutes:
    given = {"by": cast.secretary, "held_on": today(), "held_at": time(15), "place": "кабинет 12"}
    return meetings.plan(values.pop("organ", None) or organ(), **(given | values))


def held(cast, minutes, *people) -> Minutes:
    present = [user.person for user in people or (cast.chair, cast.secretary, cast.council)]
    officers = {"chair": cast.chair.person, "secretary": cast.secretary.person}
    made = meetings.hold(minutes, by=cast.secretary, present=present, **officers)
    return Minutes.objects.with_requirements().get(pk=made.pk)


def keys(user) -> set[str]:
    return {item.key for item in items_for(type(user).objects.get(pk=user.pk))}


@pytest.mark.clause("3.5-i2")
def test_a_meeting_lives_from_its_plan_to_the_decision_of_the_program(cast, as_user):
    """Planned, invited to, held, signed: the program has its decision from the meeting, nothing is pressed twice."""
    Person.objects.filter(pk=cast.council.person_id).update(email="c@school.example")
    program = supported(cast)
    assert f"program:{program.pk}:agree" in keys(cast.chair)
    client = as_user(cast.secretary)
    form = client.get(reverse("roadmap:meeting_plan")).context["form"]
    assert [key for key, _ in form.fields["agenda"].choices] == [f"program-{program.pk}"]
    tomorrow = today() + timedelta(days=1)
    data = {
        "organ": organ().pk,
        "held_on": tomorrow,
        "held_at": "15:00",
        "place": "кабинет 12",
        "request_key": "1" * 32,
    }
    data |= {"agenda": [f"program-{program.pk}"], "questions": "О разном\n\nОб итогах"}
    for _ in range(2):  # pressed twice
        assert client.post(reverse("roadmap:meeting_plan"), data).status_code == 302
    minutes = Minutes.objects.get()
    assert [item.title[:8] for item in minutes.items.all()][1:] == ["О разном", "Об итога"]
    assert f"program:{program.pk}:agree" not in keys(cast.chair)  # it stands in the agenda of a meeting to come
    assert f"minutes:{minutes.pk}:planned" in keys(cast.chair)
    assert not agenda.waiting_programs().exists()
    assert client.post(reverse("roadmap:meeting_invite", args=[minutes.pk])).status_code == 302
    assert OutboxMail.objects.filter(template="council_invited", person_id=cast.council.person_id).count() == 1
    with pytest.raises(Already):
        meetings.invite(minutes, by=cast.chair)
    assert f"minutes:{minutes.pk}:come" in keys(cast.council)
    with pytest.raises(Refused, match="ещё не наступил"):
        held(cast, Minutes.objects.get())
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        client = as_user(cast.secretary)
        url = reverse("roadmap:meeting_hold", args=[minutes.pk])
        sent = {"chair": cast.chair.person_id, "secretary": cast.secretary.person_id}
        sent |= {"present": [cast.chair.person_id, cast.secretary.person_id]}
        assert client.post(url, sent).status_code == 302
        minutes = Minutes.objects.with_requirements().get()
        assert (minutes.state, minutes.number, [p.pk for p in minutes.absent.all()]) == (
            "draft",
            "1",
            [cast.council.person_id],
        )
        for item in minutes.items.all():
            words = {"title": item.title, "decided": item.decided or "Принять к сведению"}
            acts.save_item(minutes, item, by=cast.secretary, **words, votes_for=2, version=None)
            minutes.refresh_from_db()
        found = [one.key for one in decisions(minutes, cast.secretary)]
        sign_and_record(minutes, found, by=cast.secretary, signed_on=today())
        program.refresh_from_db()
        assert (program.state, program.minutes_number, program.minutes_date) == ("agreed", "1", tomorrow)
        assert not any(key.startswith(f"program:{program.pk}") for key in keys(cast.chair))


def test_the_quorum_is_counted_without_whom_the_question_is_about(cast):
    """Five members, three there: enough for a common question, too few where two of the three are interested."""
    for _ in range(2):
        make_user(None, "council")
    program = supported(cast, mentor=cast.chair)
    minutes = held(cast, planned(cast, programs=[program], questions=["О разном"]))
    own, common = minutes.items.all()
    quorum = quorum_of(minutes, own)
    assert (quorum.members, quorum.eligible, quorum.present, quorum.needed) == (5, 4, 2, 3)
    assert [p.pk for p in quorum.interested] == [cast.chair.person_id] and not quorum.reached
    other = quorum_of(minutes, common)
    assert (other.eligible, other.present, other.needed, other.reached) == (5, 3, 3, True)
    acts.save_item(minutes, common, by=cast.secretary, title=common.title, recused=[cast.council.person])
    fresh = Minutes.objects.with_requirements().get()
    declared = quorum_of(fresh, fresh.items.all()[1])
    assert (declared.eligible, declared.present, declared.reached) == (4, 2, False)
    Body.objects.filter(kind="methodical").update(quorum="thirds")
    fresh = Minutes.objects.with_requirements().get()
    assert quorum_of(fresh, fresh.items.all()[1]).needed == 3


def test_without_a_quorum_a_question_is_postponed_and_waits_again(cast):
    program = supported(cast, mentor=cast.chair)
    minutes = held(cast, planned(cast, programs=[program]), cast.chair, cast.secretary)
    item = minutes.items.get()
    acts.save_item(minutes, item, by=cast.secretary, title=item.title, decided=item.decided, votes_for=1)
    minutes = reload(minutes)
    with pytest.raises(Refused, match="кворума нет"):
        acts.sign(minutes, by=cast.secretary, signed_on=today())
    acts.save_item(minutes, item, by=cast.secretary, title=item.title, decided="", votes_for=None, postponed=True)
    minutes = reload(minutes)
    assert decisions(minutes, cast.secretary) == []
    signed = acts.sign(minutes, by=cast.secretary, signed_on=today())
    facts = documents.minutes_facts(signed)
    assert facts["items"][0]["decided"].startswith("Кворума по вопросу нет")
    assert facts["items"][0]["interested"] == cast.chair.person.short_name
    assert facts["quorum"] == "В составе 3\xa0члена, из них присутствовали 2, кворум имеется"
    assert list(agenda.waiting_programs()) == [program]  # back in the queue


def test_a_question_that_was_voted_down_decides_nothing(cast):
    program = supported(cast)
    minutes = held(cast, planned(cast, programs=[program]))
    item = minutes.items.get()
    votes = {"votes_for": 1, "votes_against": 1, "votes_abstained": 1}
    acts.save_item(minutes, item, by=cast.secretary, title=item.title, decided=item.decided, remarks="мало", **votes)
    minutes = reload(minutes)
    assert decisions(minutes, cast.secretary) == []
    facts = documents.minutes_facts(minutes)["items"][0]
    assert facts["votes"].endswith("Решение не принято") and facts["remarks"] == "мало"
    signed = acts.sign(minutes, by=cast.secretary, signed_on=today())
    program.refresh_from_db()
    assert (signed.state, program.state) == ("signed", "submitted")


def test_another_body_counts_its_own_members(cast):
    teachers = organ("pedagogical")
    people = [make_person() for _ in range(4)]
    for person in people:
        body_acts.take_in(teachers, person, by=cast.curator, part="member", since=today() - timedelta(days=5))
    minutes = planned(cast, organ=teachers, questions=["О режиме занятий"])
    with pytest.raises(NotAllowed):
        meetings.hold(minutes, by=cast.council, present=people[:3])
    made = meetings.hold(
        minutes, by=cast.curator, present=people[:3], absent=people[3:], chair=people[0], secretary=people[1]
    )
    made = Minutes.objects.with_requirements().get(pk=made.pk)
    assert str(made) == "Протокол №\xa01 заседания педагогического совета"
    quorum = quorum_of(made, made.items.get())
    assert (quorum.members, quorum.present, quorum.needed, quorum.reached) == (4, 3, 3, True)


def test_a_meeting_moves_and_is_cancelled_and_its_agenda_waits_again(cast, as_user):
    pairing = ready_pairing(cast)
    minutes = planned(cast, pairings=[pairing])
    meetings.invite(minutes, by=cast.secretary)
    assert not agenda.waiting_pairings().exists()
    moved = meetings.replan(Minutes.objects.get(), by=cast.chair, held_on=today() + timedelta(days=2), place="зал")
    assert moved.invited_at is not None
    with pytest.raises(Already):
        meetings.invite(moved, by=cast.chair)
    with pytest.raises(Refused, match="почему"):
        meetings.cancel(Minutes.objects.get(), by=cast.chair, reason=" ")
    url = reverse("roadmap:meeting_cancel", args=[minutes.pk])
    assert as_user(cast.chair).post(url, {"reason": "болеет половина совета"}).status_code == 302
    assert list(agenda.waiting_pairings()) == [pairing]
    assert OutboxMail.objects.filter(template="council_cancelled").count() == 2
    undo.undo(Act.objects.about(minutes).get(verb="cancel"), by=cast.chair)
    assert Minutes.objects.get().state == "planned" and not agenda.waiting_pairings().exists()
    with pytest.raises(Refused, match="будущий день"):
        planned(cast, held_on=today() - timedelta(days=1))
    other = planned(cast, questions=["О разном"])
    undo.undo(Act.objects.about(other).get(verb="plan"), by=cast.secretary)
    assert not Minutes.objects.filter(pk=other.pk).exists()


def test_a_meeting_that_moves_or_falls_out_is_told_to_whom_it_was_announced(cast):
    """The new day is written at once; a cancellation also where an invitation to an earlier day is all there was."""
    Person.objects.filter(pk=cast.council.person_id).update(email="c@school.example")
    letters = OutboxMail.objects.filter(person_id=cast.council.person_id).order_by("pk")
    minutes = planned(cast, questions=["О разном"])
    later = today() + timedelta(days=2)
    minutes = meetings.replan(minutes, by=cast.secretary, held_on=later, place="зал")
    assert minutes.invited_at is None and not letters.exists()  # nobody was invited, nobody is told
    meetings.invite(minutes, by=cast.secretary)
    minutes = meetings.replan(Minutes.objects.get(), by=cast.secretary, held_on=later, place="зал")
    assert letters.count() == 1  # nothing has changed
    meetings.replan(minutes, by=cast.secretary, held_on=later + timedelta(days=1), place="зал")
    assert [row.template for row in letters] == ["council_invited"] * 2
    assert f"{later + timedelta(days=1):%d.%m.%Y}" in letters[1].subject
    Minutes.objects.update(invited_at=None)  # moved before a move wrote the invitations anew
    meetings.cancel(Minutes.objects.get(), by=cast.secretary, reason="карантин")
    assert letters.last().template == "council_cancelled"


def test_a_trial_stands_in_the_agenda(cast, as_user):
    program = make_program(cast, "running", mentor=cast.council)
    trial = Trial.objects.create(program=program, question="помогает ли", begun_by=cast.chair)
    form = as_user(cast.secretary).get(reverse("roadmap:meeting_plan")).context["form"]
    assert f"trial-{trial.pk}" in dict(form.fields["agenda"].choices)
    minutes = held(cast, planned(cast, matters=[trial]))
    item = minutes.items.get()
    assert item.title == f"Об итогах апробации программы «{program.title}»"
    assert [p.pk for p in quorum_of(minutes, item).interested] == [cast.council.person_id]
    page = as_user(cast.secretary).get(minutes.get_absolute_url()).content.decode()
    assert program.get_absolute_url() in page and "кворум" in page


def test_members_are_those_of_the_day(cast):
    minutes = planned(cast, questions=["О разном"])
    RoleGrant.objects.filter(role="council").update(until=today() - timedelta(days=1))
    minutes = held(cast, minutes, cast.chair, cast.secretary)
    assert quorum_of(minutes, minutes.items.get()).members == 2
