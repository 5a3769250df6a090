"""Registered orders prove lines of the plan (п. 3.3, 3.4)."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from mentoring_site.russian import lower_first, rushort
from reports.orders.models import Order
from roadmap.proofs.kinds import ProofKind


def _registered(user: Any, since: date, until: date) -> QuerySet:
    seen = Order.objects.visible_to(user).filter(state=Order.State.REGISTERED, date__range=(since, until))
    return seen.order_by("-date", "-pk")


ORDERS = ProofKind(
    "order",
    "приказ",
    Order,
    _registered,
    lambda order: f"Приказ от {rushort(order.date)} № {order.number} {lower_first(order.get_kind_display())}",
)
