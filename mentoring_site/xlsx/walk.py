"""Reads a stranger's workbook in a process of its own: bytes of the file come in, lines of JSON go out, and it ends.

Here and below only the standard library is used, so the process starts in a few hundredths of a second. Every part
is streamed once through expat; members, sheets, elements, the size of one tag, rows, cells, merged areas and the amount
of text are counted and refused before anything is built. Appearance and properties of the book are not read at all, but
for the two things about styles that change a meaning: which numbers are dates, and which texts are struck out.

The lines: ``{"shift": days, "comments": …}``; for each sheet ``{"sheet": name, "hidden": …}``, its rows
``[number, hidden, cells]`` and ``{"merges": …, "columns": …, "struck": …}``; at last ``{"end": true}``, or
``{"refused": sentence}`` instead of what is missing.
A cell is text, a number, a boolean, null, or a list: ``["d", moment]``, ``["t", time]``, ``["s", seconds]`` and
``["?", text, why]`` for a text that must not be trusted.
"""

import io
import json
import posixpath
import re
import resource
import sys
import zipfile
import zlib
from collections.abc import Callable
from xml.parsers import expat

from mentoring_site.xlsx.package import (
    ADVICE,
    BOMB,
    BROKEN_PACKAGE,
    BROKEN_TABLE,
    MAX_MEMBERS,
    ONLY_THE_LIST,
    SIGNATURE_OF_ENTRY,
    TOO_INTRICATE,
    Refusal,
    checked,
)
from mentoring_site.xlsx.values import (
    MAX_TEXT,
    NUMBER,
    SHIFT_1904,
    Cell,
    column_of,
    iso,
    kind_of_built_in,
    kind_of_format,
    moment,
    number_of,
    trusted,
    unescaped,
    whole,
)

CPU_SECONDS = 15  # the largest list takes 2 s alone on two cores; a slow, busy machine is several times slower
MEMORY = 192 * 1024 * 1024

MAX_SHEETS = 100
MAX_TAG = 64 * 1024  # bytes of one tag with its attributes; Excel writes hundreds
MAX_EVENTS = 2_000_000  # elements of all parts: 400,000 cells with formulas have 1,200,000
MAX_DEPTH = 100
MAX_ROWS = 20_000
LAST_ROW = 1_048_576  # of any sheet of Excel
MAX_COLUMNS = 200
MAX_CELLS = 400_000  # of the whole book, as the following limits
MAX_MERGES = 20_000
MAX_STRUCK = 20_000  # cells that are struck out, of one sheet
MAX_COLUMN_RANGES = 5_000
MAX_STRINGS = 400_000
MAX_FORMATS = 100_000
MAX_CHARACTERS = 10_000_000  # that come out

CHUNK = 64 * 1024

COMMENTS = re.compile(r"xl/(threadedcomments/|comments)", re.IGNORECASE)
TRUE = frozenset(("1", "true", "on"))

NO_VALUE = "В ячейке формула без вычисленного значения: замените её значением"

Attributes = dict[str, str]


def walk(content: bytes, tell: Callable[[object], None]) -> None:
    """Read a workbook and pass its lines to ``tell``; raises Refusal, and nothing else on a damaged file."""
    try:
        _Book(content).walk(tell)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
        raise Refusal(BROKEN_PACKAGE) from None
    except MemoryError:
        raise Refusal(TOO_INTRICATE) from None
    except expat.ExpatError as error:
        raise Refusal(TOO_INTRICATE if error.code == 1 else BROKEN_TABLE) from None  # 1: out of memory
    except Refusal:
        raise
    except Exception:
        # The one deliberately broad catch: damaged packages bring KeyError, ValueError, IndexError, OSError,
        # OverflowError, RuntimeError, UnicodeDecodeError, struct.error; no list of them is promised by anybody.
        raise Refusal(BROKEN_TABLE) from None


