"""The list of stacks of scans that are not sorted to their end."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Count, F, Q, QuerySet

from mentoring_site.ui.list_page import Column, EmptyState, ListFilter, ListPage, Workbook
from people.register.models import named
from reports.orders.scans.presenters import STATES, stack_row, state_of


class StackFilter(ListFilter):
    """Filters above the list; every stack still goes on, so there is no year."""

    q = django_filters.CharFilter(method="by_name", label="Кто загрузил", max_length=100, widget=forms.SearchInput)
    state = django_filters.ChoiceFilter(
        method="in_state", label="Состояние", choices=list(STATES.items()), empty_label="все"
    )

    def by_name(self, stacks: QuerySet, name: str, value: str) -> QuerySet:
        """Stacks of people whose names begin with these words."""
        return stacks.filter(named(value, "uploaded_by__person__"))

    def in_state(self, stacks: QuerySet, name: str, value: str) -> QuerySet:
        """Stacks that are being sorted, were sorted, or could not be."""
        if value == "problem":
            return stacks.exclude(problem="")
        return stacks.filter(problem="", finished_at__isnull=value == "sorting")


def _cells(stack: Any, user: Any) -> tuple:
    row = stack_row(stack)
    return (stack.uploaded_at, row.who, stack.total, stack.unknown, STATES[state_of(stack)])


SCANS = ListPage(
    title="Разобрать сканы",
    url="reports:scans_new",
    template="reports/orders/scans_new.html",
    filters=StackFilter,
    noun="стопка,стопки,стопок",
    columns=(
        Column("Стопка", ("new", "old")),
        Column("Состояние"),
        Column("Страниц", ("pages",), align="num"),
        Column("Не распознано", ("unknown",), align="num"),
    ),
    orderings={
        "new": ("-uploaded_at", "-pk"),
        "old": ("uploaded_at", "pk"),
        "pages": ("-total", "-pk"),
        "unknown": (F("unknown").desc(), "-pk"),
    },
    row=lambda stack, user: stack_row(stack),
    nothing=EmptyState("Стопок, которые ещё не разобраны до конца, нет."),
    none_found="Таких стопок нет.",
    prepare=lambda stacks, user: stacks.select_related("uploaded_by__person").annotate(
        unknown=Count("pages", filter=Q(pages__begins=True, pages__order__isnull=True))
    ),
    workbook=Workbook(
        "Стопки сканов", "Сканы", ("Загружена", "Кто загрузил", "Страниц", "Не распознано", "Состояние"), _cells
    ),
)
