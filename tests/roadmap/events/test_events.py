"""Acts about events: planned, announced, held, cancelled, who is told, the waiting list, series (п. 3.3, 3.4)."""

from datetime import date, time
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from mentoring_site import inbox, undo
from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused, Stale, complaints, reload
from people.register.models import Employment
from roadmap.events import acts, attendance, heard, inviting, leaving, outside, retention, series
from roadmap.events.audience import people_of
from roadmap.events.documents import minutes_facts
from roadmap.events.handover import PART as HANDOVER
from roadmap.events.models import Event, Participant, events_for
from roadmap.plan import acts as plan_acts
from tests.factories import make_pairing, make_person
from tests.roadmap.events.kit import a_held_event, an_event, day, moved_to, row_of

pytestmark = [pytest.mark.django_db, pytest.mark.point("12.5")]


def letters(name):
    return sorted(OutboxMail.objects.filter(template=name, failed_at=None).values_list("to", flat=True))


def keys(user):
    return {item.key for item in inbox.items_for(user)}


@pytest.fixture
def heard_of(monkeypatch):
    """What a feature that listens has been told: (event, names of those who were there)."""
    told = []
    monkeypatch.setattr(
        heard, "_HEARERS", [lambda event, rows, by: told.append((event.pk, [r.person_id for r in rows]))]
    )
    return told


@pytest.mark.clause("П.4-b3")
def test_a_session_of_mentors_invites_the_mentors_and_is_held_with_those_who_came(cast, heard_of):
    pairing = make_pairing(cast, "assigned", mentor=cast.mentor, mentee=cast.mentee)
    assert pairing.state == "assigned"
    event = an_event(cast, audience="mentors", hours=Decimal("2.0"))
    assert [row.person for row in event.participants.all()] == [cast.mentor.person]
    assert letters("event_invited") == [cast.mentor.email]
    event = moved_to(event, day())
    assert [str(c) for c in complaints(reload(event), "hold")] == [
        "Не отмечено, кто был на событии. Отмечает ответственный за событие или куратор"
    ]
    attendance.mark(row_of(event, cast.mentor), by=cast.curator, present=True)
    event = acts.hold(event, by=cast.curator, results="Договорились о графике")
    assert event.state == "held" and event.results == "Договорились о графике"
    assert row_of(event, cast.mentor).hours == Decimal("2.0")
    assert heard_of == [(event.pk, [cast.mentor.person_id])]


@pytest.mark.clause("П.4-b2")
def test_a_consultation_is_an_event_with_attendance(cast):
    event = a_held_event(cast, present=[cast.mentor], kind="consultation", title="Как вести дневник")
    assert event.get_kind_display() == "консультация"
    assert [row.person for row in event.participants.present()] == [cast.mentor.person]


@pytest.mark.parametrize("kind", [kind.value for kind in Event.OWN_KINDS])
def test_every_kind_of_the_school_can_be_planned(cast, kind):
    assert an_event(cast, kind=kind).state == "announced"


def test_what_an_event_needs_before_it_is_announced(cast):
    event = an_event(cast, announced=False, place="", link="")
    with pytest.raises(Refused, match="нет ни места, ни ссылки"):
        acts.announce(event, by=cast.curator)
    Event.objects.filter(pk=event.pk).update(place="класс 3", host=None)
    with pytest.raises(Refused, match="Не назван ответственный"):
        acts.announce(event, by=cast.curator)
    for wrong, words in (
        ({"title": "  "}, "название"),
        ({"ends_on": day(1)}, "раньше первого"),
        ({"ends_at": time(14)}, "раньше, чем началось"),
    ):
        with pytest.raises(Refused, match=words):
            an_event(cast, **wrong)
    with pytest.raises(Refused, match="уже прошёл"):
        acts.announce(an_event(cast, announced=False, starts_on=day(-2)), by=cast.curator)


def test_who_keeps_events(cast):
    with pytest.raises(NotAllowed):
        acts.plan(by=cast.mentor, kind="seminar", title="Сам", starts_on=day(1))
    led = an_event(cast, announced=False, host=cast.mentor.person)
    assert acts.announce(led, by=cast.mentor).state == "announced"  # whoever answers for it keeps it
    with pytest.raises(NotAllowed):
        acts.edit(led, by=cast.mentee, title="Чужое")
    key = uuid4()
    first = acts.plan(by=cast.curator, request_key=key, kind="seminar", title="Один", starts_on=day(3))
    assert acts.plan(by=cast.curator, request_key=key, kind="seminar", title="Один", starts_on=day(3)) == first


