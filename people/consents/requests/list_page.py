"""The register of requests about personal data and of leaks: filters, orderings, the same rows as XLSX (152-ФЗ)."""

from typing import Any

import django_filters
from django import forms
from django.db.models import F, Min, Q, QuerySet
from django.utils import timezone

from mentoring_site.ui.list_page import Column, EmptyState, ListFilter, ListPage, Workbook
from mentoring_site.views_log import Kind, note
from people.accounts.models import User
from people.consents.requests import presenters
from people.consents.requests.models import DataRequest
from people.register.models import named

STATES = {"open": "в работе", "late": "просрочены", "closed": "закрыты"}
ORDERINGS: dict[str, tuple] = {
    "term": (F("first_due").asc(nulls_last=True), "-received_on", "-pk"),
    "newest": ("-received_on", "-pk"),
    "name": ("person__last_name", "person__first_name", "pk"),
}


class RequestFilter(ListFilter):
    """Filters of the register."""

    q = django_filters.CharFilter(label="Имя", max_length=100, method="named", widget=forms.SearchInput)
    kind = django_filters.ChoiceFilter(label="О чём", choices=DataRequest.Kind.choices, empty_label="всё")
    state = django_filters.ChoiceFilter(
        label="Состояние", choices=list(STATES.items()), empty_label="все", method="in_state"
    )

    def named(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Requests about persons found by the beginnings of the words of their names."""
        return queryset.filter(named(value, "person__"))

    def in_state(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Open, past their term, or closed."""
        if value == "closed":
            return queryset.filter(closed_at__isnull=False)
        found = queryset.filter(closed_at__isnull=True)
        late = Q(duties__done_at__isnull=True) & (
            Q(duties__due_at__lt=timezone.now())
            | Q(duties__due_at__isnull=True, duties__due_on__lt=timezone.localdate())
        )
        return found.filter(late).distinct() if value == "late" else found


def with_terms(found: QuerySet) -> QuerySet:
    """Add the nearest day of what is not done."""
    return found.annotate(first_due=Min("duties__due_on", filter=Q(duties__done_at__isnull=True)))


def _prepare(found: QuerySet, user: User) -> QuerySet:
    return found.select_related("person", "responsible", "incident", "recorded_by__person").prefetch_related("duties")


COLUMNS = (
    "О чём",
    "Чьи данные",
    "Как поступило",
    "Входящий номер",
    "Поступило или выявлено",
    "Суть",
    "Кто отвечает",
    "Сроки",
    "Состояние",
    "Ответ",
    "Номер ответа",
    "Дата ответа",
)


def _cells(request: DataRequest, user: User) -> list[Any]:
    if request.person_id:
        note(user, request.person_id, Kind.CONSENTS, exported=True)
    terms = [
        f"{duty.get_kind_display()} {duty.until}" + (", сделано" if duty.done_at else "")
        for duty in request.duties.all()
    ]
    return [
        request.get_kind_display(),
        request.person.full_name if request.person else request.incident.people,
        request.get_channel_display(),
        request.number,
        request.received_on,
        request.words,
        request.responsible.full_name,
        "; ".join(terms),
        presenters.badge(request).word,
        request.answer,
        request.answer_number,
        request.answered_on,
    ]


REQUESTS = ListPage(
    title="Обращения и инциденты",
    url="people:data_requests",
    template="people/consents/data_requests.html",
    filters=RequestFilter,
    noun="запись,записи,записей",
    columns=(
        Column("О чём"),
        Column("Чьи данные", ("name",)),
        Column("Поступило", ("newest",), align="date"),
        Column("Состояние"),
        Column("Что сделать и до какого срока", ("term",)),
        Column("Кто отвечает"),
    ),
    orderings=ORDERINGS,
    row=presenters.row,
    nothing=EmptyState(
        "Обращений ещё не было. Здесь записывают вопросы людей о своих данных, просьбы исправить неверное, требования "
        "и инциденты: срок по закону посчитается сам."
    ),
    none_found="Таких записей нет.",
    prepare=_prepare,
    workbook=Workbook("Обращения о персональных данных", "Обращения", COLUMNS, _cells, prepare=_prepare, dated=True),
)
