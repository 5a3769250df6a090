"""The list of agreements with mentors: filters, columns, workbook for the bookkeeper."""

from typing import Any

import django_filters
from django import forms
from django.db.models import F, Q, QuerySet

from mentoring_site.ui.list_filters import YearFilter
from mentoring_site.ui.list_page import Column, EmptyState, ListFilter, ListPage, Workbook
from people.register.models import named
from programs.mentor_agreements import presenters
from programs.mentor_agreements.bulk import BULK
from programs.mentor_agreements.models import MentorAgreement, MentorAgreementQuerySet

NOTHING_TO_RECORD = EmptyState("Соглашений с Вами пока нет. Их ведут куратор и специалист по кадрам.")
"""For those who see only their own agreements."""


def by_name(queryset: QuerySet, name: str, value: str) -> QuerySet:
    """Keep rows whose ``person`` has name words that begin with the words of ``value``."""
    return queryset.filter(named(value, "person__"))


class AgreementFilter(ListFilter):
    """Filters of the list of agreements read ``with_stage()``."""

    q = django_filters.CharFilter(method=by_name, label="Имя", max_length=100, widget=forms.SearchInput)
    stage = django_filters.ChoiceFilter(label="Состояние", choices=MentorAgreement.Stage.choices, empty_label="все")
    kind = django_filters.ChoiceFilter(label="Бумага", choices=MentorAgreement.Kind.choices, empty_label="любая")
    year = YearFilter(field_name="pairing__school_year", now=lambda agreements, year: _of_year(agreements, year))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        years = self.queryset.order_by("-pairing__school_year").values_list("pairing__school_year", flat=True)
        self.filters["year"].offer(years.distinct())


def _of_year(agreements: MentorAgreementQuerySet, year: int) -> QuerySet:
    """Agreements about pairs of a school year, and those that neither ended nor were dropped."""
    return agreements.filter(Q(pairing__school_year=year) | Q(dropped_at__isnull=True, closed_on__isnull=True))


def _prepare(agreements: Any, user: Any) -> QuerySet:
    return agreements.with_next().select_related("person", "employment__organisation").defer("content", "papers")


AGREEMENTS = ListPage(
    title="Соглашения с наставниками",
    url="programs:agreements",
    template="programs/mentor_agreements/agreements.html",
    filters=AgreementFilter,
    noun="соглашение,соглашения,соглашений",
    columns=(
        Column("Наставник", ("name",)),
        Column("Состояние", ("stage",)),
        Column("Чей ход"),
        Column("Ближайший срок", ("next",), align="date"),
        Column("Бумага"),
        Column("Изменено", ("changed", "changed_long"), align="date"),
    ),
    orderings={
        "new": ("-created_at", "-pk"),
        "name": ("person__search", "pk"),
        "stage": ("stage", "-pk"),
        "next": (F("next_on").asc(nulls_last=True), "pk"),
        "changed": (F("changed_at").desc(nulls_last=True), "-pk"),
        "changed_long": (F("changed_at").asc(nulls_first=True), "pk"),
    },
    row=lambda agreement, user: presenters.list_row(agreement),
    nothing=EmptyState(
        "Соглашений пока нет. Оформление наставника начинают, когда пара рекомендована советом: поручение, согласие,"
        " соглашение, приказ."
    ),
    none_found="Таких соглашений нет.",
    prepare=_prepare,
    workbook=Workbook("Соглашения", "Соглашения", presenters.COLUMNS, presenters.cells, dated=True),
    bulk=BULK,
)
