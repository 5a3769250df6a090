"""Difficulties in the history of their program (``programs.program.history``)."""

from django.db.models import QuerySet

from programs.difficulties.models import Difficulty
from programs.program.models import Program


def difficulties(program: Program, user) -> QuerySet[Difficulty]:
    """Return the difficulties of the program that the user may read."""
    return Difficulty.objects.visible_to(user).filter(program=program)
