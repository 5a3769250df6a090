"""The inventory as a list: filters, orderings, workbook."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from mentoring_site.ui.list_filters import ListFilter, YearFilter, within, years_since
from mentoring_site.ui.list_page import Column, EmptyState, ListPage, Workbook
from people.retention.models import RetentionTerm
from people.retention.rules import over_before
from reports.archive import presenters
from reports.archive.sources import JOURNALS, KINDS

KEEPING = [("over", "срок хранения истёк"), ("open", "срок не установлен")]


class FileFilter(ListFilter):
    """By name, kind of papers, school year of the paper, and how it stands with its term."""

    q = django_filters.CharFilter(method="found_by", label="Имя файла", max_length=120, widget=forms.SearchInput)
    kind = django_filters.ChoiceFilter(label="Дело", choices=KINDS, empty_label="все")
    year = YearFilter(
        going_on="",
        now=lambda files, year: files.filter(within("day", year)),
        of=lambda files, year: files.filter(within("day", year)),
    )
    keeping = django_filters.ChoiceFilter(method="by_term", label="Хранение", choices=KEEPING, empty_label="не важно")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        first = self.queryset.order_by().aggregate(first=Min("day"))["first"]
        self.filters["year"].offer(years_since(first))

    def found_by(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to files with these words in their names, but for names that are not told."""
        return queryset.filter(~Q(kind=JOURNALS), name__icontains=value)

    def by_term(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to files past their term, or to those whose term the school has not set."""
        if value == "open":
            return queryset.exclude(term_kind__in=[RetentionTerm.Kind.YEARS, RetentionTerm.Kind.PERMANENT])
        today, past = timezone.localdate(), Q(pk__in=[])
        for code in RetentionTerm.objects.values_list("code", flat=True):
            if before := over_before(code, today):
                past |= Q(term=code, since__lt=before)
        return queryset.filter(past)


FILES = ListPage(
    title="Опись файлов",
    url="reports:files",
    template="reports/archive/files.html",
    filters=FileFilter,
    noun="файл,файла,файлов",
    columns=(
        Column("Файл", ("kind", "name")),
        Column("Дата", ("day", "last"), align="date"),
        Column("Размер", ("size",), align="num"),
        Column("Хранить"),
        Column("SHA-256"),
    ),
    orderings={
        "day": ("day", "pk"),
        "last": ("-day", "-pk"),
        "kind": ("kind", "day", "pk"),
        "name": ("name", "pk"),
        "size": ("-size", "pk"),
    },
    row=presenters.row,
    nothing=EmptyState("Файлов пока нет: сюда попадают сканы, подписанные приказы и всё, что приложено к записям."),
    none_found="Таких файлов нет.",
    workbook=Workbook("Опись файлов", "Опись", presenters.COLUMNS, presenters.cells, dated=True),
)
