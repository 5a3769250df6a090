"""Drafts of orders may stand in the agenda of a council: who is named in one has no vote on it (п. 3.5)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from mentoring_site.russian import quoted
from reports.orders.models import Order
from reports.orders.order_kinds.registry import subject_of, subject_type_of
from roadmap.council.matters import MatterKind

KINDS = ("incentive", "event", "association", "regulation")
"""Kinds of orders of which the regulation lets a council speak."""


def _waiting(user: Any) -> QuerySet[Order]:
    found = Order.objects.visible_to(user).filter(kind__in=KINDS, state=Order.State.DRAFT)
    return found.order_by("-pk")


def _parties(order: Any) -> Iterable[int]:
    subjects = [subject_of(item) for item in order.items.all()]
    return {person.pk for one in subjects for person in subject_type_of(one).people_concerned(one)}


ORDERS = MatterKind(
    code="order",
    heading="Проекты приказов",
    model=Order,
    waiting=_waiting,
    label=lambda order: f"Проект приказа {quoted(order.heading)}",
    title=lambda order: f"О проекте приказа {quoted(order.heading)}",
    decided=lambda order: f"Поддержать проект приказа {quoted(order.heading)}.",
    parties=_parties,
    address=lambda order: order.get_absolute_url(),
)
