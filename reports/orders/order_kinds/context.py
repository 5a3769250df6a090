"""What every text of an order rests on: the school, who is charged with what, the day from which terms are counted."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from people.register.models import Person
from people.roles.holders import holders
from people.school.models import School
from reports.orders.order_kinds.wording import deadline


@dataclass(frozen=True)
class OrderContext:
    """The school, the curator, the clerk, and the day from which terms are counted."""

    school: School
    curator: Person | None
    clerk: Person | None
    day: date

    @classmethod
    def of(cls, order) -> "OrderContext":
        """Return the context of today; terms are counted from the expected day of the order."""
        found = holders("curator", "clerk")
        return cls(School.get(), found.get("curator"), found.get("clerk"), order.effect_from or timezone.localdate())

    def until(self, days: int) -> str:
        """Return «в срок до …», so many days after the expected day of the order."""
        return deadline(self.day, days)
