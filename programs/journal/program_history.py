"""Meetings in the history of their program (``programs.program.history``): who may know of which act."""

from collections.abc import Callable

from mentoring_site.models import Act
from programs.journal.models import Meeting
from programs.program.models import Program

MEETINGS = {
    "meeting",
    "confirm_meeting",
    "object_meeting",
    "correct_meeting",
    "drop_meeting",
    "plan_meeting",
    "move_meeting",
    "cancel_meeting",
    "unsuitable",
    "agenda",
    "answer_step",
    "add_evidence_of_meeting",
    "renew_evidence_of_meeting",
    "drop_evidence_of_meeting",
    "back_evidence_of_meeting",
}
"""Acts about one meeting."""


def readable_meetings(program: Program, user, own: set[int]) -> Callable[[Act], bool]:
    """Return the function that says whether the user was at the meeting of an act; ``own`` are participations."""
    met = set(Meeting.objects.visible_to(user).filter(program=program).values_list("pk", flat=True))
    return lambda act: act.facts.get("meeting") in met or bool(own.intersection(act.facts.get("participations", ())))
