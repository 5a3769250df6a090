"""Letters about meetings that ask for something: whether they still do when they leave."""

from programs.journal.models import MeetingAttendance


def _is_unconfirmed(meeting: str, person: int | None) -> bool:
    waiting = MeetingAttendance.objects.filter(meeting=int(meeting), participation__person=person, confirmed_at=None)
    return waiting.exists()


NEEDED = {"meeting_logged": _is_unconfirmed, "meeting_corrected": _is_unconfirmed}
