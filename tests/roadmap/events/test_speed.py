"""A meeting of speed mentoring: several mentees, what it gave each, the next step (п. 2.3)."""

import pytest

from mentoring_site import inbox
from mentoring_site.workflow import Already, NotAllowed, Refused
from roadmap.events import attendance, inviting, outcomes
from roadmap.events.models import Participant
from tests.factories import make_user
from tests.roadmap.events.kit import an_event, day, moved_to, row_of

pytestmark = [pytest.mark.django_db, pytest.mark.point("12.5")]


@pytest.fixture
def speed(cast):
    """A meeting of today: one mentor, two mentees, all three are there."""
    event = an_event(
        cast, kind="speed", title="Пять минут с мастером", people=[cast.mentee.person, cast.stranger.person]
    )
    inviting.invite(event, [cast.mentor.person], by=cast.curator, part="mentor")
    event = moved_to(event, day())
    for row in event.participants.all():
        attendance.mark(row, by=cast.curator, present=True)
    return event


@pytest.mark.clause("2.3-j3")
def test_each_mentee_has_an_outcome_and_a_next_step(cast, speed):
    row = row_of(speed, cast.mentee)
    made = outcomes.write_outcome(
        row, by=cast.mentee, outcome="Поставила цель: открытый урок", next_step="pair", next_words="до весны"
    )
    assert (made.outcome, made.next_step, made.next_words) == ("Поставила цель: открытый урок", "pair", "до весны")
    other = row_of(speed, cast.stranger)
    outcomes.write_outcome(other, by=cast.mentor, outcome="Разобрали запись урока", next_step="nothing")
    with pytest.raises(NotAllowed):
        outcomes.write_outcome(other, by=cast.mentee, outcome="чужое", next_step="nothing")
    with pytest.raises(Refused, match="что дала"):
        outcomes.write_outcome(other, by=cast.mentor, outcome=" ", next_step="nothing")
    with pytest.raises(Refused, match="наставляемым"):
        outcomes.write_outcome(row_of(speed, cast.mentor), by=cast.mentor, outcome="о себе", next_step="nothing")


def test_an_outcome_is_read_by_the_curator_the_mentee_and_the_mentors_of_the_meeting(cast, speed):
    seen = {
        name: Participant.objects.outcomes_visible_to(getattr(cast, name)).filter(part="listener").count()
        for name in ("curator", "chair", "mentor", "mentee", "stranger", "director", "clerk")
    }
    assert seen == {"curator": 2, "chair": 2, "mentor": 2, "mentee": 1, "stranger": 1, "director": 0, "clerk": 0}
    assert not Participant.objects.outcomes_visible_to(make_user()).exists()


def test_a_next_step_waits_for_the_curator_until_it_is_taken(cast, speed):
    row = outcomes.write_outcome(row_of(speed, cast.mentee), by=cast.mentee, outcome="Нужны ноты", next_step="request")
    key = f"participant:{row.pk}:next"
    assert key in {item.key for item in inbox.items_for(cast.curator)}
    with pytest.raises(NotAllowed):
        outcomes.settle(row, by=cast.mentee)
    outcomes.settle(row, by=cast.curator)
    assert key not in {item.key for item in inbox.items_for(cast.curator)}
    with pytest.raises(Already):
        outcomes.settle(row, by=cast.curator)
    changed = outcomes.write_outcome(row, by=cast.mentee, outcome="Нужен наставник", next_step="pair")
    assert changed.next_done_at is None  # another step has not been taken yet
    nothing = outcomes.write_outcome(row_of(speed, cast.stranger), by=cast.mentor, outcome="Всё", next_step="nothing")
    with pytest.raises(Refused, match="не нужен"):
        outcomes.settle(nothing, by=cast.curator)


def test_a_mentor_of_the_meeting_is_only_at_a_speed_meeting(cast):
    with pytest.raises(Refused, match="скоростного"):
        inviting.invite(an_event(cast), [cast.mentor.person], by=cast.curator, part="mentor")
