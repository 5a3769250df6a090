"""XLSX in and out: a guarded door for strangers' workbooks and a streaming writer for ours.

In: the package is measured before openpyxl sees it, nothing is evaluated, and whatever openpyxl raises on a damaged
file becomes one Russian sentence (:class:`DamagedFile`). Out: rows go straight to a temporary file, so memory stays
flat however long the list is, and no text of a user can become a formula.
"""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import openpyxl
from defusedxml.ElementTree import iterparse
from openpyxl.utils.cell import coordinate_to_tuple

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

MAX_FILE = 10 * 1024 * 1024
MAX_MEMBERS = 200
MAX_UNPACKED = 30 * 1024 * 1024
MAX_RATIO = 100
MAX_SERVICE_PART = 2 * 1024 * 1024  # styles and the like: openpyxl reads them many times slower than cells
MAX_ROWS = 20_000
LAST_ROW = 1_048_576  # of any sheet of Excel
MAX_COLUMNS = 200
MAX_CELLS = 400_000
MAX_TEXT = 2_000

ZIP_SIGNATURE = b"PK\x03\x04"
OLE2_SIGNATURE = bytes.fromhex("D0CF11E0A1B11AE1")
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
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

WHOLE_FILE_ADVICE = "Откройте его в Excel, сохраните заново как «Книга Excel (.xlsx)» и загрузите ещё раз."


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
    """One non-empty row: its number in the sheet (from 1) and its cells without empty ones at the end."""

    number: int
    cells: tuple


class Book:
    """An opened workbook: the names of its sheets and, on request, their rows. Formulas are never evaluated."""

    def __init__(self, content: bytes, with_formulas: bool):
        self._content = content
        self._with_formulas = with_formulas
        with _damage_told():
            self._workbook = openpyxl.load_workbook(
                io.BytesIO(content), read_only=True, data_only=True, keep_links=False
            )
            every = {sheet.title: sheet for sheet in self._workbook.worksheets}
            self._sheets = {t: s for t, s in every.items() if s.sheet_state == "visible"} or every
        if not self._sheets:
            raise DamagedFile("В книге нет ни одного листа с таблицей.")

    @property
    def sheets(self) -> list[str]:
        """Names of the visible sheets in their order (of all, when all are hidden)."""
        return list(self._sheets)

    def rows(self, sheet: str, limit: int | None = None) -> list[Row]:
        """Non-empty rows of a sheet.

        Takes the name of a sheet and, for a first look, how many rows of the sheet to read at most.
        Raises DamagedFile when the sheet is broken or beyond the limits, KeyError for an unknown name.
        """
        source = self._sheets[sheet]
        with _damage_told():
            uncalculated = self._uncalculated(source) if self._with_formulas else {}
            return list(_rows(source, limit or MAX_ROWS, uncalculated, cut=limit is not None))

    def close(self) -> None:
        """Free the file."""
        self._workbook.close()

    def _uncalculated(self, source) -> dict[int, set[int]]:
        """Row -> columns (from 0) of formulas that carry no value calculated by the program that wrote the file."""
        found: dict[int, set[int]] = {}
        row = column = 0
        with zipfile.ZipFile(io.BytesIO(self._content)) as package, package.open(source._worksheet_path) as part:
            for event, element in iterparse(part, events=("start", "end"), forbid_dtd=True):
                tag = element.tag.rpartition("}")[2]
                if event == "start" and tag == "row":
                    row, column = int(element.get("r") or row + 1), 0
                elif event == "end" and tag == "c":
                    column = coordinate_to_tuple(element.get("r"))[1] if element.get("r") else column + 1
                    parts = {child.tag.rpartition("}")[2]: child for child in element}
                    known = "v" in parts and (parts["v"].text or element.get("t") == "str")
                    if "f" in parts and not known:
                        found.setdefault(row, set()).add(column - 1)
                elif event == "end" and tag == "row":
                    element.clear()
        return found


def open_upload(file) -> Book:
    """Open somebody's workbook for reading.

    Takes a path, bytes or a file object open for reading; returns a :class:`Book`; raises DamagedFile with a sentence
    when the file is absent, too large, not an XLSX workbook, encrypted, a decompression bomb or damaged.
    """
    content = _content(file)
    return Book(content, _inspect(content))


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


