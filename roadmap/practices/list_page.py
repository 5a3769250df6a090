"""The list of best practices with its filters and workbook (п. 3.4, 3.5)."""

import django_filters
from django import forms
from django.db.models import F, Q, QuerySet

from mentoring_site.ui.list_filters import ListFilter
from mentoring_site.ui.list_page import Column, EmptyState, ListPage, Workbook
from programs.catalogs.models import MentoringForm, MentoringKind
from roadmap.practices import presenters
from roadmap.practices.models import Practice, PracticeQuerySet

BANK, NOMINATED, DECIDE = "bank", "nominated", "decide"
MORE = [(BANK, "вся копилка"), (NOMINATED, "выдвинуты на круглом столе"), (DECIDE, "решить о сайте")]


class PracticeFilter(ListFilter):
    """By words, state, form and kind of the program."""

    q = django_filters.CharFilter(method="by_words", label="Слова из текста", max_length=120, widget=forms.SearchInput)
    state = django_filters.ChoiceFilter(
        label="Состояние", method="in_state", choices=[*MORE, *Practice.State.choices], empty_label="все"
    )
    form = django_filters.ModelChoiceFilter(
        field_name="program__forms", queryset=MentoringForm.objects.all(), label="Форма", empty_label="любая"
    )
    kind = django_filters.ModelChoiceFilter(
        field_name="program__kinds", queryset=MentoringKind.objects.all(), label="Вид", empty_label="любой"
    )

    def by_words(self, queryset: PracticeQuerySet, name: str, value: str) -> PracticeQuerySet:
        """Narrow to those with every word."""
        return queryset.found_by(value)

    def in_state(self, queryset: PracticeQuerySet, name: str, value: str) -> QuerySet:
        """Narrow to a state, the bank, the nominated ones, or those that wait for a decision about the site."""
        if value == BANK:
            return queryset.in_bank()
        if value == NOMINATED:
            return queryset.filter(nominated_on__isnull=False)
        if value == DECIDE:
            return queryset.filter(Q(state=Practice.State.ACCEPTED, inside_at__isnull=True))
        return queryset.filter(state=value)


PRACTICES = ListPage(
    title=presenters.LIST_TITLE,
    url="roadmap:practices",
    template="roadmap/practices/practices.html",
    filters=PracticeFilter,
    noun="практика,практики,практик",
    columns=(
        Column("Практика", ("title",)),
        Column("Авторы"),
        Column("Состояние", ("state",)),
        Column("Выдвинута", ("nominated",), align="date"),
        Column("Записана", ("newest", "oldest"), align="date"),
    ),
    orderings={
        "newest": ("-created_at", "-pk"),
        "oldest": ("created_at", "pk"),
        "title": ("title", "pk"),
        "state": ("state", "-created_at", "-pk"),
        "nominated": (F("nominated_on").desc(nulls_last=True), "-pk"),
    },
    row=presenters.row,
    load=presenters.load_authors,
    nothing=EmptyState(
        "Практик пока нет. Когда программа завершится, её можно описать одним нажатием на странице программы."
    ),
    none_found="Таких практик нет.",
    prepare=lambda found, user: found.select_related("program").with_authors(),  # type: ignore[attr-defined]
    workbook=Workbook(
        "Лучшие практики", "Практики", presenters.COLUMNS, presenters.cells, dated=True, load=presenters.load_authors
    ),
)
