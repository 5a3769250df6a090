"""XLSX out: rows go straight to a temporary file, so memory stays flat however long the list is, and no text of a user
can become a formula.
"""

import itertools
import re
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import BinaryIO, NamedTuple

import openpyxl
from django.http import FileResponse
from django.utils import timezone
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from mentoring_site import heavy
from mentoring_site.xlsx.reader import CONTENT_TYPE

# Out

RISKY = re.compile("^[=+\\-@#\t\r\n]|[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
BAD_IN_TITLE = re.compile(r"[\\/*?:\[\]\x00-\x1f]")
DATE_FORMAT, MOMENT_FORMAT, TIME_FORMAT = "DD.MM.YYYY", "DD.MM.YYYY HH:MM", "HH:MM"
PLAIN = frozenset((int, float, bool, Decimal, type(None)))
SAMPLE_ROWS = 50


class Column(NamedTuple):
    """A column of a list: its heading and, when the contents should not decide, its width in characters."""

    title: str
    width: int | None = None


def workbook(title: str, columns: Sequence[Column | str], rows: Iterable[Sequence]) -> openpyxl.Workbook:
    """A write-only workbook with one sheet: bold frozen heading, filter, widths, dates as dates, texts as texts.

    Takes the name of the sheet, its columns and any iterable of rows (walked through once); returns the workbook, to
    be saved once. Cells may be text, numbers, dates, times, booleans (written «да» and «нет») and None.
    """
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(BAD_IN_TITLE.sub(" ", title).strip("' ")[:31] or "Список")
    heads = [column if isinstance(column, Column) else Column(str(column)) for column in columns]
    rows = iter(rows)
    sample = [list(row) for row in itertools.islice(rows, SAMPLE_ROWS)]
    for index, head in enumerate(heads):
        sheet.column_dimensions[get_column_letter(index + 1)].width = head.width or _width(head.title, sample, index)
    sheet.freeze_panes = "A2"
    sheet.append([_heading(sheet, head.title) for head in heads])
    count, safe = 1, _Safe(sheet)
    for row in itertools.chain(sample, rows):
        sheet.append(safe.row(row))
        count += 1
    if heads:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{count}"
    return book


def stream_xlsx(filename: str, title: str, columns: Sequence[Column | str], rows: Iterable[Sequence]) -> FileResponse:
    """Answer a request with a list as XLSX; written to a temporary file, so that memory stays flat."""
    file = write_xlsx(tempfile.TemporaryFile(), title, columns, rows)  # noqa: SIM115 (the response closes it)
    if not filename.endswith(".xlsx"):
        filename += ".xlsx"
    return FileResponse(file, as_attachment=True, filename=filename, content_type=CONTENT_TYPE)


def write_xlsx(file: BinaryIO, title: str, columns: Sequence[Column | str], rows: Iterable[Sequence]) -> BinaryIO:
    """Write a list into an open binary file and return the file wound back to its beginning."""
    heavy.note()
    workbook(title, columns, rows).save(file)
    file.seek(0)
    return file


class _Safe:
    """Makes the cells of a row safe. One cell object per column and kind is reused: openpyxl writes it at once."""

    def __init__(self, sheet):
        self._sheet = sheet
        self._cells: dict[tuple, Cell] = {}

    def row(self, values: Sequence) -> list:
        safe = list(values)
        search, plain = RISKY.search, PLAIN
        for index, value in enumerate(safe):
            kind = type(value)
            if kind is str:
                if search(value):
                    safe[index] = self._text(index, value)
            elif kind is bool:
                safe[index] = "да" if value else "нет"
            elif kind not in plain:
                safe[index] = self._other(index, value)
        return safe

    def _text(self, index: int, text: str) -> Cell:
        """Text as text: without characters that XML cannot carry, never a formula and never an error value."""
        text = ILLEGAL.sub("", text)
        cell = self._cell(index, "text")
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = text[:1] in "=+-@\t\r\n"
        return cell

    def _other(self, index: int, value):
        """Dates with a Russian format, moments in local time, anything else as its text."""
        if isinstance(value, datetime):
            if timezone.is_aware(value):
                value = timezone.localtime(value)
            return self._formatted(index, value.replace(tzinfo=None, microsecond=0), MOMENT_FORMAT)
        if isinstance(value, date):
            return self._formatted(index, value, DATE_FORMAT)
        if isinstance(value, time):
            return self._formatted(index, value.replace(tzinfo=None), TIME_FORMAT)
        if isinstance(value, timedelta):
            return value
        text = str(value)
        return self._text(index, text) if RISKY.search(text) else text

    def _formatted(self, index: int, value, number_format: str) -> Cell:
        if isinstance(value, date) and value.year < 1900:
            return self._text(index, f"{value:%d.%m.%Y}")  # Excel knows no dates before 1900
        cell = self._cell(index, number_format)
        cell.value = value
        return cell

    def _cell(self, index: int, kind: str) -> Cell:
        cell = self._cells.get((index, kind))
        if cell is None:
            cell = self._cells[index, kind] = WriteOnlyCell(self._sheet)
            if kind != "text":
                cell.number_format = kind
        return cell


def _heading(sheet, title: str) -> Cell:
    """The cell of a heading."""
    cell = WriteOnlyCell(sheet, value=ILLEGAL.sub("", title))
    cell.data_type = "s"
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _width(title: str, sample: list[list], index: int) -> int:
    """A width that fits the longest word of the heading and most of the first rows."""
    longest = max((len(word) for word in title.split()), default=0) + 3
    contents = [_length(row[index]) for row in sample if index < len(row)]
    return max(8, min(60, max([longest, *contents])))


def _length(value) -> int:
    """How many characters a cell takes."""
    if isinstance(value, datetime):
        return 17
    if isinstance(value, date):
        return 11
    return 0 if value is None else len(str(value)) + 1
