"""What can go into an order now, and what still stands in the way of the rest (docs/law.md#orders-kinds)."""

from dataclasses import dataclass, field

from django.db.models import Case, When

from mentoring_site.workflow import Complaint
from reports.orders.models import Order, OrderItem
from reports.orders.order_kinds.base import OrderSubject
from reports.orders.order_kinds.registry import KINDS


@dataclass
class Ready:
    """One thing that an order could enact: its words, its page, and what is missing."""

    subject: object
    title: str
    note: str
    url: str
    missing: list[Complaint] = field(default_factory=list)
    order: Order | None = None  # an unsigned order that has it already

    @property
    def is_ready(self) -> bool:
        """Whether it can be put into an order now."""
        return not self.missing and self.order is None


def waiting_for(code: str, *, wanted=(), after: int = 0, most: int | None = None) -> list[Ready]:
    """Return what is in the state that an order of this kind enacts, ready or not, the oldest first.

    The ``wanted`` (keys) come before the others; ``after`` so many at most ``most`` are looked at, all of them by
    default.
    """
    kind = KINDS[code]
    subject_type, key = kind.subject, kind.subject.name
    subjects = kind.candidates()
    if wanted:
        subjects = subjects.order_by(Case(When(pk__in=wanted, then=0), default=1), *kind.order_by)
    found = [_look(subject_type, subject) for subject in subjects[after : after + most if most else None]]
    taken = OrderItem.objects.filter(order__state__in=Order.OPEN_STATES, **{f"{key}__in": [r.subject for r in found]})
    orders = {getattr(item, f"{key}_id"): item.order for item in taken.select_related("order")} if found else {}
    for row in found:
        row.order = orders.get(row.subject.pk)
        if row.order is None:
            appointed = subject_type.appointable_candidates(row.subject)
            row.missing = subject_type.complaints(row.subject, appointed)
    return found


def _look(subject_type: OrderSubject, subject) -> Ready:
    title = (subject_type.title or subject_type.phrase)(subject)
    return Ready(subject, title, subject_type.note(subject), subject_type.page(subject).get_absolute_url())
