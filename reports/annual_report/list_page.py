"""The list of final analytical reports."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from mentoring_site.ui.list_page import Column, EmptyState, ListFilter, ListPage, Workbook
from reports.annual_report import presenters
from reports.annual_report.models import AnnualReport


class AnnualFilter(ListFilter):
    """By school year and state."""

    q = django_filters.CharFilter(
        method="of_year", label="Учебный год", max_length=20, widget=forms.TextInput(attrs={"type": "search"})
    )
    state = django_filters.ChoiceFilter(label="Состояние", choices=AnnualReport.State.choices, empty_label="все")

    def of_year(self, queryset: QuerySet, name: str, value: str) -> QuerySet[Any]:
        """Narrow to a year: «2025», «2025/26», «2025/2026»; words that name no year find nothing."""
        first = value.strip().partition("/")[0].partition("-")[0].strip()
        known = first.isdecimal() and len(first) == 4
        return queryset.filter(school_year=int(first)) if known else queryset.none()


ANNUALS = ListPage(
    title=presenters.LIST_TITLE,
    url="reports:annuals",
    template="reports/annual_report/annuals.html",
    filters=AnnualFilter,
    noun="отчёт,отчёта,отчётов",
    columns=(Column("Отчёт", ("newest", "oldest")), Column("Период"), Column("Состояние"), Column("Подписан")),
    orderings={"newest": ("-school_year", "-pk"), "oldest": ("school_year", "pk")},
    row=presenters.row,
    nothing=EmptyState(
        "Итоговых отчётов пока нет. Куратор составляет отчёт за учебный год по данным системы (п. 3.4),"
        " директор его подписывает."
    ),
    none_found="За такой год отчёта нет.",
    workbook=Workbook("Итоговые отчёты", "Отчёты", presenters.COLUMNS, presenters.cells, dated=True),
)
