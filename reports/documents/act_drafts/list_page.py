"""The list of drafts of local acts."""

import django_filters
from django import forms
from django.db.models import QuerySet

from mentoring_site.ui.list_page import Column, EmptyState, ListFilter, ListPage, Workbook
from people.language.word_forms import in_text, words_of
from reports.documents.act_drafts import presenters
from reports.documents.act_drafts.models import ActDraft

OPEN = "open"


def _mention(queryset: QuerySet, name: str, value: str) -> QuerySet:
    for word in words_of(value):
        queryset = queryset.filter(in_text("search", word))
    return queryset


def _in_state(queryset: QuerySet, name: str, value: str) -> QuerySet:
    return queryset.filter(state__in=ActDraft.OPEN_STATES) if value == OPEN else queryset.filter(state=value)


class ActDraftFilter(ListFilter):
    """By words and state."""

    q = django_filters.CharFilter(method=_mention, label="Слова из названия", max_length=120, widget=forms.SearchInput)
    state = django_filters.ChoiceFilter(
        method=_in_state, label="Состояние", choices=[(OPEN, "в работе"), *ActDraft.State.choices], empty_label="все"
    )


DRAFTS = ListPage(
    title=presenters.TITLE,
    url="reports:act_drafts",
    template="reports/documents/act_drafts/drafts.html",
    filters=ActDraftFilter,
    noun="проект,проекта,проектов",
    columns=(Column("Проект"), Column("Замечания"), Column("Начат", ("last", "first")), Column("Состояние")),
    orderings={"last": ("-created_at", "-pk"), "first": ("created_at", "pk")},
    row=presenters.row,
    nothing=EmptyState(
        "Проектов пока нет. Куратор и методический совет пишут здесь положения, порядки и инструкции школы, обсуждают"
        " их с замечаниями и передают на утверждение (п. 3.5)."
    ),
    none_found="По этому отбору проектов нет.",
    workbook=Workbook(
        presenters.TITLE,
        "Проекты",
        presenters.COLUMNS,
        presenters.cells,
        prepare=lambda found, user: found.select_related("created_by__person"),
        dated=True,
    ),
)
