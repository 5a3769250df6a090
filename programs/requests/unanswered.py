"""Requests that nobody has answered in time, as a sign of whom to help today (programs/attention)."""

from datetime import date
from typing import Any

from django.db.models import Min, QuerySet

from programs.program.models import Program
from programs.requests import registry
from programs.requests.kinds.base import FILED
from programs.requests.models import Request


def facts(programs: QuerySet[Program], today: date) -> dict[int, dict[str, Any]]:
    """Return program -> by how many days the oldest request in its pair is overdue; one query."""
    known = [kind.code for kind in registry.kinds().values() if not kind.private]
    late = Request.objects.filter(state=FILED, kind__in=known, due_on__lt=today, pairing__programs__in=programs)
    rows = late.order_by().values_list("pairing__programs").annotate(first=Min("due_on"))
    return {program: {"asked": (today - first).days} for program, first in rows}
