"""The list of notices of an early end: filters and columns."""

from typing import Any

import django_filters
from django import forms
from django.db.models import F, Min, Q, QuerySet

from mentoring_site.ui.list_filters import YearFilter, within, years_since
from mentoring_site.ui.list_page import Column, EmptyState, ListFilter, ListPage, Workbook
from programs.mentor_agreements.list_page import by_name
from programs.mentor_agreements.models import NoticeQuerySet
from programs.mentor_agreements.notices import presenters

STATES = {
    "live": ("ещё не вступили в силу", lambda notices: notices.live().filter(took_effect_on__isnull=True)),
    "order": ("ждут приказа", lambda notices: notices.awaiting_order()),
    "paper": ("ждут бумаги", lambda notices: notices.awaiting_paper()),
    "withdrawn": ("отозваны", lambda notices: notices.filter(withdrawn_on__isnull=False)),
}


class NoticeFilter(ListFilter):
    """Filters of the list of notices."""

    q = django_filters.CharFilter(method=by_name, label="Имя", max_length=100, widget=forms.SearchInput)
    state = django_filters.ChoiceFilter(
        method="in_state",
        label="Состояние",
        choices=[(name, label) for name, (label, _) in STATES.items()],
        empty_label="все",
    )

    year = YearFilter(
        going_on="и что ещё ждёт",
        now=lambda notices, year: notices.filter(
            within("received_on", year) | Q(withdrawn_on__isnull=True, order_number="")
        ),
        of=lambda notices, year: notices.filter(within("received_on", year)),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["year"].offer(years_since(self.queryset.aggregate(day=Min("received_on"))["day"]))

    def in_state(self, queryset: NoticeQuerySet, name: str, value: str) -> NoticeQuerySet:
        return STATES[value][1](queryset)


def _prepare(notices: Any, user: Any) -> QuerySet:
    return notices.with_changed().select_related("person").defer("papers")


NOTICES = ListPage(
    title="Уведомления",
    url="programs:notices",
    template="programs/mentor_agreements/notices.html",
    filters=NoticeFilter,
    noun="уведомление,уведомления,уведомлений",
    columns=(
        Column("Наставник", ("name",)),
        Column("Состояние"),
        Column("Чей ход"),
        Column("Последний день", ("last", "first"), align="date"),
        Column("Получено", ("new", "old"), align="date"),
        Column("Изменено", ("changed",), align="date"),
    ),
    orderings={
        "new": ("-received_on", "-pk"),
        "old": ("received_on", "pk"),
        "name": ("person__search", "pk"),
        "last": ("effective_on", "pk"),
        "first": ("-effective_on", "-pk"),
        "changed": (F("changed_at").desc(nulls_last=True), "-pk"),
    },
    row=lambda notice, user: presenters.row(notice),
    nothing=EmptyState("Уведомлений нет: никто не отказывался от наставничества досрочно, и поручений не отменяли."),
    none_found="Таких уведомлений нет.",
    prepare=_prepare,
    workbook=Workbook("Уведомления", "Уведомления", presenters.COLUMNS, presenters.cells, dated=True),
)
