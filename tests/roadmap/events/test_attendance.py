"""Attendance: ticks, the code at the door, the signed sheet, corrections after the event (п. 3.4)."""

from decimal import Decimal

import pytest

from mentoring_site.workflow import Already, NotAllowed, Refused
from roadmap.events import acts, attendance, heard
from roadmap.events.models import Event, Participant
from tests.roadmap.events.kit import a_held_event, an_event, day, moved_to, row_of

pytestmark = [pytest.mark.django_db, pytest.mark.point("12.5")]


@pytest.fixture
def today_event(cast):
    return moved_to(an_event(cast, people=[cast.mentor.person, cast.mentee.person]), day())


def test_ticks_only_from_the_day_on(cast, today_event):
    with pytest.raises(Refused, match="с этого дня"):
        early = an_event(cast, people=[cast.mentor.person])
        attendance.mark(row_of(early, cast.mentor), by=cast.curator, present=True)
    row = attendance.mark(row_of(today_event, cast.mentor), by=cast.curator, present=True)
    assert (row.is_present, row.way, row.marked_by) == (True, "tick", cast.curator)
    with pytest.raises(Already):
        attendance.mark(row_of(today_event, cast.mentor), by=cast.curator, present=True)
    attendance.mark(row_of(today_event, cast.mentor), by=cast.curator, present=False)
    assert row_of(today_event, cast.mentor).is_present is False
    with pytest.raises(NotAllowed):
        attendance.mark(row_of(today_event, cast.mentee), by=cast.mentee, present=True)


def test_the_code_at_the_door_marks_whoever_opens_it_on_the_day(cast, today_event):
    token = attendance.door_token(today_event)
    row = attendance.arrive(token, by=cast.mentor)
    assert (row.is_present, row.way) == (True, "qr")
    with pytest.raises(Already):
        attendance.arrive(token, by=cast.mentor)
    assert attendance.arrive(token, by=cast.stranger).event == today_event  # who was not invited has come too
    acts.renew_door(today_event, by=cast.curator)
    with pytest.raises(Refused, match="больше не действует"):
        attendance.arrive(token, by=cast.mentee)
    with pytest.raises(Refused, match="больше не действует"):
        attendance.arrive(f"{today_event.pk}-2:чужая-подпись", by=cast.mentee)
    today_event.refresh_from_db()
    token = attendance.door_token(today_event)
    for shift in (1, -1):
        moved_to(today_event, day(shift))
        with pytest.raises(Refused, match="в день события"):
            attendance.arrive(token, by=cast.mentee)


def test_a_signed_sheet_is_taken_over_at_once(cast, today_event):
    assert attendance.mark_by_sheet(today_event, [row_of(today_event, cast.mentor)], by=cast.curator) == 1
    rows = {row.person_id: (row.is_present, row.way) for row in today_event.participants.all()}
    assert rows == {cast.mentor.person_id: (True, "sheet"), cast.mentee.person_id: (False, "")}


def test_who_came_without_an_invitation_is_written_down(cast, today_event):
    made = attendance.add(today_event, [cast.stranger.person, cast.mentor.person], by=cast.curator)
    assert [row.person for row in made] == [cast.stranger.person]
    with pytest.raises(Already):
        attendance.add(today_event, [cast.stranger.person], by=cast.curator)


def test_a_wrong_mark_is_mended_after_the_event_and_who_listens_hears(cast, monkeypatch):
    told = []
    monkeypatch.setattr(heard, "_HEARERS", [lambda event, rows, by: told.append(len(rows))])
    event = a_held_event(cast, present=[cast.mentor], hours=Decimal("1.5"))
    attendance.add(event, [cast.mentee.person], by=cast.curator)
    assert row_of(event, cast.mentee).hours == Decimal("1.5")
    attendance.write_particulars(row_of(event, cast.mentor), by=cast.curator, part="speaker", hours=Decimal(3))
    attendance.mark(row_of(event, cast.mentor), by=cast.curator, present=False)
    assert told == [1, 2, 2, 1]
    gone = row_of(event, cast.mentor)
    assert (gone.hours, gone.is_present) == (None, False)
    with pytest.raises(Refused, match="Не отмечено"):
        attendance.write_particulars(gone, by=cast.mentor, document="справка")


def test_absence_is_written_when_the_event_is_held(cast, today_event):
    attendance.mark(row_of(today_event, cast.mentor), by=cast.curator, present=True)
    acts.hold(today_event, by=cast.curator)
    assert set(Participant.objects.values_list("person", "is_present")) == {
        (cast.mentor.person_id, True),
        (cast.mentee.person_id, False),
    }
    assert Event.objects.get(pk=today_event.pk).held_at
