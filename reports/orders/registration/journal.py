"""The journal of registration: every number of a series in a calendar year, with an explanation for
each without an order.

Numbers (docs/law.md#orders-numbers) run within the year, a cancelled number stays with its reason.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Self

from django.db.models import Q
from django.utils import timezone

from mentoring_site.paper_numbers import number_key
from mentoring_site.russian import lower_first, rushort
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
    """What one line is about: an order, a cancelled number, or plain numbers from ``first`` to ``last`` among which
    nothing changes.
    """

    first: int
    last: int
    key: str  # where it stands among the numbers
    order: int = 0
    cancelled: SetAside | None = None


class Journal:
    """The journal of one series and year in the order of numbers, for a ``Paginator`` or a slice.

    Numbers alone are read for the whole year; orders are read for the lines that are asked for.
    """

    def __init__(self, series: str, year: int):
        self._found = Order.objects.filter(~Q(number=""), series=series, year=year)
        rows = list(self._found.order_by("number_key").values_list("number_key", "number_plain", "pk"))
        set_aside = list(SetAside.objects.filter(series=series, year=year))
        self._others = [row for row in set_aside if row.first and row.last]
        single = [_Span(plain or 0, plain or 0, key, order=pk) for key, plain, pk in rows]
        single += [
            _Span(row.first or 0, row.first or 0, row.number_key, cancelled=row)
            for row in set_aside
            if row.kind == SetAside.Kind.CANCELLED
        ]
        self._orders = [span for span in single if span.order]
        self._spans = sorted([*single, *self._between({span.first for span in single} - {0})], key=lambda s: s.key)

    def _between(self, single: set[int]) -> list[_Span]:
        """Divide the plain numbers without a line of their own, up to the last known one, where an explanation
        begins or ends.
        """
        others = [n for row in self._others for n in (row.first or 0, (row.last or 0) + 1)]
        bounds = {1, *single, *(n + 1 for n in single), *others}
        top = max([*single, *(n - 1 for n in others)], default=0)
        starts = sorted(n for n in bounds if n <= top)
        spans = pairwise([*starts, top + 1])
        return [_Span(n, after - 1, number_key(str(n))) for n, after in spans if n not in single]

    def narrow(self, *, words: str = "", last_first: bool = False) -> Self:
        """Keep the lines of orders that ``words`` find; read the journal from its end."""
        if words:
            found = set(self._found.found_by(words).values_list("pk", flat=True))
            self._spans = [span for span in self._spans if span.order in found]
        if last_first:
            self._spans.reverse()
        return self

    def __len__(self) -> int:
        return len(self._spans)

    def __getitem__(self, asked: slice) -> list[Line]:
        spans = self._spans[asked]
        following = {span: self._order_after(span.last) for span in spans if self._is_unknown(span)}
        pks = {span.order for span in spans} | set(following.values())
        found = self._found.select_related("signer", "executor", "registered_by__person")
        orders = found.defer("facts", "points", "preamble").in_bulk(pks - {0})
        return [self._line(span, orders, orders.get(following.get(span, 0))) for span in spans]

    def _is_unknown(self, span: _Span) -> bool:
        return not span.order and not span.cancelled and self._other(span.first) is None

    def _other(self, number: int) -> SetAside | None:
        return next((row for row in self._others if (row.first or 0) <= number <= (row.last or 0)), None)

    def _order_after(self, number: int) -> int:
        """Return the key of the first order with a larger number, or 0: it may say why numbers were skipped."""
        larger = (span for span in self._orders if span.first > number)
        found = min(larger, key=lambda span: span.first, default=None)
        return found.order if found else 0

    def _line(self, span: _Span, orders: dict[int, Order], following: Order | None) -> Line:
        if span.order:
            return Line(orders[span.order].number, order=orders[span.order])
        if row := span.cancelled:
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
        return f"Аннулирован: {lower_first(line.reason)}"
    if line.known:
        return f"Занято другими приказами школы: {lower_first(line.reason)}"
    return "Нет в системе: пропуск не объяснён"


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