def _inspect(content: bytes) -> bool:
    """Measure the package before anything parses it; returns whether any sheet carries formulas."""
    if not content:
        raise DamagedFile("Файл пуст.")
    if content.startswith(OLE2_SIGNATURE):
        raise DamagedFile(
            "Файл защищён паролем или это старый формат .xls. Снимите пароль и сохраните его как «Книга Excel (.xlsx)»."
        )
    if not content.startswith(ZIP_SIGNATURE):
        raise DamagedFile("Это не книга Excel. Нужен файл .xlsx.")
    with _damage_told(), zipfile.ZipFile(io.BytesIO(content)) as package:
        members = package.infolist()
        _check_sizes(members)
        _check_kind({member.filename for member in members})
        sheets = [member for member in members if member.filename.startswith("xl/worksheets/")]
        return any([_has_formulas(package, member) for member in sheets])


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    """Refuse bombs by what the directory of the package says (zipfile never unpacks more than it says)."""
    bomb = "Файл распаковывается в слишком большой объём и похож на вредоносный. " + WHOLE_FILE_ADVICE
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise DamagedFile(bomb)
    names = set()
    for member in members:
        if member.flag_bits & 0x1:
            raise DamagedFile("Файл защищён паролем. Снимите пароль и загрузите его ещё раз.")
        if member.file_size > MAX_RATIO * max(member.compress_size, 1):
            raise DamagedFile(bomb)
        bulky = member.filename.startswith(("xl/worksheets/", "xl/media/", "xl/drawings/", "xl/sharedStrings"))
        if member.file_size > MAX_SERVICE_PART and not bulky:
            raise DamagedFile("В книге слишком много оформления. Скопируйте таблицу в новую книгу «только значения».")
        if member.filename in names:
            raise DamagedFile("Файл повреждён. " + WHOLE_FILE_ADVICE)
        names.add(member.filename)


def _check_kind(names: set[str]) -> None:
    """Distinguish a workbook from other packages by its parts."""
    if "xl/workbook.bin" in names:
        raise DamagedFile("Файл сохранён в формате .xlsb. Сохраните его как «Книга Excel (.xlsx)».")
    if "xl/vbaProject.bin" in names:
        raise DamagedFile("В книге есть макросы. Сохраните её как «Книга Excel (.xlsx)» без макросов.")
    if "mimetype" in names and "content.xml" in names:
        raise DamagedFile("Файл сохранён в формате OpenDocument. Сохраните его как «Книга Excel (.xlsx)».")
    if "[Content_Types].xml" not in names:
        raise DamagedFile("Это не книга Excel. Нужен файл .xlsx.")


def _has_formulas(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Whether a sheet has formulas; reads it to its end, so that a wrong check sum shows here."""
    found, tail = False, b""
    with package.open(member) as part:
        while chunk := part.read(1 << 20):
            found = found or FORMULA.search(tail + chunk) is not None
            tail = chunk[-40:]
    return found


@contextmanager
def _damage_told() -> Iterator[None]:
    """Turn everything that reading a damaged package raises into one sentence, and keep openpyxl's warnings quiet."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except DamagedFile:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
        raise DamagedFile("Файл повреждён: архив внутри него не раскрывается. " + WHOLE_FILE_ADVICE) from None
    except Exception:
        # The one deliberately broad catch: on damaged workbooks openpyxl was seen to raise KeyError, ValueError,
        # TypeError, IndexError, AttributeError, OSError, OverflowError, RuntimeError, UnicodeDecodeError, ParseError,
        # struct.error and InvalidFileException, and it promises no closed list.
        raise DamagedFile("Файл повреждён: таблица в нём не читается. " + WHOLE_FILE_ADVICE) from None


def _rows(source, limit: int, uncalculated: dict[int, set[int]], *, cut: bool) -> Iterator[Row]:
    """Iterate over a sheet within the limits; with ``cut`` stop at the limit, else refuse what goes beyond it."""
    source.reset_dimensions()  # what the file says about its size is not to be believed
    cells_seen, blank = 0, ()
    walk = source.iter_rows(max_row=limit if cut else None, max_col=MAX_COLUMNS + 1, values_only=True)
    for number, values in enumerate(walk, 1):
        if values is blank:  # openpyxl fills gaps between rows with one and the same tuple
            if number > LAST_ROW:
                raise DamagedFile("Файл повреждён: таблица в нём не читается. " + WHOLE_FILE_ADVICE)
            continue
        width = len(values)
        while width and values[width - 1] is None:
            width -= 1
        holes = uncalculated.get(number)
        if holes:
            width = max(width, min(max(holes), MAX_COLUMNS) + 1)
        if not width:
            blank = values
            continue
        cells_seen += width
        if number > MAX_ROWS:
            raise DamagedFile("На листе больше 20 000 строк. Оставьте в файле только список.")
        if width > MAX_COLUMNS:
            raise DamagedFile("На листе больше 200 столбцов. Оставьте в файле только список.")
        if cells_seen > MAX_CELLS:
            raise DamagedFile("На листе слишком много заполненных ячеек. Оставьте в файле только список.")
        cells = values[:width]
        if holes or any([type(value) is str and (len(value) > MAX_TEXT or value[:1] == "#") for value in cells]):
            cells = tuple(_doubted(value, column in (holes or ())) for column, value in enumerate(cells))
        yield Row(number, cells)


def _doubted(value, uncalculated: bool):
    """The cell as it is, or as a text with the reason why it must not be trusted."""
    if uncalculated and value is None:
        return Doubtful("", "В ячейке формула без вычисленного значения: замените её значением")
    if isinstance(value, str):
        if value.strip() in ERROR_VALUES:
            return Doubtful("", f"В ячейке ошибка «{value.strip()}» вместо значения")
        if len(value) > MAX_TEXT:
            return Doubtful(value[:MAX_TEXT], "В ячейке больше 2 000 знаков: прочитано только начало")
    return value
