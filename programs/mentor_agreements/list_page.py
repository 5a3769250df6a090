"""The list of agreements with mentors: filters, columns, workbook for the bookkeeper."""

import django_filters
from django import forms
from django.db.models import QuerySet

from mentoring_site.ui.list_page import Column, EmptyState, ListFilter, ListPage, Workbook
from people.register.models import named
from programs.mentor_agreements import presenters
from programs.mentor_agreements.models import MentorAgreement

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


AGREEMENTS = ListPage(
    title="Соглашения с наставниками",
    url="programs:agreements",
    template="programs/mentor_agreements/agreements.html",
    filters=AgreementFilter,
    noun="соглашение,соглашения,соглашений",
    columns=tuple(Column(label) for label in ("Наставник", "Состояние", "Бумага", "Срок", "Выплата")),
    orderings={"new": ("-created_at", "-pk")},
    row=lambda agreement, user: presenters.row(agreement),
    nothing=EmptyState(
        "Соглашений пока нет. Оформление наставника начинают, когда пара рекомендована советом: поручение, согласие,"
        " соглашение, приказ."
    ),
    none_found="Таких соглашений нет.",
    prepare=lambda found, user: found.select_related("person", "employment__organisation").defer("content", "papers"),
    workbook=Workbook("Соглашения", "Соглашения", presenters.COLUMNS, presenters.cells, dated=True),
)