class _Book:
    """One workbook and what has been spent on it."""

    def __init__(self, content: bytes):
        if content.count(SIGNATURE_OF_ENTRY) > 2 * MAX_MEMBERS:  # before zipfile makes an object of each
            raise Refusal(BOMB)
        self.package = zipfile.ZipFile(io.BytesIO(content))
        self.members = checked(self.package)
        self.events = 0
        self.cells = 0
        self.characters = 0
        self.shift = 0

    def walk(self, tell: Callable[[object], None]) -> None:
        """The parts in the order in which they explain each other."""
        book = self._main_part()
        targets = self._relations(book)
        sheets = self._sheets(book, targets)
        self.strings = self._strings(_target(targets, "/sharedstrings"))
        self.formats = self._formats(_target(targets, "/styles"))
        tell({"shift": self.shift, "comments": any(map(COMMENTS.match, self.members))})
        for name, hidden, part in sheets:
            tell({"sheet": name, "hidden": hidden})
            sheet = _Sheet(self, name, tell)
            self.parse(part, sheet.starts, sheet.ends, sheet.text)
            tell({"merges": sheet.clipped_merges(), "columns": sorted(sheet.hidden_columns), "struck": sheet.struck})
        tell({"end": True})

    def parse(self, part: str, starts: dict, ends: dict | None = None, text: Callable | None = None) -> None:
        """Stream a part through expat; ``starts`` and ``ends`` are handlers by the local names of elements."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_declarations
        spent = _Spent(self, parser, starts, ends or {})
        if text:
            parser.CharacterDataHandler = text
        fed = 0
        with self.package.open(self.members[part.lower()]) as opened:
            while chunk := opened.read(CHUNK):
                parser.Parse(chunk, False)
                fed += len(chunk)
                if fed - parser.CurrentByteIndex > MAX_TAG:
                    raise Refusal(TOO_INTRICATE)
                spent.check()
            parser.Parse(b"", True)
            spent.check()
        self.events = spent.events

    def _main_part(self) -> str:
        """The name of the part that lists the sheets."""
        if "_rels/.rels" in self.members:
            return _target(self._relations(""), "/officedocument") or "xl/workbook.xml"
        return "xl/workbook.xml"

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Id of a relation -> its type in small letters and the part it leads to."""
        folder, name = posixpath.split(part)
        found: dict[str, tuple[str, str]] = {}

        def relation(attributes: Attributes) -> None:
            if attributes.get("TargetMode") != "External":
                to = posixpath.normpath(posixpath.join("/" + folder, attributes["Target"].replace("\\", "/")))
                found[attributes["Id"]] = attributes["Type"].lower(), to.lstrip("/")

        self.parse(posixpath.join(folder, "_rels", name + ".rels"), {"Relationship": relation})
        return found

    def _sheets(self, book: str, targets: dict[str, tuple[str, str]]) -> list[tuple[str, bool, str]]:
        """Name, whether hidden, and part of every sheet with cells; notes the date system."""
        found: list[tuple[str, bool, str]] = []
        names, parts = set(), set()

        def sheet(attributes: Attributes) -> None:
            key = next(value for name, value in attributes.items() if name.endswith(":id"))
            kind, part = targets[key]
            if not kind.endswith("/worksheet"):
                return
            name = unescaped(attributes["name"])[:MAX_TEXT]
            if name in names or part.lower() in parts:  # one sheet named many times is read many times
                raise Refusal(BROKEN_TABLE)
            names.add(name)
            parts.add(part.lower())
            found.append((name, attributes.get("state", "visible") != "visible", part))
            if len(found) > MAX_SHEETS:
                raise Refusal(f"В книге больше {MAX_SHEETS} листов. {ONLY_THE_LIST}")

        def properties(attributes: Attributes) -> None:
            if attributes.get("date1904", "").lower() in TRUE:
                self.shift = SHIFT_1904

        try:
            self.parse(book, {"sheet": sheet, "workbookPr": properties})
        except StopIteration:
            raise Refusal(BROKEN_TABLE) from None
        if not found:
            raise Refusal("В книге нет ни одного листа с таблицей. " + ADVICE)
        return found

    def _strings(self, part: str | None) -> list[Cell]:
        """The shared strings as ready cells."""
        found: list[Cell] = []
        if part is None or part.lower() not in self.members:
            return found
        text = _Text()

        def end(name: str) -> None:
            found.append(trusted(text.take()))
            if len(found) > MAX_STRINGS:
                raise Refusal("В книге слишком много текста. " + ONLY_THE_LIST)

        starts = {"si": text.begin_cell, "t": text.begin, "rPh": text.skip}
        self.parse(part, starts, {"si": end, "t": text.end, "rPh": text.unskip}, text.more)
        return found

    def _formats(self, part: str | None) -> list[str]:
        """What the number under each style is; a damaged part of styles makes all of them plain numbers."""
        own: dict[str, str] = {}
        styles: list[tuple[str, str]] = []
        inside = [""]
        fonts = [0]  # how many fonts have begun
        crossed: set[str] = set()
        self.crossed: list[bool] = []

        def number_format(attributes: Attributes) -> None:
            own[attributes.get("numFmtId", "")] = kind_of_format(attributes.get("formatCode", ""))
            if len(own) > MAX_FORMATS:
                raise Refusal(TOO_INTRICATE)

        def begin(attributes: Attributes) -> None:
            inside[0] = "styles"

        def begin_fonts(attributes: Attributes) -> None:
            inside[0] = "fonts"

        def end(name: str) -> None:
            inside[0] = ""

        def font(attributes: Attributes) -> None:
            fonts[0] += inside[0] == "fonts"

        def strike(attributes: Attributes) -> None:
            if inside[0] == "fonts" and attributes.get("val", "1") in TRUE:
                crossed.add(str(fonts[0] - 1))

        def style(attributes: Attributes) -> None:
            if inside[0] == "styles":
                styles.append((attributes.get("numFmtId", "0"), attributes.get("fontId", "0")))
                if len(styles) > MAX_FORMATS:
                    raise Refusal(TOO_INTRICATE)

        if part is None or part.lower() not in self.members:
            return []
        try:
            starts = {"numFmt": number_format, "fonts": begin_fonts, "font": font, "strike": strike}
            self.parse(part, starts | {"cellXfs": begin, "xf": style}, {"cellXfs": end, "fonts": end})
        except expat.ExpatError as error:
            if error.code == 1:
                raise
            return []
        self.crossed = [key in crossed for _, key in styles] if crossed else []
        return [own.get(key) or kind_of_built_in(key) for key, _ in styles]

    def count_characters(self, length: int) -> None:
        """Spend some of the text that a book may have."""
        self.characters += length
        if self.characters > MAX_CHARACTERS:
            raise Refusal("В книге слишком много текста. " + ONLY_THE_LIST)