def test_who_sees_which_event(cast):
    picked = an_event(cast, people=[cast.mentor.person])
    everybody = an_event(cast, audience="all", title="Открытый урок хора")
    draft = an_event(cast, announced=False, people=[cast.mentor.person], title="Черновик")
    seen = {
        user: set(Event.objects.visible_to(user)) for user in (cast.mentor, cast.stranger, cast.director, cast.council)
    }
    assert seen[cast.mentor] == {picked, everybody} and seen[cast.stranger] == {everybody}
    assert seen[cast.director] == seen[cast.council] == {picked, everybody, draft}
    assert set(picked.participants.visible_to(cast.mentor)) == {row_of(picked, cast.mentor)}


def test_the_invited_answer_and_are_asked_until_they_do(cast):
    event = an_event(cast, people=[cast.mentor.person, cast.mentee.person])
    key = f"event:{event.pk}:answer:{cast.mentor.person_id}"
    assert key in keys(cast.mentor)
    row = inviting.answer(event, cast.mentor.person, by=cast.mentor, comes=True)
    assert row.answer == "yes" and key not in keys(cast.mentor)
    inviting.answer(event, cast.mentee.person, by=cast.curator, comes=False)  # from words
    assert row_of(event, cast.mentee).answer == "no"
    with pytest.raises(Refused, match="нет в списке"):
        inviting.answer(event, cast.stranger.person, by=cast.stranger, comes=True)
    with pytest.raises(NotAllowed):
        inviting.answer(event, cast.mentor.person, by=cast.mentee, comes=False)
    open_one = an_event(cast, audience="all")
    assert inviting.answer(open_one, cast.stranger.person, by=cast.stranger, comes=True).answer == "yes"


def test_the_waiting_list_moves_up_and_tells(cast):
    people = [cast.mentor, cast.mentee, cast.stranger]
    event = an_event(cast, people=[user.person for user in people], capacity=1)
    given = [inviting.answer(event, user.person, by=user, comes=True).answer for user in people]
    assert given == ["yes", "waiting", "waiting"] and inviting.seats_left(event) == 0
    inviting.answer(event, cast.mentor.person, by=cast.mentor, comes=False)
    assert [row_of(event, user).answer for user in people] == ["no", "yes", "waiting"]
    assert letters("event_seat") == [cast.mentee.email]
    event.refresh_from_db()
    acts.edit(event, by=cast.curator, capacity=2)  # a larger hall lets the next one in
    assert row_of(event, cast.stranger).answer == "yes"
    inviting.answer(event, cast.mentor.person, by=cast.mentor, comes=True)
    event.refresh_from_db()
    inviting.strike_out(row_of(event, cast.mentee), by=cast.curator)
    assert row_of(event, cast.mentor).answer == "yes"


def test_who_is_invited_is_told_of_a_change_and_of_the_end(cast):
    event = an_event(cast, people=[cast.mentor.person, cast.mentee.person])
    inviting.answer(event, cast.mentee.person, by=cast.mentee, comes=False)
    event = acts.edit(event, by=cast.curator, aim="о главном")
    assert letters("event_moved") == []
    event = acts.edit(event, by=cast.curator, starts_on=day(9), ends_on=day(9))
    assert letters("event_moved") == [cast.mentor.email]  # who does not come is not disturbed
    with pytest.raises(Stale):
        acts.edit(event, by=cast.curator, version=1, title="Старое")
    with pytest.raises(Refused, match="почему"):
        acts.cancel(event, by=cast.curator, reason=" ")
    event = acts.cancel(event, by=cast.curator, reason="карантин")
    assert letters("event_cancelled") == [cast.mentor.email]
    with pytest.raises(Refused):
        acts.edit(event, by=cast.curator, title="Поздно")


def test_a_cancellation_and_a_mark_as_held_are_taken_back(cast, heard_of):
    event = acts.cancel(an_event(cast, people=[cast.mentor.person]), by=cast.curator, reason="карантин")
    undo.undo(Act.objects.about(event).filter(verb="cancel").last(), by=cast.curator)
    event.refresh_from_db()
    assert event.state == "announced" and event.cancel_reason == "" and letters("event_cancelled") == []
    held = a_held_event(cast, present=[cast.mentor])
    undo.undo(Act.objects.about(held).filter(verb="hold").last(), by=cast.curator)
    held.refresh_from_db()
    assert held.state == "announced" and held.held_at is None
    assert heard_of[-1] == (held.pk, [])  # who listens forgets


