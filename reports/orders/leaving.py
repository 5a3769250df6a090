"""Visas that drafts of orders still wait for from somebody who leaves."""

from collections.abc import Iterator
from datetime import date

from people.register.leaving import Hanging, Part
from reports.orders.models import Order, Visa


def _hanging(days: dict[int, date]) -> Iterator[Hanging]:
    waiting = Visa.objects.filter(person__in=days, given_at__isnull=True, order__state=Order.State.DRAFT)
    for visa in waiting.select_related("order").order_by("pk"):
        yield Hanging(
            visa.person_id, f"виза: {visa.order}", "передайте её тому, кто держит роль", visa.order.get_absolute_url()
        )


PART = Part(_hanging)
