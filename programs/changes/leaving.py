"""Changes in preparation that somebody who leaves was to take part in: another mentor is chosen (п. 5.1)."""

from collections.abc import Iterator
from datetime import date

from people.register.leaving import Hanging, Part
from programs.changes.replacement.models import Replacement


def _hanging(days: dict[int, date]) -> Iterator[Hanging]:
    rows = Replacement.objects.filter(candidate__person__in=days, state__in=Replacement.OPEN_STATES)
    for change in rows.select_related("candidate").order_by("pk"):
        then = "куратор выбирает другого наставника или отменяет замену"
        yield Hanging(change.candidate.person_id, "замена: новый наставник", then, change.get_absolute_url())


PART = Part(_hanging)
