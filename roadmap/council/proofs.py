"""Signed minutes prove lines of the plan (п. 3.4, 3.5)."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from mentoring_site.russian import rushort
from roadmap.council.models import Minutes
from roadmap.proofs.kinds import ProofKind


def _signed(user: Any, since: date, until: date) -> QuerySet:
    seen = Minutes.objects.visible_to(user).filter(state=Minutes.State.SIGNED, held_on__range=(since, until))
    return seen.order_by("-held_on", "-pk")


MINUTES = ProofKind(
    "minutes",
    "протокол",
    Minutes,
    _signed,
    lambda minutes: f"Протокол № {minutes.number} от {rushort(minutes.held_on)}, {minutes.body}",
)
