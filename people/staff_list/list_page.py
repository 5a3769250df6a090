"""The list of staff lists that were loaded."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import django_filters
from django import forms
from django.db.models import Min, Q, QuerySet
from django.urls import reverse

from mentoring_site.ui.elements import Badge
from mentoring_site.ui.list_filters import YearFilter, within, years_since
from mentoring_site.ui.list_page import Column, EmptyState, ListFilter, ListPage, Workbook
from people.register.models import named
from people.staff_list.models import StaffImport

STATES = {
    "waits": ("ждёт проверки", Q(committed_at__isnull=True)),
    "done": ("внесён", Q(committed_at__isnull=False, taken_back_at__isnull=True)),
    "back": ("взят назад", Q(taken_back_at__isnull=False)),
}
UPLOADED = "uploaded_at__date"


class ImportFilter(ListFilter):
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
        """Lists with this in the name of the file, or of people with these names."""
        return uploads.filter(Q(file__name__icontains=value) | named(value, "uploaded_by__person__"))

    def in_state(self, uploads: QuerySet, name: str, value: str) -> QuerySet:
        """Lists that wait, were written, or were taken back."""
        return uploads.filter(STATES[value][1])


@dataclass(frozen=True)
class ImportRow:
    """One list: its file, who loaded it when, what became of it and when that was."""

    name: str
    url: str
    who: str
    badge: Badge
    at: datetime
    changed_at: datetime | None


def _row(upload: StaffImport, user: Any) -> ImportRow:
    done = upload.committed_at is not None
    badge = Badge("внесён", "done") if done else Badge("ждёт проверки", "you")
    return ImportRow(
        name=upload.file.name,
        url=reverse("people:import_result" if done else "people:import_check", args=[upload.pk]),
        who=upload.uploaded_by.person.short_name if upload.uploaded_by else "командой на сервере",
        badge=Badge("взят назад", "stopped") if upload.taken_back_at else badge,
        at=upload.uploaded_at,
        changed_at=upload.taken_back_at or upload.committed_at,
    )


def _cells(upload: StaffImport, user: Any) -> tuple:
    row = _row(upload, user)
    return (row.name, row.who, upload.uploaded_at, row.badge.word, upload.committed_at, upload.taken_back_at)


IMPORTS = ListPage(
    title="Загрузка списка сотрудников",
    url="people:imports",
    template="people/staff_list/import_upload.html",
    filters=ImportFilter,
    noun="список,списка,списков",
    columns=(
        Column("Файл", ("file",)),
        Column("Состояние"),
        Column("Загружен", ("new", "old"), align="date"),
        Column("Изменён", align="date"),
    ),
    orderings={
        "new": ("-uploaded_at", "-pk"),
        "old": ("uploaded_at", "pk"),
        "file": ("file__name", "-pk"),
    },
    row=_row,
    nothing=EmptyState(
        "Списков ещё не загружали. Подойдёт тарификация или штатный список в том виде, в каком он есть у Вас."
    ),
    none_found="Таких загрузок нет.",
    prepare=lambda uploads, user: uploads.select_related("file", "uploaded_by__person").defer(
        "mapping", "answers", "result", "undo"
    ),
    workbook=Workbook(
        "Загрузки списков",
        "Загрузки",
        ("Файл", "Кто загрузил", "Загружен", "Состояние", "Внесён", "Взят назад"),
        _cells,
        dated=True,
    ),
)
