"""The list of the union's opinions."""

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from mentoring_site.ui.list_page import Column, EmptyState, ListFilter, ListPage, Workbook
from reports.opinions import presenters
from reports.opinions.models import UnionOpinion

WAITING, SILENT = "waiting", "silent"


def _in_state(queryset: QuerySet, name: str, value: str) -> QuerySet:
    if value == WAITING:
        return queryset.waiting()  # type: ignore[attr-defined]
    return queryset.silent(timezone.localdate()) if value == SILENT else queryset.filter(answer=value)  # type: ignore[attr-defined]


class OpinionFilter(ListFilter):
    """Filters of the list of opinions."""

    q = django_filters.CharFilter(
        field_name="title", lookup_expr="icontains", label="Проект", max_length=100, widget=forms.SearchInput
    )
    state = django_filters.ChoiceFilter(
        label="Ответ",
        method=_in_state,
        choices=[(WAITING, "ждут ответа"), (SILENT, "в срок не поступило"), *UnionOpinion.Answer.choices],
        empty_label="все",
    )


OPINIONS = ListPage(
    title="Мнения профсоюза",
    url="reports:opinions",
    template="reports/opinions/opinions.html",
    filters=OpinionFilter,
    noun="мнение,мнения,мнений",
    columns=(Column("Проект"), Column("Направлен", ("last", "first")), Column("Ответ ждут до"), Column("Ответ")),
    orderings={"last": ("-sent_on", "-pk"), "first": ("sent_on", "pk")},
    row=presenters.row,
    nothing=EmptyState(
        "Мнения профсоюза пока не спрашивали. Его спрашивают о проектах локальных актов,"
        " где этого требует закон (ТК 372)."
    ),
    none_found="По этому отбору мнений нет.",
    workbook=Workbook("Мнения профсоюза", "Мнения", presenters.COLUMNS, presenters.cells, dated=True),
)
