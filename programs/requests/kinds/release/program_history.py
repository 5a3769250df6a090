"""Marks of lessons in the history of their program: in a group a mentee knows of one's own (п. 1.3, подп. 4)."""

from collections.abc import Callable

from mentoring_site.models import Act
from programs.program.models import Program

MARKS = {"lesson_time", "lesson_time_off"}
"""Acts about the lessons of one person."""


def readable_marks(program: Program, user, own: set[int]) -> Callable[[Act], bool]:
    """Return the function that says whether an act is about the lessons of the user."""
    return lambda act: act.facts.get("person") == user.person_id
