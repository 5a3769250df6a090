"""The register of consents: filters, orderings, the same rows as XLSX and as a paper (152-ФЗ)."""

from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import F, QuerySet
from django.utils import timezone

from mentoring_site.russian import dashed, filled_columns
from mentoring_site.ui.list_page import Column, EmptyState, ListFilter, ListPage, Workbook
from mentoring_site.views_log import Kind, note
from people.accounts.models import User
from people.consents import editions, presenters, texts
from people.consents.dissemination import conditions_in_words
from people.consents.models import Consent
from people.register.models import named

SOON = timedelta(days=60)
PRINTED = 1000  # rows of a printed register: more is a workbook
ORDERINGS: dict[str, tuple] = {
    "newest": ("-given_on", "-pk"),
    "until": (F("until").asc(nulls_last=True), "pk"),
    "name": ("person__last_name", "person__first_name", "pk"),
    "oldest": ("given_on", "pk"),
}
ORDERING_WORDS = {
    "newest": "новые сверху",
    "until": "по сроку",
    "name": "по имени",
    "oldest": "старые сверху",
}
STATES = {
    "live": "действуют",
    "expiring": "истекают в ближайшие 60 дней",
    "no_scan": "на бумаге без скана",
    "outdated": "в прежней редакции",
    "conditions": "с условиями и запретами",
    "ended": "прекращены",
}


class ConsentFilter(ListFilter):
    """Filters of the register."""

    q = django_filters.CharFilter(label="Имя", max_length=100, method="named", widget=forms.SearchInput)
    purpose = django_filters.ChoiceFilter(label="Назначение", choices=Consent.Purpose.choices, empty_label="любое")
    state = django_filters.ChoiceFilter(
        label="Состояние", choices=list(STATES.items()), empty_label="все", method="in_state"
    )
    sort = django_filters.ChoiceFilter(
        label="Порядок", choices=list(ORDERING_WORDS.items()), empty_label=None, method="keep"
    )

    def named(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Consents of persons found by the beginnings of the words of their names."""
        return queryset.filter(named(value, "person__"))

    def in_state(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Consents in force, about to end, without a scan, of an earlier edition, with conditions, or ended."""
        today, running = timezone.localdate(), queryset.filter(ended_on__isnull=True)
        chosen = {
            "live": queryset.live(today),
            "expiring": queryset.live(today).filter(until__lte=today + SOON),
            "no_scan": running.filter(form=Consent.Form.PAPER, scan__isnull=True),
            "outdated": queryset.filter(editions.outdated()),
            "conditions": running.exclude(conditions={}),
            "ended": queryset.filter(ended_on__isnull=False),
        }
        return chosen[value]


COLUMNS = (
    "Человек",
    "Согласие на что",
    "В какой паре или группе",
    "Разрешено распространять",
    "Условия и запреты",
    "Кому можно передавать",
    "Дано",
    "Действует по",
    "Как дано",
    "Скан",
    "Редакция текста",
    "Контрольная сумма текста",
    "Прекращено",
    "Почему",
)


def _cells(consent: Consent, user: User) -> list[Any]:
    note(user, consent.person_id, Kind.CONSENTS, exported=True)
    return [
        consent.person.full_name,
        consent.title,
        consent.matter_words,
        presenters.field_words(consent),
        "; ".join(conditions_in_words(consent.conditions)),
        consent.get_transfer_display(),
        consent.given_on,
        consent.until,
        consent.get_form_display(),
        presenters.row(consent).scan,
        consent.text_date,
        consent.text_sha256,
        consent.ended_on,
        consent.get_end_display(),
    ]


CONSENTS = ListPage(
    title="Согласия",
    url="people:consents",
    template="people/consents/consents.html",
    filters=ConsentFilter,
    noun="согласие,согласия,согласий",
    columns=(
        Column("Человек и согласие", ("name",)),
        Column("Состояние"),
        Column("Дано", ("newest", "oldest"), align="date"),
        Column("Истекает", ("until",), align="date"),
        Column("Скан"),
    ),
    orderings=ORDERINGS,
    row=presenters.row,
    nothing=EmptyState(
        "Согласий пока нет. Откройте карточку человека и запишите согласие на обработку персональных данных: без него"
        " нельзя войти в банк."
    ),
    none_found="Таких согласий нет.",
    prepare=lambda consents, user: consents.select_related("person").defer("text"),
    workbook=Workbook("Согласия", "Согласия", COLUMNS, _cells, dated=True),
)


def printed_facts(filters: ConsentFilter, found: QuerySet) -> dict[str, Any]:
    """Return the facts of ``documents/consent_register.html``: the chosen rows, no more than ``PRINTED``."""
    rows = [presenters.row(consent) for consent in found[:PRINTED]]
    return register_facts(rows, filters.in_words(), cut=found.count() > PRINTED)


def register_facts(rows: list[presenters.ConsentRow], filters: str = "", *, cut: bool = False) -> dict[str, Any]:
    """Return the same for rows: a column that says nothing goes, a cell that says nothing has a dash."""
    cells: list[list[Any]] = [[number, *presenters.print_cells(row)] for number, row in enumerate(rows, start=1)]
    columns, cells = filled_columns(presenters.PRINT_COLUMNS, cells)
    return {
        "school": texts.operator_facts(),
        "date": timezone.localdate().isoformat(),
        "filters": filters,
        "cut": cut,
        "total": PRINTED,
        "columns": [{"label": label, "width": width} for label, width in columns],
        "rows": dashed(cells),
    }