def test_a_draft_is_thrown_away_an_announced_event_is_not(cast):
    draft = an_event(cast, announced=False)
    acts.discard(draft, by=cast.curator)
    assert not Event.objects.exists()
    with pytest.raises(Refused, match="отменяют"):
        acts.discard(an_event(cast), by=cast.curator)


def test_inviting_by_group_and_by_name(cast):
    make_pairing(cast, "assigned", mentor=cast.mentor, mentee=cast.mentee)
    both = {person.pk for person in people_of(["mentors", "mentees"])}
    assert both == {cast.mentor.person_id, cast.mentee.person_id}
    assert cast.mentor.person in people_of(["bank_mentors"]) and cast.mentee.person in people_of(["bank_mentees"])
    assert cast.council.person in people_of(["council"])
    event = an_event(cast)
    made = inviting.invite(event, people_of(["mentors"]), by=cast.curator)
    assert [row.person for row in made] == [cast.mentor.person] and letters("event_invited") == [cast.mentor.email]
    with pytest.raises(Already):
        inviting.invite(event, [cast.mentor.person], by=cast.curator)


def test_events_repeat_and_one_or_all_following_change(cast):
    first = an_event(cast, people=[cast.mentor.person], starts_on=day(7))
    made = series.repeat(first, by=cast.curator, step="2", times=3)
    assert [(one.starts_on - day(7)).days for one in made] == [14, 28, 42]
    assert all([row.person for row in one.participants.all()] == [cast.mentor.person] for one in made)
    assert letters("event_invited") == [cast.mentor.email]  # only of the first: the others are not announced yet
    with pytest.raises(Already):
        series.repeat(made[0], by=cast.curator, step="2", times=1)
    acts.edit(made[0], by=cast.curator, place="класс 5")
    assert {one.place for one in Event.objects.exclude(pk=made[0].pk)} == {"малый зал школы"}
    series.edit_following(Event.objects.get(pk=made[1].pk), by=cast.curator, place="концертный зал")
    places = list(Event.objects.order_by("starts_on").values_list("place", flat=True))
    assert places == ["малый зал школы", "класс 5", "концертный зал", "концертный зал"]
    series.announce_following(Event.objects.get(pk=made[1].pk), by=cast.curator)
    assert list(Event.objects.order_by("starts_on").values_list("state", flat=True)) == [
        "announced",
        "draft",
        "announced",
        "announced",
    ]
    assert series.days_of(date(2026, 10, 31), "month", 2) == [date(2026, 11, 30), date(2026, 12, 31)]


@pytest.mark.clause("3.3-f4")
def test_a_journey_to_a_conference_says_who_when_where_at_which_level_and_what_was_brought_home(cast):
    values = {"kind": "forum", "title": "Педагог будущего", "level": "country", "place": "Казань"}
    days = {"starts_on": day(-9), "ends_on": day(-7)}
    event = outside.record_outside(by=cast.curator, people=[cast.mentor.person], **values, **days, hours=Decimal(16))
    assert (event.state, event.level, event.place) == ("held", "country", "Казань")
    assert letters("event_journey") == [cast.mentor.email]
    row = row_of(event, cast.mentor)
    assert row.hours == Decimal(16) and f"event:{event.pk}:brought:{cast.mentor.person_id}" in keys(cast.mentor)
    attendance.write_particulars(
        row, by=cast.mentor, document="сертификат № 18", brought_home="Приём работы с листом самооценки"
    )
    row.refresh_from_db()
    assert (row.document, row.hours) == ("сертификат № 18", Decimal(16))  # hours are not the participant's to change
    assert f"event:{event.pk}:brought:{cast.mentor.person_id}" not in keys(cast.mentor)
    assert row in Participant.objects.visible_to(cast.director) and not Participant.objects.visible_to(cast.stranger)
    own = outside.record_outside(
        by=cast.mentee,
        people=[cast.mentee.person],
        kind="webinar",
        title="Ритмика",
        starts_on=day(3),
        link="https://a.example",
    )
    assert own.state == "announced"
    with pytest.raises(NotAllowed):
        outside.record_outside(by=cast.mentee, people=[cast.mentor.person], **values, **days)
    with pytest.raises(Refused, match="Назовите"):
        outside.record_outside(by=cast.curator, people=[], **values, **days)
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(outside=False)


