"""Values of cells from the text of a workbook: numbers, dates, durations, texts that must not be trusted."""

import math
import re
from datetime import datetime, time, timedelta

from mentoring_site.xlsx.package import BROKEN_TABLE, Refusal

MAX_TEXT = 2_000

ERROR_VALUES = frozenset(
    (
        "#NULL!",
        "#DIV/0!",
        "#VALUE!",
        "#REF!",
        "#NAME?",
        "#NUM!",
        "#N/A",
        "#GETTING_DATA",
        "#SPILL!",
        "#CALC!",
        "#ПУСТО!",
        "#ДЕЛ/0!",
        "#ЗНАЧ!",
        "#ССЫЛКА!",
        "#ИМЯ?",
        "#ЧИСЛО!",
        "#Н/Д",
    )
)

ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NOT_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
DATE_LETTERS = re.compile(r"[dmhys]|ДД|ГГ", re.IGNORECASE)
ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
BUILT_IN_DATES = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
BUILT_IN_ELAPSED = 46
NUMBER, MOMENT, DURATION = "number", "moment", "duration"

EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 — cells of a workbook know no time zone
SHIFT_1904 = 1462  # days between the two date systems of Excel
LEAP_BUG = 60  # Excel believes in 29 February 1900

Cell = str | int | float | bool | list | None


def whole(text: str) -> int:
    """A number of a row, a string or a style. Raises Refusal."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Refusal(BROKEN_TABLE)
    return int(text)


def column_of(letters: str) -> int:
    """The column of «A» to «XFD», from 0. Raises Refusal."""
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
        raise Refusal(BROKEN_TABLE)
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column - 1


def unescaped(text: str) -> str:
    """Characters that Excel writes as ``_x000D_`` are put back, once; what is no text is left out."""
    if "_x" not in text:
        return text
    text = ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # two escapes may be one character
    return NOT_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def trusted(text: str) -> Cell:
    """A text as a cell: nothing when it is empty, with a reason when it must not be trusted."""
    if not text:
        return None
    if text[0] == "#" and text.strip() in ERROR_VALUES:
        return ["?", "", f"В ячейке ошибка «{text.strip()}» вместо значения"]
    if len(text) > MAX_TEXT:
        return ["?", text[:MAX_TEXT], "В ячейке больше 2 000 знаков: прочитано только начало"]
    return text


def number_of(text: str) -> int | float | None:
    """A number of the file, or None for what is none, and for infinite ones."""
    if len(text) > 40:
        return None
    try:
        if text.isdigit():
            return int(text)
        number = float(text)
    except ValueError:
        return None
    if not math.isfinite(number):
        return None
    return int(text) if text[:1] == "-" and text[1:].isdigit() else number


def kind_of_format(code: str) -> str:
    """What a number format makes of a number."""
    code = code.partition(";")[0][:300]
    if ELAPSED.search(code):
        return DURATION
    return MOMENT if DATE_LETTERS.search(NOT_FORMAT.sub("", code)) else NUMBER


def kind_of_built_in(key: str) -> str:
    if not key.isdigit() or int(key) not in BUILT_IN_DATES:
        return NUMBER
    return DURATION if int(key) == BUILT_IN_ELAPSED else MOMENT


def moment(number: float, kind: str, shift: int) -> Cell:
    """The cell of a number that stands for a date, a time of day or a duration; beyond the calendar it is an error."""
    try:
        if kind == DURATION:
            return ["s", timedelta(days=number).total_seconds()]
        if 0 <= number < 1 and not shift:
            whole = EPOCH + timedelta(seconds=round(number * 86400))
            return ["t", time(whole.hour, whole.minute, whole.second).isoformat()]
        days = number + shift if shift else number + 1 if 1 <= number < LEAP_BUG else number
        if days < 0:
            raise OverflowError
        return ["d", (EPOCH + timedelta(seconds=round(days * 86400))).isoformat()]
    except OverflowError:
        return trusted("#VALUE!")


def iso(text: str) -> Cell:
    """A date or time of a strict book."""
    try:
        return ["d", datetime.fromisoformat(text[:40]).replace(tzinfo=None).isoformat()]
    except ValueError:
        pass
    try:
        return ["t", time.fromisoformat(text[:40]).replace(tzinfo=None).isoformat()]
    except ValueError:
        return trusted(text[: 8 * MAX_TEXT])
