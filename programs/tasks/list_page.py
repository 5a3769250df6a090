"""The list of tasks of all programs that the user may see: filters, columns, workbook."""

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from mentoring_site.ui.list_page import Column, EmptyState, ListFilter, ListPage, Workbook
from people.register.models import named
from programs.tasks import presenters
from programs.tasks.models import MentorTask

LATE = "late"
COLUMNS = ("Задание", "Кому", "Программа", "Срок", "Состояние", "Сделано", "Что сделано", "Слово наставника")


def _found(queryset: QuerySet, name: str, value: str) -> QuerySet:
    return queryset.filter(Q(text__icontains=value) | named(value, "participation__person__"))


def _in_state(queryset: QuerySet, name: str, value: str) -> QuerySet:
    return queryset.overdue(timezone.localdate()) if value == LATE else queryset.filter(state=value)  # type: ignore[attr-defined]


class TaskFilter(ListFilter):
    """Filters of the list of tasks."""

    q = django_filters.CharFilter(method=_found, label="Задание или имя", max_length=100, widget=forms.SearchInput)
    state = django_filters.ChoiceFilter(
        label="Состояние",
        method=_in_state,
        choices=[*MentorTask.State.choices, (LATE, "просрочено")],
        empty_label="все",
    )


TASKS = ListPage(
    title="Задания наставников",
    url="programs:mentor_tasks",
    template="programs/tasks/tasks.html",
    filters=TaskFilter,
    noun="задание,задания,заданий",
    columns=(Column("Задание"), Column("Кому", ("name",)), Column("Срок", ("due", "last")), Column("Состояние")),
    orderings={
        "last": ("-due_on", "-pk"),
        "due": ("due_on", "pk"),
        "name": ("participation__person__last_name", "due_on", "pk"),
    },
    row=presenters.row,
    nothing=EmptyState("Заданий пока нет. Наставник даёт их на странице программы, вкладка «Задания»."),
    none_found="Таких заданий нет.",
    prepare=lambda found, user: found.select_related("program", "participation__person"),
    workbook=Workbook("Задания", "Задания", COLUMNS, presenters.cells, dated=True),
)
