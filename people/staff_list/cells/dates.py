"""Dates as lists write them."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from people.staff_list.cells.texts import DOUBT, NOTHING, REFUSAL, Read, plain, simple

MONTHS = {
    stem: number
    for number, stem in enumerate(
        ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"), 1
    )
}
YEAR_WORD = r"(?:\s?(?:года рожд\w*|года|год|г\.?\s?р\.?|г)\.?)?"
NUMERIC_DATE = re.compile(rf"(\d{{1,2}})\s?[./,-]\s?(\d{{1,2}})\s?[./,-]\s?(\d{{4}}|\d{{2}}){YEAR_WORD}")
ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
WORD_DATE = re.compile(rf"[«\"]?(\d{{1,2}})[»\"]?\s+([а-я]+)\.?\s+(\d{{4}}){YEAR_WORD}")
EXCEL_EPOCH = date(1899, 12, 30)


def month_number(word: str) -> int:
    """1 to 12 for «января», «янв», 0 for no month; «мая» and «марта» are not confused."""
    return next((number for stem, number in MONTHS.items() if word.startswith(stem)), 0)


def read_date(cell: Any) -> Read[date | None]:
    """A date: of Excel, «05.09.1990 г.», «5 сентября 1990», ISO. A day that the calendar lacks is a refusal."""
    if isinstance(cell, datetime):
        return Read(cell.date())
    if isinstance(cell, date):
        return Read(cell)
    if isinstance(cell, bool):
        return Read(None, DOUBT, "Вместо даты стоит логическое значение: дата останется пустой")
    if isinstance(cell, int | float):
        return _serial_date(cell)
    text = simple(plain(cell))
    if NOTHING.fullmatch(text):
        return Read(None)
    if found := ISO_DATE.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := NUMERIC_DATE.fullmatch(text):
        day, month, year = map(int, found.groups())
        if len(found[3]) == 2:
            return _short_year(text, day, month, year)
    elif found := WORD_DATE.fullmatch(text):
        day, month, year = int(found[1]), month_number(found[2]), int(found[3])
        if not month:
            return Read(None, DOUBT, f"Месяц «{found[2]}» не понят: дата останется пустой")
    elif re.fullmatch(r"(19|20)\d\d( ?г\.?(\s?р\.?)?| год)?", text):
        return Read(None, DOUBT, f"«{plain(cell)}» — только год: дата останется пустой")
    else:
        return Read(None, DOUBT, f"«{plain(cell)}» — не дата: она останется пустой")
    return _calendar(day, month, year, plain(cell))


def _calendar(day: int, month: int, year: int, text: str) -> Read[date | None]:
    try:
        return Read(date(year, month, day))
    except ValueError:
        return Read(None, REFUSAL, f"{text}: такого дня нет")


def _short_year(text: str, day: int, month: int, year: int) -> Read[date | None]:
    """A year of two digits is taken for the past: 85 is 1985, 04 is 2004."""
    year += 2000 if year <= timezone.localdate().year % 100 else 1900
    read = _calendar(day, month, year, text)
    if read.level:
        return read
    return Read(read.value, DOUBT, f"Год записан двумя цифрами: читается как {read.value:%d.%m.%Y}")


def _serial_date(number: float) -> Read[date | None]:
    """A bare number: a year, or a date that lost its format in Excel."""
    if 1900 <= number <= 2100 and number == int(number):
        return Read(None, DOUBT, f"«{int(number)}» — только год: дата останется пустой")
    if 5_000 <= number <= 80_000:
        day = EXCEL_EPOCH + timedelta(days=int(number))
        return Read(day, DOUBT, f"Число {int(number)} без формата даты: читается как {day:%d.%m.%Y}")
    return Read(None, DOUBT, f"Число {plain(number)} — не дата: она останется пустой")
