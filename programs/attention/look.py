"""How the running programs stand: judged together, and told with the rows of a queryset."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When

from people.accounts.models import User
from programs.attention.facts import facts_of
from programs.attention.rules import Attention, State, judge
from programs.program.models import Program


def look(programs: QuerySet[Program], today: date | None = None, reader: User | None = None) -> dict[int, Attention]:
    """Return program -> how it stands, of the running ones among ``programs``, as the ``reader`` may know it."""
    return {pk: judge(facts, reader) for pk, facts in facts_of(programs, today, reader).items()}


def with_weight(programs: Any, found: dict[int, Attention]) -> QuerySet[Program]:
    """Annotate ``weight``, so that rows can be sorted and filtered by how much help they need."""
    by_weight: dict[int, list[int]] = defaultdict(list)
    for pk, attention in found.items():
        if attention.weight:
            by_weight[attention.weight].append(pk)
    cases = [When(pk__in=keys, then=Value(weight)) for weight, keys in by_weight.items()]
    return programs.annotate(weight=Case(*cases, default=Value(0), output_field=IntegerField()))


def to_help(programs: QuerySet[Program], today: date | None = None, reader: User | None = None) -> list[Attention]:
    """Return those that need help, the heaviest first."""
    found = [attention for attention in look(programs, today, reader).values() if attention.state == State.HELP]
    return sorted(found, key=lambda attention: (-attention.weight, attention.program))
