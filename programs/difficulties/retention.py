"""Statements that programs keep because of what became of them, when personal data are destroyed."""

from django.db.models import Q

from programs.difficulties.models import Difficulty


def used_statements() -> Q:
    """Return the condition of statements that stand in a program as difficulties."""
    return Q(pk__in=Difficulty.objects.values("statement"))
