"""Rows of «Приказы» compared with the register of orders, and the orders that other rows name (п. 3.2, 3.3)."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q
from django.utils import timezone

from mentoring_site.paper_numbers import number_key, plain_of, problem
from mentoring_site.russian import quoted, ruday
from programs.paper_entry.acts import Paper
from reports.orders.models import NumberCounter, Order
from reports.orders.order_kinds.registry import KINDS
from reports.orders.registration import numbers
from reports.orders.registration.models import SetAside
from reports.past.choices import chosen_from, kinds, series_labels
from reports.past.names import Names
from reports.past.plan import LEAVE, OrderRef, OrderRow, PlanRow, confirm_doubts, place
from reports.past.sheets import RawRow

MAKE, LINK = "make", "link"


class OrdersPlan:
    """Decides the rows of orders and finds orders by number and date; asks the database once for all years."""

    def __init__(self, rows: Iterable[RawRow], answers: Mapping[str, str], names: Names, years: set[int]):
        self._suffixes = {code: numbers.usual_suffix(code) for code in Order.Series.values}
        known = Order.objects.filter(year__in=years).exclude(number="").defer("facts", "points", "preamble")
        self._known = {key: order for order in known for key in self._keys(order.series, order.number, order.year)}
        cancelled = SetAside.objects.filter(Q(kind=SetAside.Kind.CANCELLED), year__in=years)
        self._cancelled = {k: row for row in cancelled for k in self._keys(row.series, row.number, row.year)}
        self._last = {(row.series, row.year): row.last for row in NumberCounter.objects.filter(year__in=years)}
        self._in_book: dict[tuple[str, int, str], OrderRow] = {}
        self._first = not Order.objects.exclude(number="").exists()
        self.rows = [self._row(raw, answers, names) for raw in rows]

    def _keys(self, series: str, number: str, year: int | None) -> set[tuple[str, int, str]]:
        """Return the keys of a number: «46» and «46» with the usual ending of the series are one."""
        found, plain = {number_key(number)}, plain_of(number)
        if plain is not None:
            pair = {number_key(str(plain)), number_key(f"{plain}{self._suffixes[series]}")}
            found = pair if found <= pair else found
        return {(series, year or 0, key) for key in found}

    def _row(self, raw: RawRow, answers: Mapping[str, str], names: Names) -> OrderRow:
        values = raw.values
        row = OrderRow(raw, answers, name=f"Приказ №\u00a0{values['number'] or '—'}")
        confirm_doubts([row])
        kind = chosen_from(row, "kind", kinds(), "Вид приказа")
        row.kind = kind or ""
        row.series = chosen_from(row, "series", series_labels(), "Серия") or (KINDS[kind].series if kind else "main")
        if values["signer"]:
            row.signer = row.take_person(values["signer"], names, "Подписал")
        if values["number"] and (wrong := problem(values["number"])):
            row.wrong.append(wrong)
        self._days(row, values["date"], values["effective_on"])
        if not row.wrong:
            self._compare(row)
        return row

    def _days(self, row: OrderRow, day: date | None, effective_on: date | None) -> None:
        today = timezone.localdate()
        if day and day > today:
            row.wrong.append("Дата приказа ещё не наступила: такой приказ готовят здесь обычным порядком")
        if day and effective_on and effective_on < day:
            row.wrong.append("Приказ не может действовать раньше своей даты")
        if effective_on and effective_on > today:
            row.wrong.append("Приказ ещё не действует: его готовят здесь обычным порядком")

    def _compare(self, row: OrderRow) -> None:
        """Find the order here, in an earlier row, among the cancelled numbers; say what the number leaves out."""
        number, day = row.paper.number, row.raw.values["date"]
        keys = self._keys(row.series, number, day.year)
        known = next((self._known[key] for key in keys if key in self._known), None)
        earlier = next((self._in_book[key] for key in keys if key in self._in_book), None)
        cancelled = next((self._cancelled[key] for key in keys if key in self._cancelled), None)
        if earlier is not None:
            row.wrong.append(f"Номер {number} {day.year} года уже стоит в строке {earlier.raw.number}")
            return
        self._in_book |= dict.fromkeys(keys, row)
        if known is not None and (known.date != day or known.kind != row.kind):
            row.wrong.append(
                f"Номер {number} {day.year} года здесь носит другой приказ: {known.ref} {quoted(known.heading)}"
            )
        elif known is not None:
            row.known = known
        elif cancelled is not None:
            row.wrong.append(f"Номер {cancelled.numbers} аннулирован: {cancelled.reason}")
        else:
            self._gap(row, plain_of(number), day.year)

    def _gap(self, row: OrderRow, plain: int | None, year: int) -> None:
        last = self._last.get((row.series, year), 0)
        if plain and last and plain > last + 1:
            row.confirm(
                "gap", f"Между {last} и {plain} останутся номера без приказов: они запишутся за другими приказами школы"
            )

    def find(self, row: PlanRow, paper: Paper, kind: str, what: str) -> OrderRef | None:
        """Return the order that a row names; ask what to do about one that is nowhere, refuse a contradiction."""
        if not paper.number or not paper.day:
            return None
        keys = self._keys(KINDS[kind].series, paper.number, paper.day.year)
        if in_book := next((self._in_book[key] for key in keys if key in self._in_book), None):
            if in_book.raw.values["date"] != paper.day:
                row.wrong.append(
                    f"{what} №\u00a0{paper.number}: здесь от {ruday(paper.day)}, а на листе «Приказы» в строке "
                    f"{in_book.raw.number} от {ruday(in_book.raw.values['date'])}"
                )
                return None
            if in_book.outcome == "doubtful":
                row.waits = f"ждёт ответа о приказе: {place(in_book)}"
            if in_book.outcome in ("new", "unchanged", "doubtful"):
                return OrderRef(paper, row=in_book, known=in_book.known)
        if known := next((self._known[key] for key in keys if key in self._known), None):
            if known.date == paper.day:
                return OrderRef(paper, known=known)
            row.wrong.append(f"{what} №\u00a0{paper.number}: в журнале он от {ruday(known.date)}")
            return None
        return self._nowhere(row, paper, kind, what)

    def _nowhere(self, row: PlanRow, paper: Paper, kind: str, what: str) -> OrderRef:
        if wrong := problem(paper.number):
            row.wrong.append(f"{what}: {wrong}")
            return OrderRef(paper)
        chosen = row.ask(
            f"order:{kind}:{paper.number.casefold()}:{paper.day}",
            f"{what} №\u00a0{paper.number} от {ruday(paper.day)}: ни на листе «Приказы», ни в журнале его нет",
            (
                (MAKE, "Внести и запись о приказе, скан приложить потом"),
                (LINK, "Записать только номер и дату"),
                LEAVE,
            ),
        )
        return OrderRef(paper, make=kind if chosen == MAKE else "")


def years_of(rows: Iterable[RawRow]) -> set[int]:
    """Return the calendar years of all dates in the rows."""
    return {value.year for row in rows for value in row.values.values() if isinstance(value, date)}
