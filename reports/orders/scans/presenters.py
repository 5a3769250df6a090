"""Stacks of scans and their papers on pages."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse

from mentoring_site.russian import NBSP, joined, plural, ruday, rutime, upper_first
from mentoring_site.ui.elements import Badge, Tone
from reports.orders.models import Order
from reports.orders.printing.facts import edition_of
from reports.orders.registration.signed_scan import missing_words
from reports.orders.scans.acts import missing_of
from reports.orders.scans.models import ScanPage, ScanStack

PAGES = "страница,страницы,страниц"


@dataclass(frozen=True)
class StackRow:
    """A stack that is not sorted to its end; ``unknown`` papers wait for a hand."""

    url: str
    name: str
    who: str
    badge: Badge
    note: str
    pages: int
    unknown: int


STATES = {"sorting": "разбирается", "sorted": "ждёт проверки", "problem": "не разобрана"}
TONES: dict[str, Tone] = {"sorting": "others", "sorted": "you", "problem": "late"}


def state_of(stack: ScanStack) -> str:
    """Return the key of ``STATES`` that says where a stack is."""
    return "problem" if stack.problem else "sorted" if stack.finished_at else "sorting"


def stack_row(stack: Any) -> StackRow:
    """Return the row of a stack that was read with its number of ``unknown`` papers."""
    state = state_of(stack)
    return StackRow(
        url=stack.get_absolute_url(),
        name=f"Стопка от {ruday(stack.uploaded_at)}, {rutime(stack.uploaded_at)}",
        who=stack.uploaded_by.person.short_name,
        badge=Badge(STATES[state], TONES[state]),
        note=stack.problem,
        pages=stack.total,
        unknown=stack.unknown,
    )


@dataclass(frozen=True)
class OrderChoice:
    """An order to which a paper can belong."""

    pk: int
    label: str


@dataclass(frozen=True)
class PageRow:
    """One page; ``first`` is the very first of the stack, which always begins a paper.

    ``place`` is where it lay in the stack, ``sheet`` says which sheet of its order it is: «лист 2 из 3».
    """

    pk: int
    place: int
    sheet: str
    url: str
    begins: bool
    first: bool


@dataclass(frozen=True)
class PaperRow:
    """One paper of a stack; ``own`` is its order where that is not among the choices."""

    pk: int
    ready: bool
    note: str
    doubts: list[str]
    order: int | None
    title: str
    url: str
    own: OrderChoice | None
    register_url: str
    drop_url: str
    count: str
    pages: list[PageRow]


def order_choices() -> list[OrderChoice]:
    """Orders to which a paper of a stack can belong: registered ones without a scan and those at signature."""
    bare = Q(state=Order.State.REGISTERED, scan__isnull=True) | Q(state=Order.State.AT_SIGNATURE)
    found = Order.objects.filter(bare).defer("facts", "points", "preamble").order_by("-created_at")
    return [OrderChoice(o.pk, _name(o)) for o in found[:200]]


def _name(order: Order) -> str:
    number = f"№{NBSP}{order.number} от {ruday(order.date)}" if order.number else "на подписи"
    return f"{number}: {order.heading}"[:120]


def _is_ready(order: Order | None) -> bool:
    return order is not None and order.state == Order.State.REGISTERED and order.scan_id is None


def _note(code: str, order: Order | None) -> str:
    """Return what confirmation will do with a paper, or why nothing."""
    if order is None and code:
        return f"Прочитан код {code}, но такого приказа в системе нет"
    if order is None:
        return "Код не прочитан. Выберите приказ сами или отметьте, что это продолжение предыдущей бумаги"
    if order.state == Order.State.AT_SIGNATURE:
        return "Приказ ещё не зарегистрирован: скан будет приложен при регистрации"
    if _is_ready(order):
        return "Скан будет приложен к этому приказу"
    return "К этому приказу скан уже приложен: выберите другой или удалите бумагу из стопки"


def _doubts(group: list[ScanPage], order: Order | None) -> list[str]:
    """Return what somebody should look at before the paper is attached: absent, repeated and former sheets."""
    found = []
    if missing := missing_of(group):
        found.append(f"{upper_first(missing_words(missing))} этого приказа: досканируйте или проверьте, где он")
    sheets = [page.sheet for page in group if page.sheet]
    if twice := sorted({sheet for sheet in sheets if sheets.count(sheet) > 1}):
        numbers = joined([str(sheet) for sheet in twice])
        found.append(f"Отсканировано больше одного раза: {'лист' if len(twice) == 1 else 'листы'} {numbers}")
    if order and any(page.edition and page.edition != edition_of(order) for page in group):
        found.append("Есть лист прежней редакции приказа: такой скан приложить нельзя, уберите лист из бумаги")
    return found


def paper_row(group: list[ScanPage], choices: list[OrderChoice], start: int = 1) -> PaperRow:
    """Return one paper: its pages, its order, and what confirmation will do with it."""
    first, order = group[0], group[0].order
    waits = order is not None and order.state == Order.State.AT_SIGNATURE
    known = order is None or any(choice.pk == order.pk for choice in choices)
    register_url = reverse("reports:order_register", args=[order.pk]) if order and waits else ""
    return PaperRow(
        pk=first.pk,
        ready=_is_ready(order),
        note=_note(first.code, order),
        doubts=_doubts(group, order),
        order=order.pk if order else None,
        title=_name(order) if order else "Не распознано",
        url=order.get_absolute_url() if order else "",
        own=OrderChoice(order.pk, _name(order)) if order and not known else None,
        register_url=f"{register_url}?sheet={first.pk}" if register_url else "",
        drop_url=reverse("reports:scan_paper_drop", args=[first.pk]),
        count=plural(len(group), PAGES),
        pages=[
            PageRow(
                p.pk,
                p.scanned,
                f"лист {p.sheet} из{NBSP}{p.sheets}" if p.sheet else "",
                reverse("reports:scan_page", args=[p.pk]),
                p.begins,
                p.position == start,
            )
            for p in group
        ],
    )
