"""What the inventory tells of a file: its kind and name, its day and size, its hash, until when it is kept."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from mentoring_site.models import StoredFile
from mentoring_site.russian import number_text, rudate, rushort, school_year
from people.consents import texts
from people.retention.models import RetentionTerm
from people.retention.rules import Kept, until, words
from reports.archive.sources import JOURNALS, KINDS, OTHER

LABELS = dict(KINDS)
COLUMNS = ("Дело", "Файл", "Дата", "Размер, байт", "SHA-256", "Сколько хранить", "Хранить по", "Добавлен")
PRINTED = 1000
"""Rows of a printed inventory: more is a workbook."""
PRINT_COLUMNS = (("№", 5), ("Дело и файл", 29), ("Дата", 12), ("Размер", 10), ("SHA-256", 22), ("Хранить", 22))
NO_TERM = "пока нужен: в таблице сроков такого вида нет"


@dataclass(frozen=True)
class FileRow:
    """A file of the inventory."""

    kind: str
    name: str
    day: date
    size: str
    sha256: str
    kept: str
    until: date | None
    over: bool


def name_of(stored: Any) -> str:
    """Return the name; of what participants put to a program or a journal only its number: a name may tell too much."""
    return f"Файл № {stored.pk}" if stored.kind == JOURNALS else stored.name


def term_of(stored: Any) -> Kept:
    """Return how long a file of the inventory is kept and until which day."""
    if not stored.term_kind:
        return Kept(NO_TERM, "")
    term = RetentionTerm(
        kind=stored.term_kind,
        years=stored.term_years,
        from_day=bool(stored.term_from_day),
        by_commission=bool(stored.term_commission),
    )
    return Kept(words(term, stored.source_of_archive or ""), stored.term_article or "", until(term, stored.since))


def size_of(stored: StoredFile) -> str:
    """«240 КБ», «1,4 МБ»."""
    if stored.size < 1024 * 1024:
        return f"{max(1, round(stored.size / 1024))}\u00a0КБ"
    return f"{number_text(round(stored.size / 1024 / 1024, 1))}\u00a0МБ"


def row(stored: Any, user: Any) -> FileRow:
    """Return the line of a file of the inventory."""
    kept = term_of(stored)
    return FileRow(
        kind=LABELS.get(stored.kind, LABELS[OTHER]),
        name=name_of(stored),
        day=stored.day,
        size=size_of(stored),
        sha256=stored.sha256,
        kept=kept.words,
        until=kept.until,
        over=kept.until is not None and kept.until < timezone.localdate(),
    )


def cells(stored: Any, user: Any) -> tuple:
    """Return the cells of a file under ``COLUMNS``."""
    kept = term_of(stored)
    return (
        LABELS.get(stored.kind, LABELS[OTHER]),
        name_of(stored),
        stored.day,
        stored.size,
        stored.sha256,
        f"{kept.words} ({kept.article})" if kept.article else kept.words,
        kept.until,
        timezone.localdate(stored.uploaded_at),
    )


def paper_facts(rows: list[FileRow], year: int | None, filters: str = "", *, cut: bool = False) -> dict[str, Any]:
    """Return the facts of the paper: the rows as they are, in the order of the page."""
    return {
        "school": texts.operator_facts(),
        "date": timezone.localdate().isoformat(),
        "year": "" if year is None else school_year(year, full=True),
        "filters": filters,
        "cut": cut,
        "most": PRINTED,
        "total": len(rows),
        "columns": [{"label": label, "width": width} for label, width in PRINT_COLUMNS],
        "rows": [
            [
                number,
                f"{line.kind}: {line.name}",
                rushort(line.day),
                line.size,
                line.sha256,
                f"{line.kept}{f', по {rudate(line.until)}' if line.until else ''}",
            ]
            for number, line in enumerate(rows, 1)
        ],
    }
