"""Orders at their visas and registered ones that people have still to read, for whoever prepares them."""

from collections.abc import Iterator

from django.db.models import Count, Min, Q
from django.urls import reverse

from mentoring_site.inbox import HeldItem
from mentoring_site.russian import joined, plural
from people.accounts.models import User
from people.rights import Right
from reports.orders.models import Acquaintance, Order, Visa

AT_MOST = 30
NAMED = 3


def held(user: User) -> Iterator[HeldItem]:
    """Return what others visa and read: two queries for those who prepare orders, none for everybody else.

    Whoever keeps the people of the school sees all orders here, everybody else those of one's own.
    """
    if user.can(Right.ORDERS_DRAFT):
        whose = Q() if user.can(Right.PEOPLE_EDIT) else Q(order__executor=user.person_id)
        yield from _visas(user, whose)
        yield from _reading(user, whose)


def _visas(user: User, whose: Q) -> Iterator[HeldItem]:
    rows = Visa.objects.filter(whose, given_at=None, order__state=Order.State.DRAFT).exclude(person=user.person_id)
    rows = rows.select_related("person", "order").defer("order__facts", "order__points", "order__preamble")
    by_order: dict[int, list[Visa]] = {}
    for visa in rows.order_by("order__created_at", "pk")[:AT_MOST]:
        by_order.setdefault(visa.order_id, []).append(visa)
    for visas in by_order.values():
        order = visas[0].order
        yield HeldItem(
            f"Виза: {order.heading}",
            joined([visa.person.short_name for visa in visas]),
            order.get_absolute_url(),
            f"order:{order.pk}:visa",
            since=order.created_at,
            remind_url=reverse("reports:visa_remind", args=[visas[0].pk]) if len(visas) == 1 else "",
        )


def _reading(user: User, whose: Q) -> Iterator[HeldItem]:
    unread = Acquaintance.objects.filter(whose, read_at=None, order__state=Order.State.REGISTERED)
    unread = unread.exclude(person=user.person_id)
    rows = unread.order_by().values("order", "order__number").annotate(n=Count("pk"), since=Min("order__registered_at"))
    for row in rows.order_by("since", "order")[:NAMED]:
        yield HeldItem(
            f"Ознакомление с приказом №\u00a0{row['order__number']}",
            plural(row["n"], "человек,человека,человек"),
            reverse("reports:order", args=[row["order"]]),
            f"order:{row['order']}:reading",
            since=row["since"],
            remind_url=reverse("reports:order_remind", args=[row["order"]]),
        )
