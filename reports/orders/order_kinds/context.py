"""What every text of an order rests on: the school, who is charged with what, the day from which terms are counted."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.utils import timezone

from mentoring_site.russian import rudate
from people.register.models import Employment, Person
from people.roles.holders import holders
from people.school import workdays
from people.school.models import School


@dataclass(frozen=True)
class OrderContext:
    """The school, the curator, the clerk, the bookkeeper of its own, and the day from which terms are counted."""

    school: School
    curator: Person | None
    clerk: Person | None
    day: date

    @classmethod
    def of(cls, order) -> "OrderContext":
        """Return the context of today; terms are counted from the expected day of the order."""
        found = holders("curator", "clerk")
        school: Any = School.get()
        return cls(school, found.get("curator"), found.get("clerk"), order.effect_from or timezone.localdate())

    @cached_property
    def accountant(self) -> Person | None:
        """Return the bookkeeper among the school's own staff, the chief one first; many schools have none."""
        own = Employment.objects.current().filter(organisation__kind="own", post__icontains="бухгалтер")
        rows = own.select_related("person")
        job = min(rows, key=lambda e: ("главный" not in e.post.lower(), e.pk), default=None)
        if job is None:
            return None
        job.person.main_post = job.post
        return job.person

    def until(self, days: int, after: date | None = None) -> str:
        """Return «в срок до 16 сентября 2026 г.», so many days after the expected day of the order, or ``after`` a day.

        A day off moves the term to the next working day of the school's calendar.
        """
        day = (after or self.day) + timedelta(days=days)
        return f"в срок до {rudate(workdays.on_or_after(day, self._special_near(day)))}"

    def by_end(self, day: date) -> str:
        """Return «в срок до …» for what has to be done inside a period: its last working day."""
        return f"в срок до {rudate(self.on_or_before(day))}"

    def on_or_before(self, day: date) -> date:
        """Return the day itself, or the last working day before it."""
        return workdays.on_or_before(day, self._special_near(day))

    def _special_near(self, day: date) -> dict[date, str] | None:
        """Return the days of the calendar around the order, read once; None for a day that lies far from them."""
        return self._special if abs((day - self.day).days) <= workdays.HORIZON else None

    @cached_property
    def _special(self) -> dict[date, str]:
        around = 2 * timedelta(days=workdays.HORIZON)
        return workdays.special_days(self.day - around, self.day + around)
