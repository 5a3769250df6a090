"""What every text of an order rests on: the school, who is charged with what, the day from which terms are counted."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils import timezone

from people.register.models import Employment, Person
from people.roles.holders import holders
from people.school.models import School
from reports.orders.order_kinds.wording import deadline


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
        return cls(School.get(), found.get("curator"), found.get("clerk"), order.effect_from or timezone.localdate())

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

    def until(self, days: int) -> str:
        """Return «в срок до …», so many days after the expected day of the order."""
        return deadline(self.day, days)
