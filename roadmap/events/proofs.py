"""Events that were held prove lines of the plan (п. 3.4, прил., этапы 4 и 6)."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from mentoring_site.russian import rushort
from roadmap.events.models import Event
from roadmap.proofs.kinds import ProofKind


def _held(user: Any, since: date, until: date) -> QuerySet:
    seen = Event.objects.visible_to(user).filter(state=Event.State.HELD, outside=False)
    return seen.filter(starts_on__range=(since, until)).order_by("-starts_on", "-pk")


EVENT = ProofKind(
    "event",
    "событие",
    Event,
    _held,
    lambda event: f"{event.get_kind_display().capitalize()} «{event.title}», {rushort(event.starts_on)}",
)
