"""The list of workbooks of the past that were loaded."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import django_filters
from django import forms
from django.db.models import Min, Q, QuerySet

from mentoring_site.ui.elements import Badge
from mentoring_site.ui.list_filters import YearFilter, within, years_since
from mentoring_site.ui.list_page import Column, EmptyState, ListFilter, ListPage, Workbook
from people.register.models import named
from reports.past.models import PastImport

STATES = {
    "waits": ("ждёт проверки", Q(committed_at__isnull=True)),
    "done": ("внесена", Q(committed_at__isnull=False, taken_back_at__isnull=True)),
    "back": ("внесение отменено", Q(taken_back_at__isnull=False)),
}
UPLOADED = "uploaded_at__date"


class PastImportFilter(ListFilter):
    """Filters above the list."""

    q = django_filters.CharFilter(method="found", label="Файл или фамилия", max_length=100, widget=forms.SearchInput)
    state = django_filters.ChoiceFilter(
        method="in_state",
        label="Состояние",
        choices=[(code, words) for code, (words, _) in STATES.items()],
        empty_label="все",
    )
    year = YearFilter(
        going_on="и что ждёт проверки",
        now=lambda uploads, year: uploads.filter(within(UPLOADED, year) | STATES["waits"][1]),
        of=lambda uploads, year: uploads.filter(within(UPLOADED, year)),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.filters["year"].offer(years_since(self.queryset.aggregate(day=Min(UPLOADED))["day"]))

    def found(self, uploads: QuerySet, name: str, value: str) -> QuerySet:
        """Workbooks with this in the name of the file, or of people with these names."""
        return uploads.filter(Q(file__name__icontains=value) | named(value, "uploaded_by__person__"))

    def in_state(self, uploads: QuerySet, name: str, value: str) -> QuerySet:
        """Workbooks that wait, were written, or were taken back."""
        return uploads.filter(STATES[value][1])


@dataclass(frozen=True)
class PastImportRow:
    """One workbook: its file, who loaded it when, what became of it and when that was."""

    name: str
    url: str
    who: str
    badge: Badge
    at: datetime
    changed_at: datetime | None


def badge(upload: PastImport) -> Badge:
    """Return what became of a workbook."""
    if upload.taken_back_at:
        return Badge("внесение отменено", "stopped")
    if upload.committed_at:
        return Badge("внесена", "done")
    return Badge("вносится", "others") if upload.started_at else Badge("ждёт проверки", "you")


def _row(upload: PastImport, user: Any) -> PastImportRow:
    return PastImportRow(
        name=upload.file.name,
        url=upload.get_absolute_url(),
        who=upload.uploaded_by.person.short_name,
        badge=badge(upload),
        at=upload.uploaded_at,
        changed_at=upload.taken_back_at or upload.committed_at,
    )


def _cells(upload: PastImport, user: Any) -> tuple:
    row = _row(upload, user)
    return (row.name, row.who, upload.uploaded_at, row.badge.word, upload.committed_at, upload.taken_back_at)


PAST_IMPORTS = ListPage(
    title="Прежние документы",
    url="reports:past_imports",
    template="reports/past/imports.html",
    filters=PastImportFilter,
    noun="книга,книги,книг",
    columns=(
        Column("Файл", ("file",)),
        Column("Состояние"),
        Column("Загружена", ("new", "old"), align="date"),
        Column("Изменена", align="date"),
    ),
    orderings={
        "new": ("-uploaded_at", "-pk"),
        "old": ("uploaded_at", "pk"),
        "file": ("file__name", "-pk"),
    },
    row=_row,
    nothing=EmptyState("Книг с прежними документами ещё не загружали. Скачайте образец и перенесите в него строки."),
    none_found="Таких загрузок нет.",
    prepare=lambda uploads, user: uploads.select_related("file", "uploaded_by__person").defer(
        "answers", "promised", "result", "undo"
    ),
    workbook=Workbook(
        "Загрузки прежних документов",
        "Загрузки",
        ("Файл", "Кто загрузил", "Загружена", "Состояние", "Внесена", "Внесение отменено"),
        _cells,
        dated=True,
    ),
)
