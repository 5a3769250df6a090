"""Statements that the outcomes of finished programs keep when personal data are destroyed (приказ РКН № 179)."""

from django.db.models import Q

from programs.completion.models import Outcome


def used_statements() -> Q:
    """Return the condition of statements whose outcome a report contains."""
    return Q(pk__in=Outcome.objects.values("difficulty"))
