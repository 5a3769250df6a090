"""Letters of the journal that ask for something: whether they still do when they leave."""

from mentoring_site.mail import while_there
from programs.journal.models import Meeting, MeetingAttendance
from programs.program.models import ActivityResult


def _is_unconfirmed(meeting: str, person: int | None) -> bool:
    waiting = MeetingAttendance.objects.filter(meeting=int(meeting), participation__person=person, confirmed_at=None)
    return waiting.exists()


def _does_not_suit(attendance: str, person: int | None) -> bool:
    asked = MeetingAttendance.objects.filter(pk=attendance, objected_at__isnull=False)
    return asked.filter(meeting__in=Meeting.every.planned()).exists()


NEEDED = {
    "activity_done": while_there(ActivityResult, state=ActivityResult.State.DONE),
    "activity_returned": while_there(ActivityResult, state=ActivityResult.State.RETURNED),
    "meeting_logged": _is_unconfirmed,
    "meeting_corrected": _is_unconfirmed,
    "meeting_objected": while_there(MeetingAttendance, objected_at__isnull=False),
    "meeting_unsuitable": _does_not_suit,
}
NEWS = {"activity_checked", "meeting_cancelled", "meeting_moved", "meeting_planned", "message_posted"}
