"""Facts of the paper: the note of statistics (п. 3.4)."""

from datetime import datetime
from typing import Any

from mentoring_site.russian import rudate
from people.accounts.models import User
from people.roles.holders import holder
from people.roles.letterhead import school_facts
from reports.indicators.periods import Period
from reports.statistics.counting import COLUMNS, tables

TITLE = "Справка о числе участников наставничества"
NOT_FEDERAL = (
    "Это внутренняя справка школы о числе участников программ наставничества. Она не заменяет форм федерального"
    " статистического наблюдения."
)


def kept_words(at: datetime, by: User) -> str:
    """«Сохранена 2 октября 2026 г., Очирова С. Д.»."""
    return f"Сохранена {rudate(at)}, {by.person.short_name}"


def facts(period: Period) -> dict[str, Any]:
    """Return what ``documents/statistics.html`` reads, counted now."""
    curator = holder("curator")
    return {
        "school": school_facts(),
        "title": TITLE,
        "lead": period.words,
        "not_federal": NOT_FEDERAL,
        "kept": "",
        "columns": ["Строка", *(column.name for column in COLUMNS.values())],
        "tables": [
            {"title": one.title, "note": one.note, "rows": [[line.label, *line.numbers] for line in one.lines]}
            for one in tables(period)
        ],
        "signature": {"post": "Куратор", "name": curator.signature_name if curator else ""},
    }
