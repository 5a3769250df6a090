"""The terms of law about personal data: one table and one way to count them (152-ФЗ, ст. 10.1, 14, 20, 21).

A term runs in working days of the school's calendar, in calendar days or in hours. The day of the event is not counted;
hours run from the moment itself, through nights and days off.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from mentoring_site.russian import NBSP, plural, rudate
from people.school.workdays import add_workdays

WORKDAYS, DAYS, HOURS = "workdays", "days", "hours"
UNITS = {
    WORKDAYS: "рабочий день,рабочих дня,рабочих дней",
    DAYS: "день,дня,дней",
    HOURS: "час,часа,часов",
}


@dataclass(frozen=True)
class Term:
    """How long: ``amount`` in ``unit``, counted ``since`` an event; ``more`` working days may be added for a reason."""

    amount: int
    unit: str
    since: str
    source: str
    more: int = 0

    @property
    def words(self) -> str:
        """«7 рабочих дней со дня, когда представлены верные сведения»."""
        added = f", может быть продлён ещё на {plural(self.more, UNITS[WORKDAYS])}" if self.more else ""
        return f"{plural(self.amount, UNITS[self.unit])} {self.since}{added}"

    def due(self, start: date | datetime) -> tuple[date, datetime | None]:
        """Return the last day, and the last moment of a term in hours. ``start`` of hours is a moment."""
        if self.unit == HOURS:
            assert isinstance(start, datetime), "hours are counted from a moment"
            moment = start + timedelta(hours=self.amount)
            return timezone.localdate(moment), moment
        day = timezone.localdate(start) if isinstance(start, datetime) else start
        return (add_workdays(day, self.amount) if self.unit == WORKDAYS else day + timedelta(days=self.amount)), None

    def longer(self, due_on: date) -> date:
        """Return the last day of a term that has been extended."""
        return add_workdays(due_on, self.more)


_RECEIVED = "со дня получения"
_FOUND = "с даты выявления"
_LEAK = "с момента выявления"
TERMS: dict[str, Term] = {
    "answer": Term(10, WORKDAYS, f"{_RECEIVED} обращения", "152-ФЗ, ст. 14, ч. 3; ст. 20, ч. 1", more=5),
    "correct": Term(7, WORKDAYS, "со дня, когда представлены верные сведения", "152-ФЗ, ст. 20, ч. 3; ст. 21, ч. 2"),
    "stop_unlawful": Term(3, WORKDAYS, f"{_FOUND} неправомерной обработки", "152-ФЗ, ст. 21, ч. 3"),
    "destroy_unlawful": Term(10, WORKDAYS, f"{_FOUND} неправомерной обработки", "152-ФЗ, ст. 21, ч. 3"),
    "destroy_reached": Term(30, DAYS, "с даты достижения цели обработки", "152-ФЗ, ст. 21, ч. 4"),
    "destroy_withdrawn": Term(30, DAYS, "с даты поступления отзыва", "152-ФЗ, ст. 21, ч. 5"),
    "stop_withdrawn": Term(30, DAYS, "с даты поступления отзыва", "152-ФЗ, ст. 21, ч. 5"),
    "stop_demand": Term(10, WORKDAYS, "с даты получения требования", "152-ФЗ, ст. 21, ч. 5.1", more=5),
    "spread": Term(3, WORKDAYS, "с момента получения требования", "152-ФЗ, ст. 10.1, ч. 14"),
    "leak_first": Term(24, HOURS, _LEAK, "152-ФЗ, ст. 21, ч. 3.1, п. 1"),
    "leak_result": Term(72, HOURS, _LEAK, "152-ФЗ, ст. 21, ч. 3.1, п. 2"),
}
"""Code of a term, kept with what is due -> the term."""


def until_words(due_on: date, due_at: datetime | None) -> str:
    """«до 9 декабря 2026 г.» or «до 15:40 1 декабря 2026 г.»."""
    if due_at is None:
        return f"до{NBSP}{rudate(due_on)}"
    return f"до{NBSP}{timezone.localtime(due_at):%H:%M} {rudate(due_on)}"