@pytest.mark.clause("3.3-f3")
def test_a_coordination_meeting_has_partners_and_minutes(cast):
    event = a_held_event(cast, present=[cast.chair], kind="coordination", partners_words="музыкальный колледж")
    event = acts.write_notes(
        event,
        by=cast.curator,
        discussed="Практика студентов",
        decisions="Принять троих\nНазвать наставников",
        results="",
    )
    facts = minutes_facts(event)
    assert facts["decisions"] == ["Принять троих", "Назвать наставников"] and facts["partners"] == "музыкальный колледж"
    assert facts["present"] == [cast.chair.person.short_name] and facts["host"]["name"]
    with pytest.raises(Refused, match="в его день"):
        acts.write_notes(an_event(cast), by=cast.curator, discussed="рано", decisions="", results="")


@pytest.mark.clause("П.6-b")
def test_a_conference_of_the_school_proves_the_task_of_the_roadmap(cast):
    task = plan_acts.draft(2026, by=cast.curator).stages.first().tasks.first()
    event = an_event(cast, kind="conference", task=task, programme="10:00 — Открытие")
    assert list(events_for(task)) == []
    event = moved_to(event, day())
    attendance.add(event, [cast.mentor.person], by=cast.curator)
    event = acts.hold(event, by=cast.curator)
    assert list(events_for(task)) == [event]


def test_a_round_table_sums_up_with_results(cast):
    event = a_held_event(cast, present=[cast.mentor, cast.mentee], kind="round_table", title="Лучшие практики")
    event = acts.write_notes(
        event, by=cast.chair, discussed="Шесть практик", decisions="", results="Отмечены три практики"
    )
    assert event.results == "Отмечены три практики" and event.participants.present().count() == 2


def test_the_site_announces_no_people(cast):
    make_pairing(cast, "assigned", mentor=cast.mentor, mentee=cast.mentee)
    surname = cast.mentor.person.last_name
    with pytest.raises(Refused, match="названы люди"):
        an_event(cast, title=f"Вечер у {surname}", is_public=True)
    shown = an_event(cast, title="Вечер ансамблей", is_public=True)
    assert list(Event.objects.public()) == [shown]


def test_who_leads_and_has_not_recorded_is_reminded(cast):
    event = an_event(cast, host=cast.mentor.person)
    assert f"event:{event.pk}:hold" not in keys(cast.mentor)
    moved_to(event, day(-1))
    assert f"event:{event.pk}:hold" in keys(cast.mentor)


def test_events_of_who_leaves(cast):
    person = make_person()
    led = an_event(cast, host=person)
    invited = an_event(cast, people=[person])
    days = {person.pk: day(3)}
    assert [(one.what, one.by_itself) for one in leaving.PART.hanging(days)] == [
        ("событие «Первый урок вместе»", False),
        ("приглашение на событие «Первый урок вместе»", True),
    ]
    leaving.PART.end(person, day(3))
    assert not invited.participants.exists()
    assert [thing.key for thing in HANDOVER.things(person, cast.curator)] == [led.pk]
    HANDOVER.hand(led.pk, person, cast.mentor.person, cast.curator)
    led.refresh_from_db()
    assert led.host == cast.mentor.person
    Employment.objects.filter(person=person).update(until=day(3))
    with pytest.raises(Refused):
        an_event(cast, host=person)


def test_what_is_destroyed_of_a_person(cast):
    event = a_held_event(cast, present=[cast.mentor])
    row = row_of(event, cast.mentor)
    attendance.write_particulars(row, by=cast.mentor, document="справка", brought_home="ноты")
    assert retention.DATA.found(cast.mentor.person) == ["1\u00a0запись об участии"]
    assert retention.DATA.erase(cast.mentor.person) == 1
    row.refresh_from_db()
    assert (row.document, row.brought_home, row.is_present) == ("", "", True)
    assert retention.DATA.found(cast.mentor.person) == [] and retention.reasons(cast.mentor.person)


def test_words_find_events(cast):
    event = an_event(cast, title="Конференция концертмейстеров")
    assert list(Event.objects.found_by("конференции концертмейстер")) == [event]
    assert not Event.objects.found_by("хор").exists()
