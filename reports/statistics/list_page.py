"""The list behind a number of the note, and the list of kept notes."""

from functools import cache

import django_filters
from django import forms
from django.db.models import QuerySet

from mentoring_site.exports import acts as exports
from mentoring_site.ui.list_page import Column, EmptyState, ListFilter, ListPage, Workbook
from people.register.models import named
from reports.indicators.list_page import IndicatorFilter
from reports.indicators.sorts import SORTS
from reports.statistics import presenters
from reports.statistics.counting import COLUMNS

URL = "reports:statistics_list"
EMPTY = "За эти дни таких людей нет."


@cache
def page_of(code: str) -> ListPage:
    """Return the list of a column. Raises ``KeyError``."""
    column, sort = COLUMNS[code], SORTS["people"]
    exports.LISTS[URL] = "Список за справкой для статистики"
    return ListPage(
        title=column.name,
        url=URL,
        template="reports/statistics/list.html",
        filters=type("Filter", (IndicatorFilter,), {"passport": column}),
        noun=sort.noun,
        columns=tuple(Column(label) for label in sort.columns),
        orderings={"usual": sort.order},
        row=lambda person, user: [
            {"label": label, "line": line} for label, line in zip(sort.columns, sort.lines(person), strict=True)
        ],
        nothing=EmptyState(EMPTY),
        none_found=EMPTY,
        prepare=lambda rows, user: sort.prepare(rows),
        workbook=Workbook(
            column.name,
            "Список",
            sort.columns,
            lambda person, user: [line.text for line in sort.lines(person)],
            dated=True,
        ),
    )


class NoteFilter(ListFilter):
    """By who kept the note, by its days."""

    q = django_filters.CharFilter(method="by_name", label="Кто сохранил", max_length=100, widget=forms.SearchInput)
    since = django_filters.DateFilter(field_name="last", lookup_expr="gte", label="С")
    until = django_filters.DateFilter(field_name="first", lookup_expr="lte", label="По")

    def by_name(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to those kept by somebody of this name."""
        return queryset.filter(named(value, "kept_by__person__"))


STATISTICS_NOTES = ListPage(
    title=presenters.NOTES,
    url="reports:statistics_notes",
    template="reports/statistics/notes.html",
    filters=NoteFilter,
    noun="справка,справки,справок",
    columns=(Column("За какие дни"), Column("Сохранена", ("newest", "oldest")), Column("Кто сохранил")),
    orderings={"newest": ("-kept_at", "-pk"), "oldest": ("kept_at", "pk")},
    row=presenters.row,
    nothing=EmptyState(
        "Сохранённых справок пока нет. Откройте справку за нужные дни:"
        " куратор сохраняет её кнопкой «Сохранить справку»."
    ),
    none_found="По этому отбору справок нет.",
    prepare=lambda found, user: found.select_related("kept_by__person"),
    workbook=Workbook("Сохранённые справки", "Справки", presenters.CELLS, presenters.cells, dated=True),
)
