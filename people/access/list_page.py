"""The list of requests of access."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Case, Min, Q, QuerySet, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from mentoring_site.russian import upper_first
from mentoring_site.ui.elements import Badge
from mentoring_site.ui.list_filters import YearFilter, within, years_since
from mentoring_site.ui.list_page import Column, EmptyState, ListFilter, ListPage, Workbook
from people.access import acts, presenters, rules
from people.access.models import WAITS, AccessRequest
from people.register.models import named

Kind, State = AccessRequest.Kind, AccessRequest.State
ASKED = "asked_at__date"


class AccessFilter(ListFilter):
    """Filters above the list."""

    q = django_filters.CharFilter(method="by_name", label="Имя", max_length=100, widget=forms.SearchInput)
    state = django_filters.ChoiceFilter(label="Состояние", choices=State.choices, empty_label="все")
    kind = django_filters.ChoiceFilter(label="Что просят", choices=Kind.choices, empty_label="всё")
    year = YearFilter(
        going_on="и что ждёт ответа",
        now=lambda requests, year: requests.filter(within(ASKED, year) | Q(state=State.ASKED)),
        of=lambda requests, year: requests.filter(within(ASKED, year)),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.filters["year"].offer(years_since(self.queryset.aggregate(day=Min(ASKED))["day"]))

    def by_name(self, requests: QuerySet, name: str, value: str) -> QuerySet:
        """Requests about the access of people with these names, or asked by them."""
        return requests.filter(named(value, "person__") | named(value, "asked_by__person__"))


@dataclass(frozen=True)
class AccessRow:
    """One request: what is asked, whose move it is and until when, when something was last done."""

    what: str
    url: str
    who: str
    badge: Badge
    move: str
    until: date | None
    asked_on: date
    changed_on: date


def _row(request: Any, user: Any) -> AccessRow:
    return AccessRow(
        what=upper_first(acts.what(request)),
        url=request.get_absolute_url(),
        who=request.asked_by.person.short_name if request.asked_by else "сервер",
        badge=presenters.badge(request),
        move=_move(request),
        until=timezone.localdate(request.asked_at + WAITS) if request.state == State.ASKED else None,
        asked_on=timezone.localdate(request.asked_at),
        changed_on=timezone.localdate(request.changed_at),
    )


def _move(request: AccessRequest) -> str:
    """Return who does what next, in a few words."""
    if request.state == State.ASKED:
        return f"{rules.who_releases(request)}: подтвердить"
    if request.state != State.RELEASED:
        return ""
    if not request.answer:
        return "владелец: узнать"
    unknown = request.answer == AccessRequest.Answer.NOT_MINE
    return "директор: принять к сведению" if (unknown or request.by_server) and not request.noted_at else ""


def _cells(request: Any, user: Any) -> tuple:
    row = _row(request, user)
    return (row.what, row.who, row.badge.word, row.move, row.asked_on, row.until, row.changed_on)


ACCESS = ListPage(
    title="Запросы доступа",
    url="people:access_requests",
    template="people/access/requests.html",
    filters=AccessFilter,
    noun="запрос,запроса,запросов",
    columns=(
        Column("Что и кто просит", ("name",)),
        Column("Состояние", ("state",)),
        Column("Чей ход"),
        Column("Ждёт до", ("until",), align="date"),
        Column("Попросили", ("new", "old"), align="date"),
        Column("Изменено", ("changed",), align="date"),
    ),
    orderings={
        "new": ("-asked_at", "-pk"),
        "old": ("asked_at", "pk"),
        "name": ("person__search", "-pk"),
        "state": ("state", "-asked_at", "-pk"),
        "until": ("waits", "asked_at", "pk"),
        "changed": ("-changed_at", "-pk"),
    },
    row=_row,
    nothing=EmptyState("Запросов пока не было. Они появляются со страницы учётной записи и с экрана «Роли»."),
    none_found="Таких запросов нет.",
    prepare=lambda requests, user: requests.select_related("person", "asked_by__person").annotate(
        changed_at=Coalesce("noted_at", "answered_at", "released_at", "asked_at"),
        waits=Case(When(state=State.ASKED, then=0), default=1),
    ),
    workbook=Workbook(
        "Запросы доступа",
        "Запросы",
        ("Что просят", "Кто просит", "Состояние", "Чей ход", "Попросили", "Ждёт до", "Изменено"),
        _cells,
        dated=True,
    ),
)
