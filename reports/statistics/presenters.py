"""What pages of statistics show."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from mentoring_site.russian import rudate
from mentoring_site.ui.elements import Crumb
from people.accounts.models import User
from reports.indicators.periods import Period
from reports.statistics.counting import COLUMNS, tables
from reports.statistics.documents import TITLE
from reports.statistics.models import StatisticsNote

NOTES = "Сохранённые справки"


@dataclass(frozen=True)
class Cell:
    """A number and the list behind it."""

    label: str
    number: int
    url: str = ""


@dataclass(frozen=True)
class Row:
    """A kept note in the list."""

    title: str
    url: str
    kept: str
    by: str


def crumbs(*more: Crumb) -> list[Crumb]:
    """The way back to the note of today."""
    return [Crumb(TITLE, reverse("reports:statistics")), *more]


def note_crumbs(*more: Crumb) -> list[Crumb]:
    """The way back to the kept notes."""
    return crumbs(Crumb(NOTES, reverse("reports:statistics_notes")), *more)


def list_url(code: str, period: Period, key: str) -> str:
    """Return the address of the list behind a number."""
    return f"{reverse('reports:statistics_list', args=[code])}?{period.query}&part={key}"


def counted(period: Period) -> list[dict[str, Any]]:
    """Return the tables with a link behind every number that is not zero."""
    return [
        {
            "title": table.title,
            "note": table.note,
            "rows": [
                {
                    "label": line.label,
                    "cells": [
                        Cell(column.name, number, list_url(code, period, line.key) if number else "")
                        for (code, column), number in zip(COLUMNS.items(), line.numbers, strict=True)
                    ],
                }
                for line in table.lines
            ],
        }
        for table in tables(period)
    ]


def kept(note: StatisticsNote) -> list[dict[str, Any]]:
    """Return the tables of a kept note; nothing stands behind its numbers any more."""
    names = note.facts["columns"][1:]
    return [
        {
            "title": table["title"],
            "note": table["note"],
            "rows": [
                {
                    "label": label,
                    "cells": [Cell(name, number) for name, number in zip(names, numbers, strict=True)],
                }
                for label, *numbers in table["rows"]
            ],
        }
        for table in note.facts["tables"]
    ]


SHEET = ("Раздел", "Строка", *(column.name for column in COLUMNS.values()))


def sheet_rows(period: Period) -> list[list[Any]]:
    """Return the rows of a workbook."""
    return [[table.title, line.label, *line.numbers] for table in tables(period) for line in table.lines]


def row(note: StatisticsNote, user: User) -> Row:
    """Return the line of a kept note."""
    days = Period(note.first, note.last)
    return Row(days.words, note.get_absolute_url(), rudate(note.kept_at), note.kept_by.person.short_name)


CELLS = ("С", "По", "Сохранена", "Кто сохранил")


def cells(note: StatisticsNote, user: User) -> tuple:
    """Return the cells of a workbook."""
    return note.first, note.last, rudate(note.kept_at), note.kept_by.person.short_name
