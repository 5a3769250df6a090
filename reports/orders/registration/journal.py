"""The journal of registration: every number of a series in a calendar year, with an explanation for
each without an order.

Numbers (docs/law.md#orders-numbers) run within the year, a cancelled number stays with its reason.
"""

from dataclasses import dataclass

from django.utils import timezone

from mentoring_site.russian import rushort
from people.school.models import School
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


def lines(series: str, year: int) -> list[Line]:
    """Return the journal of one series and year in the order of numbers; three queries whatever its length."""
    found = Order.objects.filter(series=series, year=year).select_related("signer", "executor", "registered_by__person")
    orders = {o.number: o for o in found.defer("facts", "points", "preamble").order_by("number")}
    rows = list(SetAside.objects.filter(series=series, year=year).select_related("recorded_by__person"))
    cancelled = {row.first: row for row in rows if row.kind == "cancelled"}
    others = [row for row in rows if row.kind == "others"]
    told = sorted(
        {
            *orders,
            *cancelled,
            *(n for r in others for n in (r.first, r.last + 1)),
            *(n + 1 for n in (*orders, *cancelled)),
        }
    )
    top = max([*orders, *cancelled, *(r.last for r in others)], default=0)
    made = []
    first = 1
    for following in [*[n for n in told if n > 1], top + 1]:
        if first > top or following <= first:
            continue
        made.append(_line(first, following - 1, orders, cancelled, others))
        first = following
    return made


def _line(first, last, orders, cancelled, others) -> Line:
    """Return the line of numbers among which nothing changes."""
    if order := orders.get(first):
        return Line(order.full_number, order=order)
    if row := cancelled.get(first):
        return Line(row.numbers, reason=row.reason, cancelled=True)
    numbers = f"{first}–{last}" if last > first else str(first)
    row = next((r for r in others if r.first <= first <= r.last), None)
    if row:
        return Line(numbers, reason=row.reason)
    after = next((orders[n] for n in sorted(orders) if n > last), None)
    reason = after.gap_reason if after else ""
    return Line(numbers, reason=reason or UNKNOWN, known=bool(reason))


def note(line: Line) -> str:
    """Return what the last column says: cancelled, taken by other orders, unexplained, revoked."""
    if line.order:
        revoked = line.order.state == Order.State.REVOKED
        return "; ".join(
            filter(None, ["отменён" if revoked else "", "внесён с бумаги" if line.order.from_paper else ""])
        )
    if line.cancelled:
        return f"Аннулирован: {line.reason}"
    return f"Занято другими приказами школы: {line.reason}" if line.known else "Нет в системе: пропуск не объяснён"


def facts(series: str, year: int) -> dict:
    """Return the facts of ``documents/journal.html``."""
    rows = []
    for position, line in enumerate(lines(series, year), 1):
        o = line.order
        rows.append(
            {
                "position": position,
                "number": line.numbers,
                "date": rushort(o.date) if o else "",
                "heading": o.heading if o else "—",
                "signer": o.signer.short_name if o and o.signer else "",
                "registered": _registered(o) if o else "",
                "note": note(line),
            }
        )
    school = School.get()
    return {
        "school": {"short_name": school.organisation.short_name, "full_name": school.organisation.name},
        "title": TITLES[series],
        "year": year,
        "rows": rows,
        "made_on": str(timezone.localdate()),
    }


def _registered(order) -> str:
    return order.registered_by.person.short_name if order.registered_by else ""
