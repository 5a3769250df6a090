"""The register of orders and drafts as a list, also as XLSX (п. 3.1–3.3)."""

from dataclasses import dataclass
from datetime import date as day
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from mentoring_site.russian import NBSP, joined
from mentoring_site.ui.elements import Badge
from mentoring_site.ui.list_page import Column, EmptyState, KeysFirst, ListPage, Workbook
from people.accounts.models import User
from reports.orders.effects import item_name
from reports.orders.filters import OrderFilter
from reports.orders.loading import load_names
from reports.orders.models import Acquaintance, Order, Visa
from reports.orders.presenters import badge

SHOWN_SUBJECTS = 4
ORDERINGS: dict[str, tuple] = {
    "new": (F("date").desc(nulls_first=True), "-created_at", "-pk"),
    "old": (F("date").asc(nulls_last=True), "created_at", "pk"),
    "number": (F("year").desc(nulls_last=True), "series", "-number_key", "-pk"),
    "heading": ("heading", "-pk"),
    "state": ("state", "-created_at", "-pk"),
}
WORKBOOK_COLUMNS = (
    "Номер",
    "Дата",
    "Действует с",
    "Заголовок",
    "Вид приказа",
    "Серия",
    "Состояние",
    "Подписывает",
    "Исполнитель",
    "Составлен",
    "Зарегистрирован",
    "Скан",
    "Сколько ознакомились",
    "Сколько должны ознакомиться",
    "Почему пропущены номера",
    "Контрольная сумма документа",
)
NO_ORDERS = EmptyState(
    "Приказов, которые касаются Вас, пока нет. Когда такой зарегистрируют, придёт письмо, и он появится здесь."
)
FIRST_ORDER = (
    "Приказов пока нет. Первым бывает приказ о закреплении пары: его составляют, когда пару рекомендовал методический"
    " совет."
)


@dataclass(frozen=True)
class OrderRow:
    """One line of the register."""

    url: str
    heading: str
    about: str
    badge: Badge
    number: str
    date: day | None
    created: datetime
    scan: str
    read: str


def _annotated(orders: QuerySet, user: User) -> QuerySet:
    """Annotate what a line shows besides columns of the order; the text of the paper is not read."""
    lines = Acquaintance.objects.filter(order=OuterRef("pk"))
    awaited = Visa.objects.filter(order=OuterRef("pk"), person=user.person_id, given_at__isnull=True)
    return orders.defer("facts", "points", "preamble").annotate(
        awaits_visa=Exists(awaited),
        people=_number_of(lines),
        have_read=_number_of(lines.filter(read_at__isnull=False)),
    )


def _number_of(rows: QuerySet) -> Coalesce:
    """Count rows of an order in a subquery, where a join would count those of all orders first."""
    return Coalesce(Subquery(rows.order_by().values("order").annotate(n=Count("pk")).values("n")), 0)


def _row(order: Any, user: User) -> OrderRow:
    return OrderRow(
        url=order.get_absolute_url(),
        heading=order.heading,
        about=joined(_subject_names(order)[:SHOWN_SUBJECTS]),
        badge=badge(order, user),
        number=f"№{NBSP}{order.number}" if order.number else "без номера",
        date=order.date,
        created=order.created_at,
        scan="" if not order.number else "есть" if order.scan_id else "нет",
        read=f"{order.have_read} из{NBSP}{order.people}" if order.people else "",
    )


def _subject_names(order: Order) -> list[str]:
    """Return whom or what the order is about; a mentor who stands in a pair is not named twice."""
    names = list(dict.fromkeys(item_name(i) for i in order.items.all()))
    return [name for name in names if not any(other.startswith(f"{name} ") for other in names)]


def _cells(order: Any, user: User) -> tuple:
    return (
        order.number,
        order.date,
        order.effective_on,
        order.heading,
        order.get_kind_display(),
        order.get_series_display(),
        order.get_state_display(),
        order.signer.full_name if order.signer else "",
        order.executor.full_name if order.executor else "",
        order.created_at,
        order.registered_at,
        bool(order.scan_id) if order.number else "",
        order.have_read if order.number else "",
        order.people if order.number else "",
        order.gap_reason,
        order.pdf.sha256 if order.pdf else "",
    )


ORDERS = ListPage(
    title="Приказы",
    url="reports:orders",
    template="reports/orders/orders.html",
    filters=OrderFilter,
    noun="приказ,приказа,приказов",
    columns=(
        Column("Приказ", ("heading",)),
        Column("Состояние", ("state",)),
        Column("Номер", ("number",)),
        Column("Дата", ("new", "old"), align="date"),
        Column("Скан"),
        Column("Ознакомлены"),
    ),
    orderings=ORDERINGS,
    row=_row,
    nothing=NO_ORDERS,
    none_found="По этому отбору приказов нет. Попробуйте другое состояние, год или слово.",
    prepare=_annotated,
    load=load_names,
    workbook=Workbook(
        "приказы",
        "Приказы",
        WORKBOOK_COLUMNS,
        _cells,
        prepare=lambda found, user: found.select_related("signer", "executor", "pdf"),
    ),
    paginator=KeysFirst,
)
