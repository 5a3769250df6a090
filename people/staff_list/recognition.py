"""Understanding an untidy staff list: its sheet, heading and columns, and which rows are people.

The result is a :class:`Mapping` that a person may correct; with it :func:`people_rows` iterates over the sheet.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from mentoring_site.xlsx.reader import Book, DamagedFile, Row
from people.staff_list import cells as staff_list_cells

LOOK_AT = 40  # rows from the top in which a heading is looked for

FIELDS = {
    "name": "Ф. И. О. в одном столбце",
    "last_name": "Фамилия",
    "first_name": "Имя",
    "middle_name": "Отчество",
    "post": "Должность",
    "department": "Отделение",
    "kind": "Вид занятости",
    "education": "Образование",
    "education_place": "Что окончил(а)",
    "category": "Квалификационная категория",
    "service": "Педагогический стаж",
    "birth_date": "Дата рождения",
    "gender": "Пол",
    "hired": "Дата приёма",
    "phone": "Телефон",
    "email": "E-mail",
    "note": "Примечание",
}
"""What can be read from a list, in the order of the page where columns are corrected."""
DATES = ("birth_date", "hired")

# On headings of letters and single spaces only; the first pattern is a sure sign, the second a hint.
SYNONYMS = {
    "name": (r"(ф и о|фио|фамилия имя отчество|фамилия и о)( \w+){0,3}", r"(сотрудник|работник|педагог|преподаватель)"),
    "last_name": (r"фамилия", r"фамилия \w+"),
    "first_name": (r"имя", r"имя \w+"),
    "middle_name": (r"отчество", r"отчество .+"),
    "post": (r"(занимаемая |наименование )?должност[ьи]( \w+)?", r".*\bдолжност[ьи]\b.*"),
    "department": (
        r"отдел(ение)?|(структурное )?подразделение|кафедра|цикловая комиссия",
        r".*\b(отделение|подразделение)\b.*",
    ),
    "kind": (
        r"вид занятости|(основн\w+ )?совмест\w+|условия (работы|труда|приема)|(вид|характер) работы",
        r".*\b(занятост|совместит|осн\w* совм)\w*.*",
    ),
    "education_place": (
        r"(образование )?(что окончил( а)?|(какое |наименование )?учебно\w+ заведени\w( \w+)?|вуз|место учебы)",
        r".*(окончил|учебн\w+ заведени|учреждени\w* образован|диплом).*",
    ),
    "education": (r"(уровень )?образовани[ея]( уровень)?", r".*\bобразовани[ея]\b.*"),
    "category": (
        r"(кв|квал|квалификационная|квалификация) ?(категория|кат)?|категория( \w+)?",
        r".*\b(категори[яи]|аттестаци[яи])\b.*",
    ),
    "service": (
        r"(пед|педагогический|педстаж|стаж пед\w*) ?(стаж|работы|деятельности)?( \w+)?",
        r"стаж( работы)?( .*)?",
    ),
    "birth_date": (r"(дата|день|число месяц год|год) рожд\w*|д р|др", r".*\bрожд\w*.*"),
    "gender": (r"пол", r"пол м ж"),
    "hired": (
        r"дата (приема|поступления|начала работы)( .*)?|принята?( с)?",
        r".*\b(приема на работу|поступления)\b.*",
    ),
    "phone": (
        r"((моб|мобильный|сотовый|контактный|номер) )?(тел|телефона?|тел\w* номер)( \w+)?",
        r".*\b(телефон|моб)\b.*",
    ),
    "email": (
        r"e ?mail|емайл|мейл|(эл |электронная |адрес электронной )?почт[аы]|(эл|электронный) адрес",
        r".*\b(e ?mail|почт[аы])\b.*",
    ),
    "note": (r"примечани[ея]|прим|комментари[йи]|дополнительно", r".*\bпримечани[ея]\b.*"),
}
PATTERNS = {name: (re.compile(sure), re.compile(hint)) for name, (sure, hint) in SYNONYMS.items()}
NOT_A_FIELD = re.compile(
    r"(общий|непрерывный|трудовой) .*стаж|стаж (общий|трудовой).*|"
    r"(дата|срок|приказ|год) .*(аттестации|категории)|преподаваемы\w .*"
)

AS_OF = re.compile(r"\bна\s+(\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{1,2}\s+[а-яё]+\s+\d{4})", re.IGNORECASE)
SCHOOL = re.compile(r"школ|ДШИ|ДМШ|ДХШ|учреждени|колледж|центр")
TOTAL = re.compile(r"^\W*(всего|итого)\b", re.IGNORECASE)
SIGNATURE = re.compile(
    r"_{3,}|^\s*(директор\w*|зам\w*|исполнитель|исп\.|составил\w*|руководитель|председатель|согласовано|утверждаю|"
    r"главный бухгалтер|специалист по кадрам|начальник|м\.\s?п\.|подпись|дата)\b[^а-яё]*([А-ЯЁ][а-яё]+|[А-ЯЁ]\.|\s|$)*$"
)
UNIT = re.compile(
    r"отдел|администр|секци|кафедр|комисси|персонал|подразделен|филиал|класс\b|коллектив|состав|работник|педагоги",
    re.IGNORECASE,
)
PATRONYMIC = re.compile(r"(вич|[ьи]ич|вна|чна|шна|оглы|кызы|уулу)$", re.IGNORECASE)


@dataclass(frozen=True)
class Mapping:
    """Where everything stands: sheet, heading (first row and how many), field -> column from 0, date of the list."""

    sheet: str
    header_row: int
    header_rows: int = 1
    columns: dict[str, int] = field(default_factory=dict)
    as_of: date | None = None

    @property
    def complete(self) -> bool:
        """Whether the two columns are there without which nobody can be written: the name and the post."""
        return not self.missing

    @property
    def missing(self) -> list[str]:
        """What has not been found, as labels of fields."""
        found = self.columns
        lacking = [] if "name" in found or {"last_name", "first_name"} <= found.keys() else ["Ф. И. О."]
        return lacking + [FIELDS[name] for name in ("post",) if name not in found]

    def to_json(self) -> dict:
        """The mapping as plain data."""
        as_of = self.as_of.isoformat() if self.as_of else None
        return {
            "sheet": self.sheet,
            "header_row": self.header_row,
            "header_rows": self.header_rows,
            "columns": self.columns,
            "as_of": as_of,
        }

    @classmethod
    def from_json(cls, data: dict) -> "Mapping":
        """The mapping from plain data, as ``to_json`` gave it."""
        as_of = date.fromisoformat(data["as_of"]) if data.get("as_of") else None
        return cls(data["sheet"], data["header_row"], data["header_rows"], dict(data["columns"]), as_of)


@dataclass(frozen=True)
class RawRow:
    """One row about a person before cleaning: field -> cell, the section above it and the cells as they stand."""

    number: int
    cells: dict[str, object]
    section: str
    original: tuple


@dataclass(frozen=True)
class Ignored:
    """A row that is not about a person, and what it was taken for."""

    number: int
    text: str
    taken_for: str


@dataclass(frozen=True)
class Sheet:
    """A sheet sorted out: rows about people, rows left aside, headings of columns, the stated total,
    whose list it is.
    """

    rows: list[RawRow]
    ignored: list[Ignored]
    headings: list[str]
    stated_total: int | None
    school: str = ""


def recognize(book: Book) -> Mapping:
    """Find the sheet, heading and columns of a staff list.

    Returns the best guess, possibly incomplete (``Mapping.complete``); raises DamagedFile when no sheet has any text.
    """
    best, best_score = None, -1.0
    for sheet in book.visible:
        for mapping, score in _guesses(sheet.name, sheet.first(LOOK_AT)):
            if score > best_score:
                best, best_score = mapping, score
    if best is None:
        raise DamagedFile("В книге нет ни одной заполненной строки.")
    titles = [row.cells for row in book.sheet(best.sheet).first(LOOK_AT) if row.number < best.header_row]
    return replace(best, as_of=as_of_date([*titles, (best.sheet,)]))


def _guesses(sheet: str, rows: list[Row]):
    """Every row, alone and with the one below it, tried as the heading; with how well it fits."""
    for index, row in enumerate(rows):
        single = match_columns(headings(rows, row.number, 1))
        yield Mapping(sheet, row.number, 1, single), _score(single)
        below = rows[index + 1] if index + 1 < len(rows) else None
        if below and below.number == row.number + 1 and not _is_unit(below):
            double = match_columns(headings(rows, row.number, 2))
            yield Mapping(sheet, row.number, 2, double), _score(double) - 0.5


def _is_unit(row: Row) -> bool:
    """Whether a row is the name of a department alone: under a heading it begins a section, it is no part of it."""
    texts = [text for text in map(staff_list_cells.plain, row.cells) if text]
    return len(texts) == 1 and UNIT.search(texts[0]) is not None


def _score(columns: dict[str, int]) -> int:
    """How much was recognized; a heading without a name column is worth little."""
    named = "name" in columns or "last_name" in columns
    return len(columns) + (3 if named else 0)


def headings(rows: Sequence[Row], header_row: int, header_rows: int) -> list[str]:
    """Texts of the heading per column; a heading in two rows gives «Образование уровень» under a merged cell."""
    found = {row.number: row.cells for row in rows if header_row <= row.number < header_row + header_rows}
    upper = found.get(header_row, ())
    lower = found.get(header_row + 1, ()) if header_rows > 1 else ()
    texts, over = [], ""
    for column in range(max(len(upper), len(lower))):
        above = staff_list_cells.plain(upper[column]) if column < len(upper) else ""
        below = staff_list_cells.plain(lower[column]) if column < len(lower) else ""
        over = above or (over if below else "")
        texts.append(f"{over} {below}".strip() if below else above)
    return texts


def match_columns(texts: list[str]) -> dict[str, int]:
    """Field -> column by synonyms: sure signs first, each column and each field once."""
    candidates = []
    for column, text in enumerate(texts):
        normal = " ".join(re.findall(r"[a-zа-я]+", text.lower().replace("ё", "е")))
        if not normal or len(normal) > 80 or NOT_A_FIELD.fullmatch(normal):
            continue
        for order, (name, (sure, hint)) in enumerate(PATTERNS.items()):
            if sure.fullmatch(normal):
                candidates.append((0, order, column, name))
            elif hint.fullmatch(normal):
                candidates.append((1, order, column, name))
    columns: dict[str, int] = {}
    for _, _, column, name in sorted(candidates):
        if name not in columns and column not in columns.values():
            columns[name] = column
    if "first_name" not in columns and "last_name" in columns and "name" not in columns:
        columns["name"] = columns.pop("last_name")  # «Фамилия» over whole names
    if "name" in columns and "first_name" in columns and "last_name" in columns:
        del columns["name"]
    return columns


def as_of_date(titles: list[tuple]) -> date | None:
    """The date of the list from the rows above the heading or the name of the sheet: «на 01.09.2026 г.»."""
    for cells in titles:
        for cell in cells:
            found = AS_OF.search(staff_list_cells.plain(cell)) if isinstance(cell, str) else None
            if found and (stated := staff_list_cells.read_date(found[1]).value):
                return stated
    return None


def people_rows(book: Book, mapping: Mapping) -> Sheet:
    """Classify the rows under the heading as people, sections and rows of no interest.

    Raises DamagedFile when the sheet cannot be read or the mapping names a sheet that is not there.
    """
    if mapping.sheet not in {sheet.name for sheet in book.sheets}:
        raise DamagedFile(f"В книге нет листа «{mapping.sheet}».")
    rows = book.sheet(mapping.sheet).rows
    texts = headings(rows, mapping.header_row, mapping.header_rows)
    people, ignored, section, total = [], [], "", None
    after_total = False
    repeated = {staff_list_cells.plain(text) for text in texts if text}
    for row in rows:
        if row.number < mapping.header_row + mapping.header_rows:
            continue
        kind, text = _kind(row, mapping, repeated, after_total)
        if kind == "person":
            people.append(_raw(row, mapping, section, book.shift))
        elif kind == "section":
            section = text
        elif kind:
            ignored.append(Ignored(row.number, text, kind))
            if kind == "итог":
                after_total = True
                total = next((cell for cell in row.cells if isinstance(cell, int)), total)
    return Sheet(people, ignored, texts, total, _school([row for row in rows if row.number < mapping.header_row]))


def _school(titles: list[Row]) -> str:
    """The name of the school from the rows above the heading, or nothing."""
    texts = [staff_list_cells.plain(cell) for row in titles for cell in row.cells if isinstance(cell, str)]
    return next((text[:300] for text in texts if SCHOOL.search(text)), "")


def _raw(row: Row, mapping: Mapping, section: str, shift: int) -> RawRow:
    cells, width = row.cells, len(row.cells)
    if shift:  # bare numbers that are dates, in a book that counts days from 1904
        dates = {mapping.columns.get(name) for name in DATES}
        cells = tuple(
            [cell + shift if at in dates and type(cell) in (int, float) else cell for at, cell in enumerate(cells)]
        )
    return RawRow(row.number, {name: cells[at] for name, at in mapping.columns.items() if at < width}, section, cells)


def _kind(row: Row, mapping: Mapping, repeated: set[str], after_total: bool) -> tuple[str, str]:
    """What a row is: «person», «section», the name of something to leave aside, or nothing for an empty row."""
    name_at = mapping.columns.get("name", mapping.columns.get("last_name", -1))
    name = row.cells[name_at] if 0 <= name_at < len(row.cells) else None
    filled = [cell for cell in row.cells if cell is not None and (not isinstance(cell, str) or cell.strip())]
    if not filled:
        return "", ""
    if len(filled) > 3 and isinstance(name, str) and name not in repeated:
        return "person", ""  # the usual row, decided without looking closer
    texts = [staff_list_cells.plain(cell) for cell in filled if isinstance(cell, str)]
    whole = " ".join(texts)
    if not texts:
        return ("номера столбцов", "") if len(filled) > 2 else ("пустая строка", "")
    if TOTAL.search(texts[0]):
        return "итог", whole
    if len(filled) > 2 and sum(text in repeated for text in texts) > len(texts) / 2:
        return "повтор шапки", whole
    if after_total and not looks_like_person(staff_list_cells.plain(name)):
        return "подпись", whole
    if len(texts) == 1 and not looks_like_person(texts[0]):
        if SIGNATURE.search(texts[0]) and not UNIT.search(texts[0]):
            return "подпись", whole
        if len(filled) == 1 or (len(filled) == 2 and name != texts[0]):
            return "section", texts[0].rstrip(" :.")
    if SIGNATURE.search(whole) and not looks_like_person(staff_list_cells.plain(name)):
        return "подпись", whole
    return "person", ""


def looks_like_person(text: str) -> bool:
    """Whether a text alone in its row is a person's name rather than a section: «Иванова Анна Петровна»."""
    words = text.split()
    if not 2 <= len(words) <= 5 or UNIT.search(text):
        return False
    capital = all(word[:1].isupper() for word in words[:2])
    return capital and (len(words) == 2 or any(PATRONYMIC.search(word) for word in words))
