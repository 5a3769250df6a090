"""The list behind an indicator: the queryset of the number, narrowed to what the reader may open."""

from functools import cache
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from mentoring_site.exports import acts as exports
from mentoring_site.forms import DateInput
from mentoring_site.ui.list_filters import ListFilter
from mentoring_site.ui.list_page import Column, EmptyState, ListPage, Workbook
from reports.indicators.passports import PASSPORTS, Passport
from reports.indicators.periods import Period
from reports.indicators.sorts import SORTS, amount_line, ordering

URL = "reports:indicator_list"
TITLE = "Список за показателем"


class IndicatorFilter(ListFilter):
    """By days, by a part of the indicator, by words."""

    passport: Passport
    since = django_filters.DateFilter(label="С", method="keep", widget=DateInput)
    until = django_filters.DateFilter(label="По", method="keep", widget=DateInput)
    part = django_filters.ChoiceFilter(label="Часть", method="keep", choices=(), empty_label="всё")
    q = django_filters.CharFilter(method="by_words", label="Имя или слово", max_length=100, widget=forms.SearchInput)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        parts = self.passport.parts(Period.asked({})) if self.passport.parts else []
        if parts:
            self.filters["part"].extra["choices"] = [(one.key, one.label) for one in parts]
        else:
            del self.filters["part"]
        if not self.is_bound:
            self.queryset = self._seen({})

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Take the rows of the chosen days and part, and of them those that the reader may open."""
        return super().filter_queryset(self._seen(self.form.cleaned_data))

    def _seen(self, chosen: dict[str, Any]) -> QuerySet:
        rows = self.passport.found(Period.asked(chosen), chosen.get("part") or "")
        return SORTS[self.passport.lists].seen(rows, self.request.user)

    def by_words(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to those found by words."""
        return SORTS[self.passport.lists].search(queryset, value)


@cache
def page_of(code: str) -> ListPage:
    """Return the list of an indicator. Raises ``KeyError``."""
    passport = PASSPORTS[code]
    sort = SORTS[passport.lists]
    labels = [*sort.columns, *([passport.amount_words] if passport.amount else [])]
    page = ListPage(
        title=passport.name,
        url=URL,
        template="reports/indicators/list.html",
        filters=type("Filter", (IndicatorFilter,), {"passport": passport}),
        noun=sort.noun,
        columns=tuple(
            Column(label, ("most", "least") if passport.amount and n == len(labels) - 1 else ())
            for n, label in enumerate(labels)
        ),
        orderings=ordering(sort, passport),
        row=lambda row, user: [
            {"label": label, "line": line}
            for label, line in zip(labels, [*sort.lines(row), *amount_line(passport, row)], strict=True)
        ],
        nothing=EmptyState("За эти дни таких строк нет."),
        none_found="За эти дни таких строк нет.",
        prepare=lambda rows, user: sort.prepare(rows),
        workbook=Workbook(
            passport.name,
            "Список",
            labels,
            lambda row, user: [line.text for line in [*sort.lines(row), *amount_line(passport, row)]],
            dated=True,
        ),
    )
    exports.LISTS[URL] = TITLE
    return page
