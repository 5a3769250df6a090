"""The list of clauses with its filters: by year, day, chapter, state, who must act, words (п. 3.4)."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from mentoring_site.forms import DateInput
from mentoring_site.russian import school_year
from mentoring_site.ui.list_filters import ListFilter, year_now
from mentoring_site.ui.list_page import Column, EmptyState, ListPage, Workbook
from reports.compliance import presenters
from reports.compliance.clauses import CHAPTERS, actionable
from reports.compliance.counting import AFTER
from reports.compliance.declared import DECLARED
from reports.compliance.models import ClauseState

GAPS = "gaps"
WHO = sorted({one.who for one in DECLARED.values()})


def year_of(values: Any) -> int:
    """Return the school year that an address asks for, this one by default."""
    try:
        return int(values.get("on") or year_now())
    except (TypeError, ValueError):
        return year_now()


def day_of(values: Any) -> date:
    """Return the day that an address asks for, today by default and at the latest."""
    today = timezone.localdate()
    try:
        return min(date.fromisoformat(str(values.get("day"))), today)
    except ValueError:
        return today


class ClauseFilter(ListFilter):
    """By year, day in the past, chapter, state, who must act, words."""

    q = django_filters.CharFilter(method="by_words", label="Пункт или слова", max_length=100, widget=forms.SearchInput)
    on = django_filters.ChoiceFilter(method="keep", label="Учебный год", choices=(), empty_label="этот")
    day = django_filters.DateFilter(method="keep", label="Как было на день", widget=DateInput)
    chapter = django_filters.ChoiceFilter(
        method="by_chapter", label="Глава", choices=list(CHAPTERS.items()), empty_label="все"
    )
    state = django_filters.ChoiceFilter(
        method="in_state",
        label="Состояние",
        choices=[(GAPS, "всё, чего нет"), *ClauseState.State.choices],
        empty_label="все",
    )
    who = django_filters.ChoiceFilter(label="Кто", choices=[(one, one) for one in WHO], empty_label="все")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        years = ClauseState.objects.order_by("-year").values_list("year", flat=True).distinct()
        self.filters["on"].extra["choices"] = [(year, school_year(year)) for year in years]
        if not self.is_bound:
            self.queryset = self._known({})

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Take the rows of the year as they were known on the day, then narrow them."""
        return super().filter_queryset(self._known(self.form.cleaned_data))

    def _known(self, chosen: dict[str, Any]) -> QuerySet:
        states: Any = self.queryset
        return states.filter(year=year_of(chosen)).on(day_of(chosen))

    def by_words(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Clauses by number or by words of their text."""
        words = value.lower().split()
        found = [
            code
            for code, clause in actionable().items()
            if all(word in f"{code} {clause.text}".lower() for word in words)
        ]
        return queryset.filter(clause__in=found)

    def by_chapter(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Clauses of a chapter."""
        return queryset.filter(clause__startswith=f"{value}.")

    def in_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Clauses in a state, or all that lack something."""
        State = ClauseState.State
        return queryset.filter(state__in=[State.PARTLY, State.OVERDUE, State.NOT_YET] if value == GAPS else [value])


CLAUSES = ListPage(
    title=presenters.TITLE,
    url="reports:compliance",
    template="reports/compliance/compliance.html",
    filters=ClauseFilter,
    noun="пункт,пункта,пунктов",
    columns=(
        Column("Пункт", ("text", "back")),
        Column("Чем подтверждено"),
        Column("Состояние", ("state",)),
        Column("Кто и до какого дня", ("due",)),
    ),
    orderings={
        "text": ("rank", "pk"),
        "back": ("-rank", "pk"),
        "state": ("state", "rank", "pk"),
        "due": ("due_on", "rank", "pk"),
    },
    row=presenters.row,
    nothing=EmptyState("Исполнение ещё не считали: нажмите «Пересчитать»."),
    none_found="Таких пунктов нет. За дни, когда не считали, показать нечего.",
    workbook=Workbook(presenters.TITLE, "Пункты", presenters.COLUMNS, presenters.cells, dated=True),
)


def visible(user: Any) -> QuerySet:
    """Return the counted states of clauses that the user may read."""
    return ClauseState.objects.visible_to(user).filter(rank__lt=AFTER)
