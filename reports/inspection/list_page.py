"""The list of folders made: the log of what was exported, by whom and by which rights."""

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from mentoring_site.ui.list_filters import ListFilter
from mentoring_site.ui.list_page import Column, EmptyState, ListPage, Workbook
from reports.inspection import presenters

KINDS = [("inspection", "для проверки"), ("program", "программы")]
STATES = [("ready", "готова"), ("making", "собирается"), ("gone", "ZIP удалён")]


class FolderFilter(ListFilter):
    """By program or maker, kind, state."""

    q = django_filters.CharFilter(
        method="found_by", label="Кто собрал или программа", max_length=100, widget=forms.SearchInput
    )
    kind = django_filters.ChoiceFilter(method="of_kind", label="Папка", choices=KINDS, empty_label="все")
    state = django_filters.ChoiceFilter(method="in_state", label="Состояние", choices=STATES, empty_label="все")

    def found_by(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow by words of the program's title or the maker's surname."""
        return queryset.filter(Q(program__title__icontains=value) | Q(created_by__person__last_name__icontains=value))

    def of_kind(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to folders of days or of programs."""
        return queryset.filter(program__isnull=value != "program")

    def in_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow by what became of the ZIP."""
        if value == "gone":
            return queryset.filter(gone_at__isnull=False)
        return queryset.filter(gone_at__isnull=True, finished_at__isnull=value == "making")


FOLDERS = ListPage(
    title=presenters.TITLE,
    url="reports:folders",
    template="reports/inspection/folders.html",
    filters=FolderFilter,
    noun="папка,папки,папок",
    columns=(
        Column("Папка"),
        Column("Заказана", ("newest", "oldest")),
        Column("Кто собрал"),
        Column("Внутри"),
        Column("Состояние"),
    ),
    orderings={"newest": ("-created_at", "-pk"), "oldest": ("created_at", "pk")},
    row=presenters.row,
    nothing=EmptyState(
        "Папок пока нет. Соберите первую: документы за учебный год с описью и списком того, чего не хватает."
    ),
    none_found="Таких папок нет.",
    prepare=presenters.prepare,
    workbook=Workbook("Папки для проверки", "Папки", presenters.COLUMNS, presenters.cells, dated=True),
)
