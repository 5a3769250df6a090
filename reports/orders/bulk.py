"""Acts over many drafts of orders: letters to those whose visas are awaited (п. 3.1); drafts that nobody needs go."""

from typing import Any
from uuid import UUID

from mentoring_site.russian import joined
from mentoring_site.ui.bulk_act import BulkAct, Chosen
from people.accounts.models import User
from people.rights import Right
from people.roles.letters import number_of_letters
from reports.orders.acquaintance import reminders
from reports.orders.drafting import acts as drafting_acts
from reports.orders.forms import ReasonForm
from reports.orders.models import Order, Visa


def _look(orders: list[Order], by: User) -> list[Chosen]:
    """Say of each order whose visa is awaited, or why nobody is written to; two queries."""
    awaited: dict[int, list[Visa]] = {}
    for visa in Visa.objects.filter(order__in=orders, given_at__isnull=True).select_related("person__user"):
        awaited.setdefault(visa.order_id, []).append(visa)
    reminded = reminders.reminded_about(orders)
    found = []
    for order in orders:
        visas = awaited.get(order.pk, []) if order.state == Order.State.DRAFT else []
        written, why = reminders.divided(visas, reminded.get(order.pk, set()), by)
        note = f"виза: {joined([visa.person.short_name for visa in written])}" if written else ""
        reasons = () if written else (why or "виз этот приказ не ждёт",)
        found.append(Chosen(order, str(order), order.get_absolute_url(), note, reasons, letters=len(written)))
    return found


def _remind(order: Order, *, by: User, key: UUID) -> int:
    return reminders.remind_visas(order, by=by)


def letters_of(ready: list[Chosen], by: Any) -> list[str]:
    """Say how many letters a reminder about papers is."""
    return [
        number_of_letters(sum(one.letters for one in ready)),
        "Одному человеку об одной бумаге — не чаще раза в день.",
    ]


VISAS = BulkAct(
    "Напомнить о визах",
    "reports:orders_remind",
    Right.ORDERS_DRAFT,
    "приказ,приказа,приказов",
    "Напоминания о визах написаны",
    _look,
    _remind,
    submit="Написать",
    consequences=letters_of,
)


def _to_discard(orders: list[Order], by: User) -> list[Chosen]:
    return [
        Chosen(
            order,
            str(order),
            order.get_absolute_url(),
            reasons=() if order.state == Order.State.DRAFT else ("удалить можно только проект",),
            letters=0,
        )
        for order in orders
    ]


def _discard(order: Order, *, by: User, key: UUID, reason: str) -> Order:
    drafting_acts.discard(order, by=by, reason=reason)
    return order


DISCARD = BulkAct(
    "Удалить проекты",
    "reports:orders_discard",
    Right.ORDERS_DRAFT,
    "проект,проекта,проектов",
    "Проекты удалены",
    _to_discard,
    _discard,
    heading="Удалить проекты, которые не понадобились",
    submit="Удалить",
    form=ReasonForm,
    danger=True,
    consequences=lambda ready, by: [
        "Проекты исчезнут из списка, их визы пропадут.",
        "Всё, что в них было, можно будет внести в другой приказ.",
        "Номера проекты не занимали: пропуска в журнале не будет.",
    ],
)
