"""The three sheets of the workbook: what their columns are called, where the heading stands, what the cells say."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from mentoring_site.russian import joined, quoted
from mentoring_site.xlsx.reader import Book, DamagedFile, Doubtful, Row, Sheet
from people.language.name_text import search_key
from people.staff_list.cells import DOUBT, REFUSAL, plain, read_date

MOST_ROWS = 1000
HEADING_ROWS = 12
Kind = Literal["text", "date", "days", "number"]


@dataclass(frozen=True)
class Column:
    """One column: its name first, then what else it may be called; ``choices`` names a list of allowed values."""

    code: str
    names: tuple[str, ...]
    help: str
    example: str = ""
    needed: bool = False
    kind: Kind = "text"
    longest: int = 300
    choices: str = ""

    @property
    def name(self) -> str:
        """The name that stands in the sample."""
        return self.names[0]


@dataclass(frozen=True)
class SheetKind:
    """One sheet: its code, its name and what else it may be called, the accusative for sentences, its columns."""

    code: str
    names: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def name(self) -> str:
        """The name that stands in the sample."""
        return self.names[0]

    @property
    def needed(self) -> list[Column]:
        """The columns without which no row can be read."""
        return [column for column in self.columns if column.needed]


ORDERS = SheetKind(
    "orders",
    ("Приказы", "Приказ", "Журнал приказов"),
    (
        Column("number", ("Номер", "№ приказа", "Номер приказа"), "Как на бумаге", "17-од", True, "number", 30),
        Column("date", ("Дата", "Дата приказа"), "День подписания", "02.09.2025", True, "date"),
        Column(
            "kind",
            ("Вид приказа", "Вид", "О чём приказ"),
            "Одно из значений листа «Списки»",
            "О закреплении наставнических пар (групп)",
            True,
            choices="kinds",
        ),
        Column("heading", ("Заголовок", "Название"), "Если пусто, заголовком станет вид", "О закреплении пар"),
        Column("series", ("Серия",), "Если пусто, обычная для вида", "основная деятельность", choices="series"),
        Column("effective_on", ("Действует с",), "Если пусто, с даты приказа", "", kind="date"),
        Column("signer", ("Подписал", "Кто подписал", "Директор"), "Фамилия, имя, отчество", ""),
    ),
)
PAIRS = SheetKind(
    "pairs",
    ("Пары и группы", "Пары", "Наставнические пары"),
    (
        Column("code", ("№ пары", "Номер пары", "Пара"), "Любой Ваш номер: по нему находится программа", "1"),
        Column("mentor", ("Наставник",), "Фамилия, имя, отчество", "Лиджиева Оксана Петровна", True),
        Column(
            "mentees",
            ("Наставляемые", "Наставляемый"),
            "Несколько — через точку с запятой",
            "Ким Диана Эдуардовна",
            True,
            longest=4000,
        ),
        Column("since", ("Работают вместе с", "Закреплены с", "Начало работы"), "", "02.09.2025", True, "date"),
        Column("order_number", ("Приказ о закреплении №", "Номер приказа"), "", "17-од", True, "number", 30),
        Column("order_date", ("Приказ о закреплении от", "Дата приказа"), "", "02.09.2025", True, "date"),
        Column("minutes_number", ("Протокол о паре №", "Протокол №"), "Если есть", "1", False, "number", 30),
        Column("minutes_date", ("Протокол о паре от", "Протокол от"), "Если есть", "29.08.2025", kind="date"),
        Column("topics", ("Темы", "Тема"), "Из листа «Списки», через точку с запятой", "", longest=1000),
        Column(
            "mentor_processing",
            ("Согласие наставника на обработку от",),
            "Дата бумаги; сам лист приложите позже",
            "28.08.2025",
            kind="days",
        ),
        Column(
            "mentee_processing",
            ("Согласия наставляемых на обработку от", "Согласие наставляемого на обработку от"),
            "Одна дата на всех или по порядку через точку с запятой",
            "28.08.2025",
            kind="days",
        ),
        Column("mentor_duties", ("Согласие наставника на обязанности от",), "", "29.08.2025", kind="days"),
        Column(
            "mentee_duties",
            ("Согласия наставляемых на обязанности от", "Согласие наставляемого на обязанности от"),
            "",
            "29.08.2025",
            kind="days",
        ),
        Column("ended_on", ("Пара прекращена", "Прекращена"), "Если больше не работают", "", kind="date"),
        Column("end_reason", ("Почему прекращена",), "Если прекращена без завершённой программы", "", longest=300),
    ),
)
PROGRAMS = SheetKind(
    "programs",
    ("Программы", "Программа", "Персонализированные программы"),
    (
        Column("code", ("№ пары", "Номер пары", "Пара"), "Номер из листа «Пары и группы»", "1"),
        Column("mentor", ("Наставник",), "Если номера пары нет", "Лиджиева Оксана Петровна"),
        Column("mentees", ("Наставляемые", "Наставляемый"), "Если у наставника не одна пара", "", longest=4000),
        Column(
            "title", ("Название программы", "Название", "Программа"), "", "Подготовка к конкурсу", True, longest=200
        ),
        Column("goal", ("Цель", "Цели"), "", "Уверенно вести концертный класс", longest=4000),
        Column("form", ("Форма", "Форма наставничества"), "Из листа «Списки»", "педагог – педагог", choices="forms"),
        Column("kind", ("Вид", "Вид наставничества"), "Из листа «Списки»", "", choices="mentoring_kinds"),
        Column("curator", ("Ответственный куратор", "Куратор"), "Если пусто, нынешний куратор", ""),
        Column("starts_on", ("Начало", "Начало программы", "Первый день"), "", "08.09.2025", True, "date"),
        Column(
            "ends_on",
            ("Окончание по плану", "Окончание", "Последний день"),
            "От 3 месяцев до 1 года после начала",
            "29.05.2026",
            True,
            "date",
        ),
        Column("order_number", ("Приказ об утверждении №", "Номер приказа"), "", "19-од", True, "number", 30),
        Column("order_date", ("Приказ об утверждении от", "Дата приказа"), "", "05.09.2025", True, "date"),
        Column("minutes_number", ("Протокол о программе №", "Протокол №"), "Если есть", "2", False, "number", 30),
        Column("minutes_date", ("Протокол о программе от", "Протокол от"), "Если есть", "04.09.2025", kind="date"),
        Column(
            "term_decision",
            ("Решение об особом сроке",),
            "Кто и почему решил, если срок другой",
            "",
            longest=1000,
        ),
        Column("state", ("Состояние", "Что с программой"), "Идёт или завершена", "завершена", choices="states"),
        Column("ended_on", ("Завершена", "Дата завершения", "Завершена фактически"), "", "29.05.2026", kind="date"),
        Column(
            "reason",
            ("Основание завершения", "Основание"),
            "Одно из оснований п. 7.1",
            "план мероприятий выполнен в полном объёме",
            choices="reasons",
        ),
        Column("circumstances", ("Обстоятельства",), "Если завершена досрочно", "", longest=2000),
        Column("end_number", ("Приказ о завершении №",), "", "31-од", False, "number", 30),
        Column("end_date", ("Приказ о завершении от",), "", "01.06.2026", kind="date"),
    ),
)
SHEETS = {kind.code: kind for kind in (ORDERS, PAIRS, PROGRAMS)}


@dataclass
class RawRow:
    """One row: its sheet and number, the values of its columns, what is wrong, what has to be confirmed."""

    sheet: SheetKind
    number: int
    values: dict[str, Any] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    doubts: dict[str, str] = field(default_factory=dict)  # column -> sentence
    notes: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """«pairs:5»: how the row is named in answers and in the result."""
        return f"{self.sheet.code}:{self.number}"


@dataclass
class RawBook:
    """What a workbook says: rows by sheet, and what could not be read at all."""

    rows: dict[str, list[RawRow]]
    problems: list[str] = field(default_factory=list)  # a sheet that cannot be read
    notes: list[str] = field(default_factory=list)


def read_book(book: Book) -> RawBook:
    """Return the rows of the three sheets, found by their names or by their headings.

    Raises ``DamagedFile`` when none of them is there, or there are too many rows.
    """
    found, problems = _sheets_of(book)
    if not found:
        names = joined([quoted(kind.name) for kind in SHEETS.values()])
        lines = " ".join(problems) or f"В книге нет листов {names}. Скачайте образец и перенесите в него строки."
        raise DamagedFile(lines)
    raw = RawBook({code: [] for code in SHEETS}, problems)
    for code, (sheet, heading, columns) in found.items():
        raw.rows[code] = list(_rows(SHEETS[code], sheet, heading, columns))
        if unread := _unread(sheet, heading, columns):
            raw.notes.append(f"Лист {quoted(sheet.name)}: не читаются столбцы {unread}")
    absent = [quoted(kind.name) for code, kind in SHEETS.items() if code not in found]
    if absent and not problems:
        word = "листа" if len(absent) == 1 else "листов"
        raw.notes.append(f"В книге нет {word} {joined(absent)}: с них ничего не внесётся")
    if sum(map(len, raw.rows.values())) > MOST_ROWS:
        raise DamagedFile(f"В книге больше {MOST_ROWS} строк: разделите её на части, например по годам.")
    return raw


def _sheets_of(book: Book) -> tuple[dict[str, tuple[Sheet, int, dict[str, int]]], list[str]]:
    """Return the sheets that were recognised with heading and columns, and what is wrong with the others."""
    found: dict[str, tuple[Sheet, int, dict[str, int]]] = {}
    problems = []
    names = {search_key(name): kind for kind in SHEETS.values() for name in kind.names}
    rest = []
    for sheet in book.visible:
        kind = names.get(search_key(sheet.name))
        if kind is None or kind.code in found:
            rest.append(sheet)
            continue
        if not sheet.rows:
            continue
        if heading := _heading(kind, sheet):
            found[kind.code] = (sheet, *heading)
        else:
            lacking = joined([quoted(column.name) for column in kind.needed])
            problems.append(
                f"Лист {quoted(sheet.name)} не прочитан: нет строки с названиями столбцов. Нужны {lacking}."
            )
    for sheet in rest:  # a sheet under another name is known by its heading
        for kind in (PROGRAMS, PAIRS, ORDERS):
            if kind.code not in found and sheet.rows and (heading := _heading(kind, sheet)):
                found[kind.code] = (sheet, *heading)
                break
    return found, problems


def _heading(kind: SheetKind, sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """Return the number of the row with the names of columns, in any order, and where each stands."""
    for row in sheet.rows[:HEADING_ROWS]:
        keys: dict[str, int] = {}
        for place, cell in enumerate(row.cells):
            keys.setdefault(search_key(plain(cell)), place)
        columns: dict[str, int] = {}
        for column in kind.columns:
            for name in column.names:
                at = keys.get(search_key(name))
                if at is not None and at not in columns.values():
                    columns[column.code] = at
                    break
        if all(column.code in columns for column in kind.needed):
            return row.number, columns
    return None


def _unread(sheet: Sheet, heading: int, columns: dict[str, int]) -> str:
    row = next(row for row in sheet.rows if row.number == heading)
    known = set(columns.values())
    return joined([quoted(plain(cell)) for place, cell in enumerate(row.cells) if plain(cell) and place not in known])


def _rows(kind: SheetKind, sheet: Sheet, heading: int, columns: dict[str, int]) -> Iterator[RawRow]:
    """Yield every row under the heading that says something; a merged area says the same in each of its rows."""
    by_number = {row.number: row for row in sheet.rows}
    last = max([*by_number, *(merge.bottom for merge in sheet.merges)], default=0)
    for number in range(heading + 1, min(last, heading + 5 * MOST_ROWS) + 1):
        cells = _cells(number, by_number, sheet, heading)
        if not any(plain(cells.get(place)) for place in columns.values()):
            continue
        row = RawRow(kind, number)
        for column in kind.columns:
            if column.code in columns:
                _read(row, column, cells.get(columns[column.code]))
            else:
                row.values[column.code] = [] if column.kind == "days" else None if column.kind == "date" else ""
        for column in kind.needed:
            missing = row.values[column.code] in ("", None)
            if missing and not any(line.startswith(column.name) for line in row.wrong):
                row.wrong.append(f"{column.name}: не указано")
        yield row


def _cells(number: int, by_number: dict[int, Row], sheet: Sheet, heading: int) -> dict[int, Any]:
    own = by_number.get(number)
    cells = dict(enumerate(own.cells)) if own else {}
    for merge in sheet.merges:
        if heading < merge.top < number <= merge.bottom and merge.left == merge.right:
            first = by_number.get(merge.top)
            if first and merge.left < len(first.cells):
                cells[merge.left] = first.cells[merge.left]
    return cells


def _read(row: RawRow, column: Column, cell: Any) -> None:
    """Put the value of a cell into the row, with what is wrong or doubtful about it."""
    if isinstance(cell, Doubtful):
        row.wrong.append(f"{column.name}: {cell.why}")
    if column.kind == "date":
        row.values[column.code] = _day(row, column, cell)
    elif column.kind == "days":
        row.values[column.code] = _days(row, column, cell)
    else:
        text = plain(cell)
        if column.kind == "number" and isinstance(cell, datetime | date):
            row.wrong.append(f"{column.name}: в ячейке дата, а нужен номер. Задайте ячейке текстовый формат")
        if column.kind == "number":
            text = text.removeprefix("№").strip()
        if len(text) > column.longest:
            row.wrong.append(f"{column.name}: длиннее {column.longest} знаков")
        row.values[column.code] = text[: column.longest]


def _day(row: RawRow, column: Column, cell: Any) -> date | None:
    read = read_date(cell)
    if read.level == REFUSAL or (read.level == DOUBT and read.value is None):
        sentence = read.sentence.split(": она останется")[0].split(": дата останется")[0]
        row.wrong.append(f"{column.name}: {sentence}. Нужно так: 02.09.2025")
    elif read.level == DOUBT:
        row.doubts[column.code] = f"{column.name}: {read.sentence[:1].lower()}{read.sentence[1:]}"
    return read.value


def _days(row: RawRow, column: Column, cell: Any) -> list[date]:
    """One date, or several in one cell."""
    if isinstance(cell, datetime | date | int | float) or cell is None:
        parts: list[Any] = [cell]
    else:
        parts = str(cell).replace("\n", ";").split(";")
    return [day for day in (_day(row, column, part) for part in parts) if day]


def names_in(text: str) -> list[str]:
    """Return the names of one cell: «Ким Д. Э.; Бадмаева А. С.» or a name a line."""
    return [" ".join(part.split()) for part in text.replace("\n", ";").split(";") if part.strip()]
