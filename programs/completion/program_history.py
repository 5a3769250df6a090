"""Completions in the history of their program (``programs.program.history``)."""

from django.db.models import QuerySet

from programs.completion.models import Completion
from programs.program.models import Program


def completions(program: Program, user) -> QuerySet[Completion]:
    """Return the completions of the program that the user may read."""
    return Completion.objects.visible_to(user).filter(program=program)
