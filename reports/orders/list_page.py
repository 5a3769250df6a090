"""The register of orders and drafts as a list, also as XLSX (п. 3.1–3.3)."""

from dataclasses import dataclass
from datetime import date as day
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, QuerySet, Subquery, prefetch_related_objects
from django.db.models.functions import Coalesce

from mentoring_site.russian import NBSP, joined
from mentoring_site.ui.elements import Badge
from mentoring_site.ui.list_page import Column, EmptyState, KeysFirst, ListPage, Workbook
from people.accounts.models import User
from reports.orders.bulk import DISCARD, VISAS
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
    "Приказов, которые касаются Вас, пока нет. Когда такой зарегистрируют, он появится здесь и на первой странице."
)
FIRST_ORDER = (
    "Приказов пока нет. Первым бывает приказ о закреплении пары: его составляют, когда пару рекомендовал методический"
    " совет."
)


@dataclass(frozen=True)
class OrderRow:
    """One line of the register."""

    key: int
    url: str
    heading: str
    about: str
    badge: Badge
    move: str
    number: str
    date: day | None
    created: datetime
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
        key=order.pk,
        url=order.get_absolute_url(),
        heading=order.heading,
        about=joined(_subject_names(order)[:SHOWN_SUBJECTS]),
        badge=badge(order, user),
        move=_move(order),
        number=f"№{NBSP}{order.number}" if order.number else "",
        date=order.date,
        created=order.created_at,
        read=f"{order.have_read} из{NBSP}{order.people}" if order.people else "",
    )


def _move(order: Any) -> str:
    """Return whose move it is; reads the visas of a page that ``_load`` has read."""
    if order.state == Order.State.DRAFT:
        awaited = [visa.person.short_name for visa in order.visas.all() if not visa.given_at]
        return f"виза: {joined(awaited)}" if awaited else "передать на визы"
    if order.state == Order.State.AGREED:
        return "передать на подпись"
    if order.state == Order.State.AT_SIGNATURE:
        return f"подпись: {order.signer.short_name}" if order.signer else "подпись"
    return "приложить скан" if order.state == Order.State.REGISTERED and not order.scan_id else ""


def _load(orders: list) -> None:
    """Read names, visas and signers of the orders of one page, a query for each."""
    load_names(orders)
    prefetch_related_objects(orders, Prefetch("visas", Visa.objects.select_related("person")), "signer")


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
        Column("Чей ход"),
        Column("Номер", ("number",)),
        Column("Дата", ("new", "old"), align="date"),
        Column("Ознакомлены"),
    ),
    orderings=ORDERINGS,
    row=_row,
    nothing=NO_ORDERS,
    none_found="По этому отбору приказов нет. Попробуйте другое состояние, год или слово.",
    prepare=_annotated,
    load=_load,
    workbook=Workbook(
        "приказы",
        "Приказы",
        WORKBOOK_COLUMNS,
        _cells,
        prepare=lambda found, user: found.select_related("signer", "executor", "pdf"),
    ),
    paginator=KeysFirst,
    bulk=(VISAS, DISCARD),
)
