"""Records of training come from the list of who was at an event (п. 3.3, 3.4)."""

import pytest

from roadmap.events import acts, attendance
from roadmap.training.models import Training
from tests.roadmap.events.kit import a_held_event, an_event, day, moved_to, row_of

pytestmark = [pytest.mark.django_db, pytest.mark.point("12.6")]


@pytest.mark.clause("3.4-h1")
def test_mentors_who_were_at_a_session_have_a_record_of_training(cast):
    """The curator holds a session for mentors; each who was there has learnt, whoever was not has not."""
    event = an_event(
        cast,
        people=[cast.mentor.person, cast.stranger.person],
        title="Как смотреть урок",
        organizer="методический центр",
        hours=2,
        audience="mentors",
    )
    event = moved_to(event, day())
    attendance.mark(row_of(event, cast.mentor), by=cast.curator, present=True)
    assert not Training.objects.exists()
    event = acts.hold(event, by=cast.curator)
    [made] = Training.objects.all()
    assert (made.person, made.topic, made.hours) == (cast.mentor.person, "Как смотреть урок", 2)
    assert (made.kind, made.host, made.state) == ("session", "методический центр", "confirmed")
    assert made.about_mentoring and made.ended_on == event.ends_on
    attendance.mark(row_of(event, cast.stranger), by=cast.curator, present=True)
    assert Training.objects.count() == 2
    attendance.mark(row_of(event, cast.mentor), by=cast.curator, present=False)
    assert [one.person_id for one in Training.objects.all()] == [cast.stranger.person_id]


def test_a_meeting_with_partners_is_no_training(cast):
    a_held_event(cast, kind="coordination", title="Совещание", present=[cast.mentor])
    assert not Training.objects.exists()
