"""The list of ended programs with what publishing still needs (п. 8.2) and one act over many."""

from typing import Any
from uuid import UUID

import django_filters
from django import forms
from django.db.models import F, Q, QuerySet

from mentoring_site.models import changed_at
from mentoring_site.ui.bulk_act import BulkAct, Chosen
from mentoring_site.ui.list_filters import ListFilter, YearFilter, within
from mentoring_site.ui.list_page import Column, EmptyState, ListPage, Workbook
from people.rights import Right
from programs.completion import publication
from programs.completion.publication import for_showing
from programs.program.models import Program, ProgramQuerySet
from reports.site import presenters


class ResultsFilter(ListFilter):
    """Filters above the list of results."""

    q = django_filters.CharFilter(
        method="found_by", label="Программа или имя", max_length=120, widget=forms.SearchInput
    )
    show = django_filters.ChoiceFilter(
        method="published", label="На сайте", choices=[("yes", "опубликованы"), ("no", "ещё нет")], empty_label="все"
    )
    year = YearFilter(
        field_name="pairing__school_year",
        going_on="и что не опубликовано",
        now=lambda programs, year: programs.filter(
            Q(pairing__school_year=year) | within("ended_on", year) | Q(results_published_at__isnull=True)
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        years = self.queryset.order_by("-pairing__school_year").values_list("pairing__school_year", flat=True)
        self.filters["year"].offer(years.distinct())

    def found_by(self, queryset: ProgramQuerySet, name: str, value: str) -> ProgramQuerySet:
        """Narrow to programs in whose title or names words begin with the words of ``value``."""
        return queryset.found_by(value)

    def published(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Programs whose results stand on the site, or do not."""
        return queryset.filter(results_published_at__isnull=value == "no")


def _publish(program: Program, *, by: Any, key: UUID) -> Program:
    return publication.publish(program, by=by)


def _consequences(ready: list[Chosen], by: Any) -> list[str]:
    return [
        "Результаты увидит каждый, кто откроет сайт.",
        "Имена и должности появятся только у тех, кто письменно это разрешил.",
    ]


PUBLISH = BulkAct(
    "Опубликовать результаты",
    "reports:site_publish_many",
    Right.PROGRAMS_PUBLISH,
    "программа,программы,программ",
    "Результаты опубликованы",
    presenters.to_publish,
    _publish,
    consequences=_consequences,
)
COLUMNS = (
    "Программа",
    "Участники",
    "Состояние",
    "Чей ход",
    "Начата",
    "Закончена",
    "Опубликованы",
    "Изменено",
    "Чего не хватает",
)
RESULTS = ListPage(
    title="Что видит посетитель",
    url="reports:site",
    template="reports/site/site.html",
    filters=ResultsFilter,
    noun="программа,программы,программ",
    columns=(
        Column("Программа", ("title",)),
        Column("Состояние", ("published",)),
        Column("Чей ход"),
        Column("Закончена", ("newest", "oldest"), align="date"),
        Column("Изменено", ("changed",), align="date"),
        Column("Что сделать"),
    ),
    orderings={
        "newest": ("-ended_on", "-pk"),
        "oldest": ("ended_on", "pk"),
        "title": ("search", "pk"),
        "published": (F("results_published_at").asc(nulls_first=True), "-pk"),
        "changed": (F("changed_at").desc(nulls_last=True), "-pk"),
    },
    row=presenters.result_row,
    load=presenters.load_allowed_fields,
    nothing=EmptyState(
        "Завершённых программ пока нет. Когда первая завершится приказом, её результаты можно будет подготовить здесь."
    ),
    none_found="По этому отбору завершённых программ нет.",
    prepare=lambda found, user: for_showing(found).annotate(changed_at=changed_at(Program)),
    workbook=Workbook(
        "Результаты программ",
        "Результаты",
        COLUMNS,
        presenters.result_cells,
        dated=True,
        load=presenters.load_allowed_fields,
    ),
    bulk=(PUBLISH,),
)
