"""The list of questions: one's own, and for who reads them everybody's, with those who have not answered."""

import django_filters
from django import forms
from django.db.models import QuerySet

from mentoring_site.ui.list_page import Column, EmptyState, ListFilter, ListPage, Workbook
from people.register.models import named
from programs.relationship import presenters
from programs.relationship.models import RelationshipAnswer

LOW = "low"
COLUMNS = ("Кого спросили", "Кто это", "Программа", "Когда", "Состояние", "Ответ", "Словами", "Отвечено")


def _found(queryset: QuerySet, name: str, value: str) -> QuerySet:
    return queryset.filter(named(value, "participation__person__"))


def _in_state(queryset: QuerySet, name: str, value: str) -> QuerySet:
    return queryset.low() if value == LOW else queryset.filter(state=value)  # type: ignore[attr-defined]


class RelationshipFilter(ListFilter):
    """Filters of the list."""

    q = django_filters.CharFilter(method=_found, label="Имя", max_length=100, widget=forms.SearchInput)
    state = django_filters.ChoiceFilter(
        label="Состояние",
        method=_in_state,
        choices=[(LOW, "трудно, ждёт разговора"), *RelationshipAnswer.State.choices],
        empty_label="все",
    )


RELATIONSHIPS = ListPage(
    title="Как работается вместе",
    url="programs:relationships",
    template="programs/relationship/relationships.html",
    filters=RelationshipFilter,
    noun="вопрос,вопроса,вопросов",
    columns=(
        Column("Кого спросили", ("name",)),
        Column("Программа"),
        Column("Когда", ("last", "first")),
        Column("Ответ"),
    ),
    orderings={
        "last": ("-asked_on", "-pk"),
        "first": ("asked_on", "pk"),
        "name": ("participation__person__last_name", "-asked_on", "pk"),
    },
    row=presenters.row,
    nothing=EmptyState(
        "Вопросов пока нет. Система задаёт один после первой встречи, потом раз в месяц каждому участнику программы."
    ),
    none_found="Таких вопросов нет.",
    prepare=lambda found, user: found.with_people(),  # type: ignore[attr-defined]
    workbook=Workbook("Как работается вместе", "Ответы", COLUMNS, presenters.cells, dated=True),
)
