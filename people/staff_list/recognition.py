"""Understanding an untidy staff list: its sheets, headings and columns.

The result is a :class:`Mapping` that a person may correct; ``people.staff_list.sheet_rows`` reads the rows with it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from mentoring_site.xlsx.reader import Book, DamagedFile, Row, Sheet
from people.staff_list import cells as staff_list_cells
from people.staff_list.headings import FIELDS, MOST_ROWS, headings, match_columns

LOOK_AT = 40  # rows from the top in which a heading is looked for
SHEETS = 30  # of one book that are looked at

AS_OF = re.compile(r"\bна\s+(\d{1,2}[./-]\d{1,2}[./-]\d{4}|[«\"]?\d{1,2}[»\"]?\s+[а-яё]+\s+\d{4})", re.IGNORECASE)
SCHOOL_YEAR = re.compile(r"\b(20\d\d)\s*[-–—/]\s*(?:20)?\d\d\b\s*(?:уч|г)", re.IGNORECASE)
UNIT = re.compile(
    r"отдел|администр|секци|кафедр|комисси|персонал|подразделен|филиал|класс\b|коллектив|состав|работник|педагоги|"
    r"совместители",
    re.IGNORECASE,
)
PATRONYMIC = re.compile(r"(вич|[ьи]ич|вна|чна|шна|оглы|кызы|уулу)$", re.IGNORECASE)
FULL_NAME = re.compile(
    r"[А-ЯЁ][а-яёА-ЯЁ-]+\s+[А-ЯЁ][а-яёА-ЯЁ-]+\s+[А-ЯЁ][а-яёА-ЯЁ]+(вич|ич|вна|чна|шна)\b", re.IGNORECASE
)
DATA = re.compile(r"\S+@\S+|\+?[\d ()-]{10,}|\d{1,2}[./]\d{1,2}[./]\d{2,4}( ?г\.?)?")
PHONE = re.compile(r"\+?[78]?[\s(-]*\d{3}[\d\s()-]{7,12}")
POSTS = re.compile(r"преподават|концертмейстер|методист|педагог|учител|директор", re.IGNORECASE)


@dataclass(frozen=True)
class Mapping:
    """Where everything stands: sheet, heading (first row and how many), field -> column from 0, date of the list.

    ``others`` are further sheets of the book that are read too, each with its own heading and columns.
    """

    sheet: str
    header_row: int
    header_rows: int = 1
    columns: dict[str, int] = field(default_factory=dict)
    as_of: date | None = None
    others: tuple["Mapping", ...] = ()
    post: str = ""  # of everybody, when the list has no column for it

    @property
    def complete(self) -> bool:
        """Whether the two columns are there without which nobody can be written: the name and the post."""
        return not self.missing

    @property
    def missing(self) -> list[str]:
        """What has not been found, as labels of fields."""
        found = self.columns
        lacking = [] if "name" in found or {"last_name", "first_name"} <= found.keys() else ["Ф. И. О."]
        return lacking + ([] if "post" in found or self.post else [FIELDS["post"]])

    @property
    def first_row(self) -> int:
        """The first row under the heading."""
        return self.header_row + self.header_rows

    @property
    def sheets(self) -> list[str]:
        """Names of all sheets that are read."""
        return [self.sheet, *(other.sheet for other in self.others)]

    def to_json(self) -> dict:
        """The mapping as plain data."""
        as_of = self.as_of.isoformat() if self.as_of else None
        data = {
            "sheet": self.sheet,
            "header_row": self.header_row,
            "header_rows": self.header_rows,
            "columns": self.columns,
            "as_of": as_of,
        }
        data |= {"post": self.post} if self.post else {}
        return data | ({"others": [other.to_json() for other in self.others]} if self.others else {})

    @classmethod
    def from_json(cls, data: dict) -> "Mapping":
        """The mapping from plain data, as ``to_json`` gave it."""
        as_of = date.fromisoformat(data["as_of"]) if data.get("as_of") else None
        others = tuple(cls.from_json(other) for other in data.get("others", ()))
        columns, post = dict(data["columns"]), data.get("post", "")
        return cls(data["sheet"], data["header_row"], data["header_rows"], columns, as_of, others, post)


def recognize(book: Book) -> Mapping:
    """Find the sheet, heading and columns of a staff list.

    Returns the best guess, possibly incomplete (``Mapping.complete``); raises DamagedFile when no sheet has any text.
    """
    best, best_score = None, -10.0
    for sheet in book.visible[:SHEETS]:
        for mapping, score in _guesses(sheet):
            if score > best_score:
                best, best_score = mapping, score
    if best is None:
        raise DamagedFile("В книге нет ни одной заполненной строки.")
    titles = [row.cells for row in book.sheet(best.sheet).first(LOOK_AT) if row.number < best.header_row]
    return replace(best, as_of=as_of_date([*titles, (best.sheet,)]))


def other_lists(book: Book, mapping: Mapping) -> list[Mapping]:
    """Further sheets of a book that look like staff lists, read or not."""
    found = []
    for sheet in book.visible[:SHEETS]:
        guesses = [] if sheet.name == mapping.sheet else list(_guesses(sheet))
        if guesses:
            best = max(guesses, key=lambda guess: guess[1])[0]
            below = any(row.number >= best.first_row for row in sheet.rows)
            if best.complete and below:
                found.append(best)
    return found


def heading_texts(book: Book, mapping: Mapping) -> list[str]:
    """Texts of the heading of a mapped sheet, column by column."""
    sheet = book.sheet(mapping.sheet)
    return headings(sheet.first(mapping.first_row), mapping.header_row, mapping.header_rows, sheet.merges)


def _guesses(sheet: Sheet) -> Iterator[tuple[Mapping, float]]:
    """Every row, alone and with up to three below it, tried as the heading; with how well it fits."""
    rows = sheet.first(LOOK_AT)
    for index, row in enumerate(rows):
        if _is_data(row):
            continue
        for count in range(1, MOST_ROWS + 1):
            lowest = rows[index + count - 1] if index + count - 1 < len(rows) else None
            if lowest is None or lowest.number != row.number + count - 1:
                break
            if count > 1 and (_is_unit(lowest) or _is_data(lowest) or _is_alone(row)):
                break
            columns = match_columns(headings(rows, row.number, count, sheet.merges))
            yield Mapping(sheet.name, row.number, count, columns), _score(columns) - 0.5 * (count - 1)
    if rows and (columns := _by_content(rows)):
        yield Mapping(sheet.name, rows[0].number, 0, columns), 0.5


def _is_unit(row: Row) -> bool:
    """Whether a row is the name of a department alone: under a heading it begins a section, it is no part of it."""
    texts = [text for text in map(staff_list_cells.plain, row.cells) if text]
    return len(texts) == 1 and UNIT.search(texts[0]) is not None


def _is_alone(row: Row) -> bool:
    """Whether a row has one text only: over a heading it is the title of the table, no part of its columns."""
    return len({text for text in map(staff_list_cells.plain, row.cells) if text}) == 1


def is_counter(cells: Sequence[object]) -> bool:
    """Whether a row only counts the columns: 1, 2, 3…, as numbers or as text."""
    texts = [text for text in map(staff_list_cells.plain, cells) if text]
    return (
        len(texts) > 2 and all(re.fullmatch(r"\d{1,2}[а-я]?", text) for text in texts) and texts[0] in ("1", "2", "0")
    )


def _is_data(row: Row) -> bool:
    """Whether a row cannot be a part of a heading: a date, a telephone, a full name, the numbers of columns."""
    if is_counter(row.cells):
        return True
    for cell in row.cells:
        if isinstance(cell, datetime | date):
            return True
        if isinstance(cell, str) and (DATA.fullmatch(cell.strip()) or FULL_NAME.match(cell.strip())):
            return True
    return False


def _by_content(rows: Sequence[Row]) -> dict[str, int]:
    """Columns of a list without any heading, by what stands in them; nothing when it is no list of people."""
    columns: dict[str, int] = {}
    for at in range(max(len(row.cells) for row in rows)):
        cells = [row.cells[at] for row in rows if at < len(row.cells) and row.cells[at] is not None]
        texts = [cell for cell in cells if isinstance(cell, str)]
        for name, found in (
            ("name", sum(FULL_NAME.match(text.strip()) is not None for text in texts)),
            ("post", sum(POSTS.search(text) is not None for text in texts)),
            ("email", sum("@" in text for text in texts)),
            ("phone", sum(PHONE.fullmatch(str(cell)) is not None for cell in cells)),
            ("birth_date", sum(isinstance(cell, datetime) for cell in cells)),
        ):
            if name not in columns and found and found * 2 > len(cells):
                columns[name] = at
                break
    return columns if {"name", "post"} <= columns.keys() else {}


def _score(columns: dict[str, int]) -> int:
    """How much was recognized; a heading without a name column is worth little."""
    named = "name" in columns or "last_name" in columns
    return len(columns) + (3 if named else 0)


def as_of_date(titles: Sequence[Sequence[object]]) -> date | None:
    """The date of the list from the rows above the heading or the name of the sheet: «на 01.09.2026 г.».

    A school year alone («2026/2027 учебный год») is its first day.
    """
    texts = [staff_list_cells.plain(cell) for cells in titles for cell in cells if isinstance(cell, str)]
    for text in texts:
        found = AS_OF.search(text)
        if found and (stated := staff_list_cells.read_date(found[1]).value):
            return stated
    years = [found for text in texts if (found := SCHOOL_YEAR.search(text))]
    return date(int(years[0][1]), 9, 1) if years else None


def looks_like_person(text: str) -> bool:
    """Whether a text alone in its row is a person's name rather than a section: «Иванова Анна Петровна»."""
    words = text.split()
    if not 2 <= len(words) <= 5 or UNIT.search(text):
        return False
    capital = all(word[:1].isupper() for word in words[:2])
    return capital and any(PATRONYMIC.search(word.strip(",.*")) for word in words[1:])


__all__ = [
    "FIELDS",
    "Mapping",
    "as_of_date",
    "heading_texts",
    "is_counter",
    "looks_like_person",
    "other_lists",
    "recognize",
]
