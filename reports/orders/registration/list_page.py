"""The journal of registration as a list: one series of one calendar year, for numbers run within it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.urls import reverse
from django.utils import timezone

from mentoring_site.russian import ruday, rushort
from mentoring_site.ui.list_filters import RowsFilter
from mentoring_site.ui.list_page import Column, EmptyState, ListPage, Workbook
from mentoring_site.ui.list_rows import Rows
from reports.orders.models import Order
from reports.orders.registration.journal import Journal, Line, note, registrar
from reports.orders.registration.models import SetAside

MAIN = Order.Series.MAIN
COLUMNS = ("Номер", "Дата", "Заголовок", "Подписал", "Исполнитель", "Внесён", "Кто внёс", "Скан", "Примечание")


@dataclass(frozen=True)
class JournalRows(Rows):
    """The lines of one series and year; ``words`` leave those of the orders that they find."""

    series: str = MAIN
    year: int = 0
    words: str = ""

    @cached_property
    def lines(self) -> Journal:
        """The journal itself, read once."""
        return Journal(self.series, self.year).narrow(words=self.words, last_first=self.order == ("-pk",))

    def __len__(self) -> int:
        return len(self.lines)

    def __getitem__(self, asked: slice) -> list[Line]:
        return self.lines[asked]


def years() -> list[int]:
    """Return the calendar years of the journal, the latest first."""
    dated = Order.objects.filter(year__isnull=False).order_by().values_list("year", flat=True).distinct()
    set_aside = SetAside.objects.order_by().values_list("year", flat=True).distinct()
    return sorted({timezone.localdate().year, *filter(None, dated), *set_aside}, reverse=True)


def chosen(asked: Mapping[str, str]) -> tuple[str, int]:
    """Return the series and year that an address asks for; nonsense is the latest year of the main series."""
    known, series, year = years(), asked.get("series", ""), asked.get("year", "")
    return (
        series if series in Order.Series.values else MAIN,
        int(year) if year in map(str, known) else known[0],
    )


class JournalFilter(RowsFilter):
    """Which journal, and which of its orders."""

    q = django_filters.CharFilter(
        method="mention", label="Номер, слово или фамилия", max_length=120, widget=forms.SearchInput
    )
    year = django_filters.ChoiceFilter(method="of_year", label="Год", empty_label=None)
    series = django_filters.ChoiceFilter(
        method="of_series", label="Серия", choices=Order.Series.choices, empty_label=None
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.filters["year"].extra["choices"] = [(year, str(year)) for year in years()]

    def mention(self, rows: JournalRows, name: str, value: str) -> JournalRows:
        """Lines of the orders of this number, with these words or this person."""
        return replace(rows, words=value)

    def of_year(self, rows: JournalRows, name: str, value: str) -> JournalRows:
        """The journal of one year."""
        return replace(rows, year=int(value))

    def of_series(self, rows: JournalRows, name: str, value: str) -> JournalRows:
        """The journal of one series."""
        return replace(rows, series=value)


@dataclass(frozen=True)
class JournalRow:
    """One line: an order, or ``skipped`` numbers with the ``note`` that explains them."""

    note: str
    skipped: str = ""
    number: str = ""
    date: str = ""
    url: str = ""
    heading: str = ""
    signer: str = ""
    scan: str = ""
    registered: str = ""


def _row(line: Line, user: Any) -> JournalRow:
    order = line.order
    if order is None:
        return JournalRow(note(line), skipped=line.numbers)
    who = registrar(order)
    return JournalRow(
        note=note(line),
        number=line.numbers,
        date=rushort(order.date),
        url=order.get_absolute_url(),
        heading=order.heading,
        signer=order.signer.short_name if order.signer else "",
        scan="есть" if order.scan_id else "нет",
        registered=f"{ruday(order.registered_at)}, {who}" if who else "",
    )


def _cells(line: Line, user: Any) -> tuple:
    order = line.order
    if order is None:
        return (line.numbers, "", "", "", "", "", "", "", note(line))
    return (
        line.numbers,
        order.date,
        order.heading,
        order.signer.full_name if order.signer else "",
        order.executor.full_name if order.executor else "",
        order.registered_at,
        registrar(order),
        bool(order.scan_id),
        note(line),
    )


def _about(found: JournalRows) -> dict:
    query = f"?series={found.series}&year={found.year}"
    return {
        "year": found.year,
        "series": Order.Series(found.series).label,
        "pdf_url": reverse("reports:orders_journal_pdf") + query if len(found) else "",
        "number_url": reverse("reports:number_new") + query,
    }


JOURNAL = ListPage(
    title="Журнал регистрации приказов",
    url="reports:orders_journal",
    template="reports/orders/order_journal.html",
    filters=JournalFilter,
    noun="запись,записи,записей",
    columns=(
        Column("Номер", ("number", "last")),
        Column("Дата", align="date"),
        Column("Заголовок"),
        Column("Подписал"),
        Column("Внесён"),
        Column("Скан"),
    ),
    orderings={"number": ("pk",), "last": ("-pk",)},
    row=_row,
    nothing=EmptyState("В этом году приказов этой серии нет: номер даётся после подписи, при регистрации."),
    none_found="В этом журнале таких записей нет: проверьте год, серию и слово.",
    about=_about,
    workbook=Workbook("Журнал регистрации", "Журнал", COLUMNS, _cells, dated=True),
)
