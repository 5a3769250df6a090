"""The journal of registration: every number of a series in a calendar year, with an explanation for
each without an order.

Numbers (docs/law.md#orders-numbers) run within the year, a cancelled number stays with its reason.
"""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from django.utils import timezone

from mentoring_site.russian import rushort
from people.roles import letterhead
from reports.orders.models import Order
from reports.orders.registration.models import SetAside

TITLES = {"main": "по основной деятельности", "staff": "по личному составу"}
UNKNOWN = "внесены не подряд"


@dataclass(frozen=True)
class Line:
    """One line: an order, or numbers without one and why."""

    numbers: str
    order: Order | None = None
    reason: str = ""
    cancelled: bool = False
    known: bool = True


@dataclass(frozen=True)
class _Span:
    """Numbers of one line: those from ``first`` to ``last`` among which nothing changes."""

    first: int
    last: int


class Journal:
    """The journal of one series and year in the order of numbers, for a ``Paginator`` or a slice.

    Numbers alone are read for the whole year; orders are read for the lines that are asked for.
    """

    def __init__(self, series: str, year: int):
        self._found = Order.objects.filter(series=series, year=year, number__isnull=False)
        self._orders: dict[int, int] = dict(self._found.order_by("number").values_list("number", "pk"))  # type: ignore[arg-type]
        set_aside = list(SetAside.objects.filter(series=series, year=year))
        self._cancelled = {row.first: row for row in set_aside if row.kind == SetAside.Kind.CANCELLED}
        self._others = [row for row in set_aside if row.kind == SetAside.Kind.OTHERS]
        self._spans = self._divided()

    def _divided(self) -> list[_Span]:
        """Divide the numbers up to the last known one where something begins or ends."""
        single = [*self._orders, *self._cancelled]
        bounds = {1, *single, *(n + 1 for n in single), *(n for r in self._others for n in (r.first, r.last + 1))}
        top = max([*single, *(row.last for row in self._others)], default=0)
        starts = sorted(n for n in bounds if n <= top)
        return [_Span(first, after - 1) for first, after in pairwise([*starts, top + 1])]

    @property
    def number_of_orders(self) -> int:
        """How many lines are orders."""
        return len(self._orders)

    def __len__(self) -> int:
        return len(self._spans)

    def __getitem__(self, asked: slice) -> list[Line]:
        spans = self._spans[asked]
        unknown = [span for span in spans if self._is_unknown(span.first)]
        following = {span.first: self._order_after(span.last) for span in unknown}
        pks = {self._orders[s.first] for s in spans if s.first in self._orders}
        pks |= {pk for pk in following.values() if pk}
        found = self._found.select_related("signer", "executor", "registered_by__person")
        orders = found.defer("facts", "points", "preamble").in_bulk(pks)
        return [self._line(span, orders, orders.get(following.get(span.first))) for span in spans]

    def _is_unknown(self, number: int) -> bool:
        return number not in self._orders and number not in self._cancelled and self._other(number) is None

    def _other(self, number: int) -> SetAside | None:
        return next((row for row in self._others if row.first <= number <= row.last), None)

    def _order_after(self, number: int) -> int | None:
        """Return the key of the first order with a larger number: it may say why numbers were skipped."""
        numbers = list(self._orders)
        position = bisect_right(numbers, number)
        return self._orders[numbers[position]] if position < len(numbers) else None

    def _line(self, span: _Span, orders: dict[int, Order], following: Order | None) -> Line:
        if pk := self._orders.get(span.first):
            return Line(orders[pk].full_number, order=orders[pk])
        if row := self._cancelled.get(span.first):
            return Line(row.numbers, reason=row.reason, cancelled=True)
        numbers = f"{span.first}–{span.last}" if span.last > span.first else str(span.first)
        if row := self._other(span.first):
            return Line(numbers, reason=row.reason)
        reason = following.gap_reason if following else ""
        return Line(numbers, reason=reason or UNKNOWN, known=bool(reason))


def note(line: Line) -> str:
    """Return what the last column says: cancelled, taken by other orders, unexplained, revoked."""
    if order := line.order:
        words = {"отменён": order.state == Order.State.REVOKED, "внесён с бумаги": order.from_paper}
        return "; ".join(word for word, said in words.items() if said)
    if line.cancelled:
        return f"Аннулирован: {line.reason}"
    return f"Занято другими приказами школы: {line.reason}" if line.known else "Нет в системе: пропуск не объяснён"


def facts(series: str, year: int) -> dict:
    """Return the facts of ``documents/journal.html``."""
    return {
        "school": letterhead.school_facts(),
        "title": TITLES[series],
        "year": year,
        "rows": [_print_row(n, line) for n, line in enumerate(Journal(series, year)[:], 1)],
        "made_on": str(timezone.localdate()),
    }


def _print_row(position: int, line: Line) -> dict:
    order = line.order
    return {
        "position": position,
        "number": line.numbers,
        "date": rushort(order.date) if order else "",
        "heading": order.heading if order else "—",
        "signer": order.signer.short_name if order and order.signer else "",
        "registered": registrar(order) if order else "",
        "note": note(line),
    }


def registrar(order: Order) -> str:
    """Return who registered an order."""
    return order.registered_by.person.short_name if order.registered_by else ""