class _Spent:
    """Puts the handlers of a part into its parser, by the prefix of its root, and counts elements and their depth."""

    def __init__(self, book: _Book, parser: expat.XMLParserType, starts: dict, ends: dict):
        self.events, self.depth = book.events, 0
        prefix = None
        known: dict[str, Callable] = {}
        closing: dict[str, Callable] = {}

        def start(name: str, attributes: Attributes) -> None:
            nonlocal prefix
            self.events += 1
            self.depth += 1
            if prefix is None:
                prefix = name[: name.find(":") + 1]
                known.update({prefix + local: handler for local, handler in starts.items()})
                closing.update({prefix + local: handler for local, handler in ends.items()})
            handler = known.get(name)
            if handler is not None:
                handler(attributes)

        def end(name: str) -> None:
            self.depth -= 1
            handler = closing.get(name)
            if handler is not None:
                handler(name)

        parser.StartElementHandler, parser.EndElementHandler = start, end

    def check(self) -> None:
        """Refuse what is too much; asked after each chunk, which holds no more than some thousand elements."""
        if self.events > MAX_EVENTS or self.depth > MAX_DEPTH:
            raise Refusal(TOO_INTRICATE)


class _Text:
    """The text of one string or cell, from its runs, without the readings of Asian characters."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.open = self.skipping = False

    def begin_cell(self, attributes: Attributes) -> None:
        """A new string begins."""
        self.parts, self.length, self.open, self.skipping = [], 0, False, False

    def begin(self, attributes: Attributes | None = None) -> None:
        """What follows is text."""
        self.open = not self.skipping

    def end(self, name: str) -> None:
        """What follows is no text."""
        self.open = False

    def skip(self, attributes: Attributes) -> None:
        """A reading begins."""
        self.skipping = True

    def unskip(self, name: str) -> None:
        """A reading ends."""
        self.skipping = False

    def more(self, data: str) -> None:
        """Characters, of which a little more than a cell may hold is remembered."""
        if self.open and self.length <= MAX_TEXT:
            data = data[: 8 * MAX_TEXT]  # an escaped character takes seven
            self.parts.append(data)
            self.length += len(data)

    def take(self) -> str:
        """The whole text."""
        return unescaped("".join(self.parts))


class _Sheet:
    """Handlers of one sheet: cells become rows, and each row that has any goes out at once."""

    def __init__(self, book: _Book, name: str, tell: Callable[[object], None]):
        self.book, self.name, self.tell = book, name, tell
        self.number = 0
        self.hidden = self.hidden_by_default = False
        self.cells: list[Cell] = []
        self.column = -1
        self.type = self.style = ""
        self.formula = self.value_open = False
        self.value: list[str] = []
        self.inline = _Text()
        self.letters: dict[str, int] = {}
        self.merges: list[tuple[int, int, int, int]] = []
        self.hidden_columns: set[int] = set()
        self.column_ranges = 0
        self.struck: list[tuple[int, int]] = []
        self.last_row = 0
        self.starts = {
            "row": self.begin_row,
            "c": self.begin_cell,
            "v": self.begin_value,
            "f": self.begin_formula,
            "is": self.inline.begin_cell,
            "t": self.inline.begin,
            "rPh": self.inline.skip,
            "col": self.columns,
            "sheetFormatPr": self.defaults,
            "mergeCell": self.merge,
        }
        self.ends = {
            "row": self.end_row,
            "c": self.end_cell,
            "v": self.end_value,
            "t": self.inline.end,
            "rPh": self.inline.unskip,
        }

    def text(self, data: str) -> None:
        """Characters of a value or of a text in place."""
        if self.value_open:
            self.value.append(data)
        elif self.inline.open:
            self.inline.more(data)

    def defaults(self, attributes: Attributes) -> None:
        """Rows that do not say otherwise may be hidden."""
        self.hidden_by_default = attributes.get("zeroHeight", "") in TRUE

    def columns(self, attributes: Attributes) -> None:
        """A range of columns, perhaps hidden."""
        self.column_ranges += 1
        if self.column_ranges > MAX_COLUMN_RANGES:
            raise Refusal(TOO_INTRICATE)
        if attributes.get("hidden", "") in TRUE or attributes.get("width") in ("0", "0.0"):
            first, last = int(attributes["min"]), int(attributes["max"])
            self.hidden_columns.update(range(max(first, 1) - 1, min(last, MAX_COLUMNS)))

    def begin_row(self, attributes: Attributes) -> None:
        """Rows are numbered upwards."""
        at = attributes.get("r")
        number = self.number + 1 if at is None else whole(at)
        if not self.number < number <= LAST_ROW:
            raise Refusal(BROKEN_TABLE)
        self.number, self.column, self.cells = number, -1, []
        hidden = attributes.get("hidden")
        self.hidden = hidden in TRUE if hidden is not None else self.hidden_by_default
        if attributes.get("ht") in ("0", "0.0"):
            self.hidden = True

    def end_row(self, name: str) -> None:
        """A row with cells goes out; an empty one, styled or not, is nothing."""
        cells = self.cells
        if not cells:
            return
        if self.number > MAX_ROWS:
            raise Refusal(f"На листе «{self.name[:31]}» больше 20 000 строк. {ONLY_THE_LIST}")
        self.book.cells += len(cells)
        if self.book.cells > MAX_CELLS:
            raise Refusal("В книге слишком много заполненных ячеек. " + ONLY_THE_LIST)
        self.last_row = self.number
        self.tell([self.number, self.hidden, cells])
        self.cells = []

    def begin_cell(self, attributes: Attributes) -> None:
        """Where a cell stands and what its value will be."""
        at = attributes.get("r")
        self.column = self.column + 1 if at is None else self._column(at)
        self.type, self.style = attributes.get("t", "n"), attributes.get("s", "")
        self.formula, self.value = False, []
        if self.type == "inlineStr":
            self.inline.begin_cell(attributes)

    def _column(self, at: str) -> int:
        """The column of «C5», from 0."""
        letters = at.rstrip("0123456789")
        column = self.letters.get(letters)
        if column is None:
            column = self.letters[letters] = column_of(letters)
        if column <= self.column:
            raise Refusal(BROKEN_TABLE)
        return column

    def begin_value(self, attributes: Attributes) -> None:
        self.value_open = True

    def end_value(self, name: str) -> None:
        self.value_open = False

    def begin_formula(self, attributes: Attributes) -> None:
        self.formula = True

    def end_cell(self, name: str) -> None:
        """The value takes its place in the row."""
        cell = self._cell()
        if cell is None or cell == "":
            return
        column, cells = self.column, self.cells
        if column >= MAX_COLUMNS:
            raise Refusal(f"На листе «{self.name[:31]}» больше 200 столбцов. {ONLY_THE_LIST}")
        if column > len(cells):
            cells.extend([None] * (column - len(cells)))
        cells.append(cell)
        if self.book.crossed and self.style and len(self.struck) < MAX_STRUCK:
            style = whole(self.style)
            if style < len(self.book.crossed) and self.book.crossed[style]:
                self.struck.append((self.number, column))

    def _cell(self) -> Cell:
        kind, value = self.type, self.value
        if kind == "inlineStr":
            text = self.inline.take()
            self.book.count_characters(len(text))
            return trusted(text)
        if not value:
            return ["?", "", NO_VALUE] if self.formula and kind != "str" else None
        said = value[0] if len(value) == 1 else "".join(value)
        if kind == "s":
            cell = self.book.strings[whole(said.strip())]
            if isinstance(cell, str):
                self.book.count_characters(len(cell))
            elif isinstance(cell, list):
                self.book.count_characters(len(cell[1]))
            return cell
        if kind == "n":
            return self._number(said.strip())
        if kind == "b":
            return said.strip() in TRUE
        if kind == "d":
            return iso(said.strip())
        text = unescaped(said[: 8 * MAX_TEXT])
        self.book.count_characters(len(text))
        return trusted(text)

    def _number(self, said: str) -> Cell:
        """A number, or the moment or duration that its style makes of it."""
        number = number_of(said)
        if number is None:
            return ["?", said[:MAX_TEXT], "Число в ячейке не читается"] if said else None
        if not self.style or not self.book.formats:
            return number
        style = whole(self.style)
        kind = self.book.formats[style] if style < len(self.book.formats) else NUMBER
        return number if kind == NUMBER else moment(number, kind, self.book.shift)

    def merge(self, attributes: Attributes) -> None:
        """A merged area as first and last row (from 1) and first and last column (from 0)."""
        if len(self.merges) >= MAX_MERGES:
            raise Refusal(f"На листе «{self.name[:31]}» слишком много объединённых ячеек. {ONLY_THE_LIST}")
        first, _, last = attributes["ref"].replace("$", "").partition(":")
        (top, left), (bottom, right) = _corner(first), _corner(last or first)
        self.merges.append((min(top, bottom), max(top, bottom), min(left, right), max(left, right)))

    def clipped_merges(self) -> list[tuple[int, int, int, int]]:
        """The merged areas within the filled part of the sheet; they do not overlap, as Excel sees to it."""
        found, area = [], 0
        for top, bottom, left, right in self.merges:
            bottom, right = min(bottom, self.last_row), min(right, MAX_COLUMNS - 1)
            if top <= bottom and left <= right:
                found.append((top, bottom, left, right))
                area += (bottom - top + 1) * (right - left + 1)
        if area > MAX_CELLS:
            raise Refusal(f"На листе «{self.name[:31]}» слишком много объединённых ячеек. {ONLY_THE_LIST}")
        return found


def _refuse_declarations(*_: object) -> None:
    raise Refusal(BROKEN_TABLE)


def _target(relations: dict[str, tuple[str, str]], ending: str) -> str | None:
    """The part of the first relation of a kind, by the end of its type: strict books have other beginnings."""
    return next((part for kind, part in relations.values() if kind.endswith(ending)), None)


def _corner(reference: str) -> tuple[int, int]:
    """Row from 1 and column from 0 of «C5». Raises Refusal."""
    letters = reference.rstrip("0123456789")
    return whole(reference[len(letters) :]), column_of(letters)


def limit() -> None:
    """Limit the memory and the processor time of this process, and leave no dump of what it read."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Read a workbook from standard input, write its lines to standard output."""
    limit()
    write = sys.stdout.buffer.write
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

    def tell(line: object) -> None:
        write((encode(line) + "\n").encode())

    try:
        walk(sys.stdin.buffer.read(), tell)
    except Refusal as refusal:
        tell({"refused": str(refusal)})
    except MemoryError:
        tell({"refused": TOO_INTRICATE})
    sys.stdout.flush()
