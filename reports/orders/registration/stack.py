"""Registration of several orders that came back signed (п. 3.2, 3.3): checked together, registered one by one.

Everything that registration would refuse is found before anything is written: the whole stack is registered inside a
savepoint that is rolled back (``enactment`` does the same for one order). Then each order that passed is registered in
a transaction of its own, in the order of the numbers.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date as day

from django.db import transaction

from mentoring_site.paper_numbers import number_key, plain_of
from mentoring_site.rights import require
from mentoring_site.workflow import Already, Refused
from people.accounts.models import User
from people.rights import Right
from reports.orders.models import Order
from reports.orders.registration import acts, numbers
from reports.orders.registration.signed_scan import SignedScan

AT_ONCE = 20  # orders of one stack


@dataclass(frozen=True)
class Line:
    """What the register gets of one order."""

    order: Order
    number: str
    date: day
    effective_on: day | None = None
    gap_reason: str = ""

    @property
    def place(self) -> tuple:
        """Where the line stands among the others: by its number."""
        return self.order.series, self.date.year, number_key(self.number), self.order.pk


@dataclass
class Outcome:
    """What became of a stack: registered orders, those that were registered before, and refusals by order pk."""

    registered: list[Order] = field(default_factory=list)
    before: list[Order] = field(default_factory=list)
    refused: dict[int, list[str]] = field(default_factory=dict)


def no_scan(line: Line) -> AbstractContextManager[SignedScan | None]:
    """Return no scan: it is attached later."""
    return nullcontext()


def register_many(
    lines: Iterable[Line],
    *,
    by: User,
    scan_of: Callable[[Line], AbstractContextManager[SignedScan | None]] = no_scan,
    held: Iterable[Line] = (),
) -> Outcome:
    """Register those of the orders that can be registered, each in a transaction of its own; tell why the others not.

    A number that a refused order of the same stack bears on its paper is kept for it, like those of the rows ``held``
    back for a correction: the numbers after it are registered with this reason. Raises ``NotAllowed``; repeats
    harmlessly.
    """
    require(by, Right.ORDERS_REGISTER)
    found = sorted(lines, key=lambda line: line.place)
    outcome, held = Outcome(), list(held)
    with _rolled_back():
        _run(found, outcome, by, no_scan, held)
    outcome.registered, outcome.before = [], []
    held += [line for line in found if line.order.pk in outcome.refused]
    _run([line for line in found if line.order.pk not in outcome.refused], outcome, by, scan_of, held)
    return outcome


class _RolledBack(Exception):
    """Ends the rehearsal."""


@contextmanager
def _rolled_back() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
            raise _RolledBack
    except _RolledBack:
        pass


def _run(lines: list[Line], outcome: Outcome, by: User, scan_of: Callable, held: list[Line]) -> None:
    """Register the lines one after another and note what became of each."""
    for line in lines:
        waiting = [*held, *(other for other in lines if other.order.pk in outcome.refused)]
        try:
            with scan_of(line) as scan:
                made = acts.register(
                    line.order,
                    by=by,
                    number=line.number,
                    date=line.date,
                    effective_on=line.effective_on,
                    gap_reason=line.gap_reason or _reason_of_gap(line, waiting),
                    scan=scan,
                )
        except Already:
            outcome.before.append(Order.objects.get(pk=line.order.pk))
        except Refused as refusal:
            outcome.refused[line.order.pk] = refusal.sentences
        else:
            outcome.registered.append(made)


def gap_of(line: Line) -> range:
    """Return the plain numbers that the line would skip as the register stands now."""
    plain = plain_of(line.number)
    return range(numbers.next_plain(line.order.series, line.date.year), plain) if plain else range(0)


def _reason_of_gap(line: Line, waiting: list[Line]) -> str:
    """Return why numbers are skipped when all of them stand on papers of the same stack that wait for a correction."""
    same = [w for w in waiting if (w.order.series, w.date.year) == (line.order.series, line.date.year)]
    papers = {plain: w.order.heading for w in same if (plain := plain_of(w.number))}
    gap = gap_of(line)
    if not gap or len(gap) > AT_ONCE or not set(gap) <= papers.keys():
        return ""
    said = "; ".join(f"{plain} — приказ «{papers[plain]}»" for plain in gap)
    return f"Стоит на подписанном приказе, который ещё не зарегистрирован: {said}"[:300]
