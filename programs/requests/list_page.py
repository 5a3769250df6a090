"""The list of requests: filters by kind, state and whose move, orderings, workbook."""

from typing import Any

import django_filters
from django import forms
from django.db.models import F, QuerySet

from mentoring_site.ui.list_page import Column, EmptyState, ListFilter, ListPage, Workbook
from people.register.models import Person
from programs.requests import presenters, registry
from programs.requests.kinds.base import FILED
from programs.requests.models import Request

MINE, OWN, LATE, WAITING = "mine", "own", "late", "waiting"
MOVES = [(MINE, "ждут меня"), (OWN, "мои"), (WAITING, "ждут ответа"), (LATE, "просрочены")]


class RequestFilter(ListFilter):
    """Search and filters above the list of requests."""

    q = django_filters.CharFilter(
        label="Кто просит", method="search", max_length=120, widget=forms.TextInput(attrs={"type": "search"})
    )

    kind = django_filters.ChoiceFilter(label="Вид", choices=registry.choices, empty_label="все")
    state = django_filters.ChoiceFilter(label="Состояние", choices=Request.State.choices, empty_label="все")
    move = django_filters.ChoiceFilter(method="whose", label="Чей ход", choices=MOVES, empty_label="все")

    def search(self, queryset: Any, name: str, value: str) -> QuerySet:
        return queryset.filter(author__in=Person.objects.found_by(value))

    def whose(self, queryset: Any, name: str, value: str) -> QuerySet:
        user = self.request.user
        if value == MINE:
            return queryset.filter(pk__in=Request.objects.awaiting(user).order_by().values("pk"))
        if value == OWN:
            return queryset.filter(author=user.person_id)
        return queryset.late() if value == LATE else queryset.filter(state=FILED)


def _prepare(found: Any, user: Any) -> QuerySet:
    return found.with_requirements()


REQUESTS = ListPage(
    title="Просьбы и предложения",
    url="programs:requests",
    template="programs/requests/requests.html",
    filters=RequestFilter,
    noun="просьба,просьбы,просьб",
    columns=(
        Column("Вид"),
        Column("Кто просит", ("author",)),
        Column("Состояние"),
        Column("Чей ход"),
        Column("Подано", ("new", "old"), align="date"),
        Column("Ответить до", ("due",), align="date"),
    ),
    orderings={
        "new": ("-filed_on", "-pk"),
        "old": ("filed_on", "pk"),
        "author": ("author__last_name", "author__first_name", "-pk"),
        "due": (F("due_on").asc(nulls_last=True), "pk"),
    },
    row=presenters.row,
    nothing=EmptyState(
        "Здесь будут просьбы и предложения: о помощи, об изменении программы, о другом преподавателе. Подать их можно"
        " на странице пары или программы, раздел «Просьбы»."
    ),
    none_found="По этому отбору ничего нет. Выберите другой вид, состояние или ход.",
    prepare=_prepare,
    workbook=Workbook("Просьбы", "Просьбы", presenters.COLUMNS, presenters.cells, dated=True),
)
