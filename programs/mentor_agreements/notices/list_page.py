"""The list of notices of an early end: filters and columns."""

import django_filters
from django import forms

from mentoring_site.ui.list_page import Column, EmptyState, ListFilter, ListPage
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

    def in_state(self, queryset: NoticeQuerySet, name: str, value: str) -> NoticeQuerySet:
        return STATES[value][1](queryset)


NOTICES = ListPage(
    title="Уведомления",
    url="programs:notices",
    template="programs/mentor_agreements/notices.html",
    filters=NoticeFilter,
    noun="уведомление,уведомления,уведомлений",
    columns=(
        Column("Наставник"),
        Column("Что это"),
        Column("Состояние"),
        Column("Получено", align="date"),
        Column("Последний день", align="date"),
        Column("Приказ"),
    ),
    orderings={"new": ("-received_on", "-pk")},
    row=lambda notice, user: presenters.row(notice),
    nothing=EmptyState("Уведомлений нет: никто не отказывался от наставничества досрочно, и поручений не отменяли."),
    none_found="Таких уведомлений нет.",
    prepare=lambda found, user: found.select_related("person").defer("papers"),
)
