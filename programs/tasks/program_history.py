"""Tasks in the history of their program (``programs.program.history``)."""

from django.db.models import QuerySet

from programs.program.models import Program
from programs.tasks.models import MentorTask


def tasks(program: Program, user) -> QuerySet[MentorTask]:
    """Return the tasks of the program that the user may read."""
    return MentorTask.objects.visible_to(user).filter(program=program)
