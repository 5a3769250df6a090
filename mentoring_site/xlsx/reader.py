"""A guarded door for strangers' workbooks: they are read by :mod:`mentoring_site.xlsx.walk` in a process that ends.

The process has limits of memory and processor time, so no file can hold or enlarge the one that asks; what comes back
is plain values. Whatever is wrong with a file becomes one Russian sentence (:class:`DamagedFile`).
"""

import io
import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from mentoring_site.xlsx.package import TOO_INTRICATE

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

MAX_FILE = 10 * 1024 * 1024
WALL_SECONDS = 40  # the process has fifteen seconds of processor time; on a busy machine they last longer
ROOT = str(Path(__file__).resolve().parents[2])
COMMAND = [
    sys.executable,
    "-ISc",
    f"import sys; sys.path.append({ROOT!r}); from mentoring_site.xlsx.walk import main; main()",
]

ZIP_SIGNATURE = b"PK\x03\x04"
OLE2_SIGNATURE = bytes.fromhex("D0CF11E0A1B11AE1")


class DamagedFile(Exception):
    """The workbook cannot, or must not, be read; the message is a Russian sentence for the person who brought it."""


class Doubtful(str):
    """A cell's text that must not be trusted; ``why`` is the Russian sentence that says so."""

    why: str

    def __new__(cls, text: str, why: str) -> "Doubtful":
        cell = super().__new__(cls, text)
        cell.why = why
        return cell


class Row(NamedTuple):
    """One non-empty row: its number in the sheet (from 1), its cells without empty ones at the end, whether hidden."""

    number: int
    cells: tuple
    hidden: bool = False


class Merge(NamedTuple):
    """A merged area: first and last row (from 1), first and last column (from 0). Its value is in the first cell."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """A sheet: its non-empty rows, the merged areas within them, the numbers (from 0) of hidden columns.

    ``struck`` are the cells whose text is struck out: row (from 1) and column (from 0).
    """

    name: str
    hidden: bool
    rows: tuple[Row, ...]
    merges: tuple[Merge, ...] = ()
    hidden_columns: frozenset[int] = frozenset()
    struck: frozenset[tuple[int, int]] = frozenset()

    def first(self, last: int) -> list[Row]:
        """The rows down to this number."""
        return [row for row in self.rows if row.number <= last]


@dataclass(frozen=True)
class Book:
    """A workbook that has been read to its end: all its sheets; formulas are never evaluated.

    ``comments`` says that remarks hang on cells: they are not read. ``shift`` is what has to be added to a bare number
    that stands for a date: books of the 1904 system have 1,462 days.
    """

    sheets: tuple[Sheet, ...]
    shift: int = 0
    comments: bool = False

    @property
    def visible(self) -> list[Sheet]:
        """The visible sheets in their order (all, when all are hidden)."""
        return [sheet for sheet in self.sheets if not sheet.hidden] or list(self.sheets)

    def sheet(self, name: str) -> Sheet:
        """The sheet with this name. Raises KeyError."""
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise KeyError(name)


def open_upload(file) -> Book:
    """Read somebody's workbook.

    Takes a path, bytes or a file object open for reading; returns a :class:`Book`; raises DamagedFile with a sentence
    when the file is absent, too large, not an XLSX workbook, encrypted, a decompression bomb or damaged.
    """
    content = _content(file)
    _check_signature(content)
    return assembled(_walked(content))


def _content(file) -> bytes:
    """The bytes of an upload, a path or bytes, never more than the limit."""
    try:
        if isinstance(file, bytes):
            content = file
        elif hasattr(file, "read"):
            file.seek(0)
            content = file.read(MAX_FILE + 1)
        else:
            with open(file, "rb") as opened:
                content = opened.read(MAX_FILE + 1)
    except FileNotFoundError:
        raise DamagedFile(f"Файла «{file}» нет.") from None
    except OSError as error:
        raise DamagedFile(f"Файл не открывается: {error.strerror or error}.") from None
    if len(content) > MAX_FILE:
        raise DamagedFile("Файл больше 10 МБ. Удалите из книги рисунки и лишние листы.")
    return content


def _check_signature(content: bytes) -> None:
    """Refuse what is no package at all without a process."""
    if not content:
        raise DamagedFile("Файл пуст.")
    if content.startswith(OLE2_SIGNATURE):
        raise DamagedFile(
            "Файл защищён паролем или это старый формат .xls. Снимите пароль и сохраните его как «Книга Excel (.xlsx)»."
        )
    if not content.startswith(ZIP_SIGNATURE):
        raise DamagedFile("Это не книга Excel. Нужен файл .xlsx.")


def _walked(content: bytes) -> Iterable[bytes]:
    """The lines that the process wrote about a workbook. Raises DamagedFile when it had to be ended."""
    try:
        done = subprocess.run(
            COMMAND,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=WALL_SECONDS,
            check=False,
            env={},
        )
    except subprocess.TimeoutExpired:
        raise DamagedFile(TOO_INTRICATE) from None
    if done.returncode:  # ended by a limit
        raise DamagedFile(TOO_INTRICATE)
    return io.BytesIO(done.stdout)


def assembled(lines: Iterable[bytes | str]) -> Book:
    """The workbook from the lines of the process. Raises DamagedFile with the sentence of a refusal."""
    sheets: list[Sheet] = []
    name, hidden, rows, shift, comments = "", False, [], 0, False
    for line in lines:
        said = json.loads(line)
        if isinstance(said, list):
            number, row_hidden, cells = said
            rows.append(Row(number, tuple([_value(c) if type(c) is list else c for c in cells]), row_hidden))
        elif "refused" in said:
            raise DamagedFile(said["refused"])
        elif "sheet" in said:
            name, hidden, rows = said["sheet"], said["hidden"], []
        elif "merges" in said:
            merges = tuple(Merge(*merge) for merge in said["merges"])
            struck = frozenset((row, column) for row, column in said["struck"])
            sheets.append(Sheet(name, hidden, tuple(rows), merges, frozenset(said["columns"]), struck))
        elif "shift" in said:
            shift, comments = said["shift"], said.get("comments", False)
    return Book(tuple(sheets), shift, comments)


def _value(cell: list) -> Doubtful | datetime | time | timedelta:
    """What a cell is that JSON has no word for."""
    match cell:
        case ["?", text, why]:
            return Doubtful(text, why)
        case ["d", text]:
            return datetime.fromisoformat(text)
        case ["t", text]:
            return time.fromisoformat(text)
        case [_, seconds]:
            return timedelta(seconds=seconds)
    raise ValueError(cell)
