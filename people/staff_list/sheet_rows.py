"""The rows of a mapped sheet: which are people, which are sections, which are left aside and what they were taken for.

A row alone that may be a department or a person is a question; until it is answered the rows below it wait.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from mentoring_site.russian import quoted
from mentoring_site.xlsx.reader import Book, DamagedFile, Doubtful, Row
from people.language.posts import decline_department
from people.staff_list.cells import NOTHING, only_remarks, plain, read_kind, simple
from people.staff_list.headings import LEFT, match_columns, unread
from people.staff_list.recognition import UNIT, Mapping, heading_texts, is_counter, looks_like_person

SCHOOL = re.compile(r"школ|ДШИ|ДМШ|ДХШ|учреждени|колледж|центр")
TOTAL = re.compile(
    r"^\W*(всего|итого|принято|уволено|из них|в т\.? ?ч\.?|в том числе|численность|вакансий)(?![а-яё])", re.IGNORECASE
)
PART_OF_LIST = re.compile(r"\bпо\b|отделени|\bотдел", re.IGNORECASE)
STATED = re.compile(
    r"(?:чел|педагог|работник|сотрудник|преподавател)\w*\W{0,3}(\d{1,4})\b|"
    r"\b(\d{1,4})\s*(?:чел|педагог|работник|сотрудник|преподавател)|^\W*(?:всего|итого)\W{0,4}(\d{1,4})\W*$",
    re.IGNORECASE,
)
SIGNATURE = re.compile(
    r"_{3,}|^\s*(?i:согласовано|утверждаю|м\.\s?п\.|подпись|дата)\b[^а-яё]*([А-ЯЁ][а-яё]+|[А-ЯЁ]\.|\s|$)*$|"
    r"^\s*(?i:директор\w*|зам\w*|исполнитель|руководитель|председатель|главный бухгалтер|специалист по кадрам|"
    r"начальник)\b[^А-Яа-яёЁ]*([А-ЯЁ][а-яё]+|[А-ЯЁ]\.|\s)+$|"
    r"^\s*(?i:директор|зам|начальник|руководитель|председатель|главный бухгалтер|специалист)[\w.]*[\s,].{0,80}?"
    r"\b([А-ЯЁ]\.\s?([А-ЯЁ]\.)?\s?[А-ЯЁ][а-яё]+|[А-ЯЁ][а-яё]+\s[А-ЯЁ]\.)|"
    r"^\s*(?i:исп|исполнитель|исполнил\w*|составил\w*|подготовил\w*|тел)\b\.?:?(\s|$)"
)
NOTE = re.compile(r"^\s*(\*|[-–—•]\s|\d+\)|прим\w*\.?\s*[:–—-]|примечани|сноск|внимание)|:\s.+", re.IGNORECASE)
VACANCY = re.compile(r"^\W*вак(анс\w*|ант\w*|\.|$)", re.IGNORECASE)
ART = re.compile(
    r"фортепиан|инструмент|оркестр|струнн|народн|духов|ударн|вокал|хор|театр|сценич|хореограф|танц|балет|"
    r"изобраз|живопис|рисун|художест|\bизо\b|\bдпи\b|декоратив|дизайн|скульптур|архитектур|теори|теорет|сольфеджио|"
    r"эстрад|джаз|гитар|баян|аккордеон|домр|балалай|скрип|виолончел|флейт|кларнет|саксофон|труб|фольклор|эстет|"
    r"раннего|развити|подготовител|концертм|ансамбл|искусств|музык|дирекция|учебн|хозяйств|\bахч\b|\bауп\b|\bмоп\b|"
    r"преподавател|сотрудник|руководств|бухгалтер|прочи|совместит|основн|штатн|внешн|внутренн|декрет|молоды",
    re.IGNORECASE,
)
NUMBERING = re.compile(r"^\s*(\d{1,2}|[IVXХ]{1,4})\s*[.)]\s+")
HEAD_OF_IT = re.compile(
    r"\s*[(,–—-]\s*\d+\s*(чел|пед|преп)\w*\.?\)?\s*$|\s*[(,–—-]\s*(зав|рук|председ|методист)\w*\.?[^()]*\)?\s*$",
    re.IGNORECASE,
)
SURNAME = re.compile(
    r"(ов|ев|ёв|ин|ын|ова|ева|ёва|ина|ына|ский|цкий|ская|цкая|енко|ук|юк|ян|швили|дзе)$", re.IGNORECASE
)
MEASURED = re.compile(r"час|ставк|нагруз|оклад|сумм|недел|разряд|\bед", re.IGNORECASE)
STAFF = re.compile(r"\s*\b(работник|сотрудник|педагог|преподавател|состав|персонал)\w*", re.IGNORECASE)
AWAY = re.compile(r"декрет|отпуск|\bгпх\b|договор|почасов", re.IGNORECASE)
OUT = re.compile(  # of a section or a sheet: its people do not work here
    r"\bувол|\bвыбы|\bкандидат|\bсоискател|\bпрактикант|\bстудент|\bветеран|\bбывши|\bумер|\bархив|^\W*вакан",
    re.IGNORECASE,
)
GONE_STEM = re.compile(r"[Уу](?:вол|ВОЛ|мер|МЕР)|[Сс]конч|СКОНЧ|[Рр]асторг|РАСТОРГ|[Нн][Ее] [Рр]аб")
GONE = re.compile(
    r"\b(уволен\w*|уволил\w*|уволить|(к |на )?увольнени\w+|умер(ла)?|скончал\w*|(договор )?расторгнут\w*|"
    r"(больше |уже )?не работает)\b"
    r"( (с |от )?\d[\d.]*)?",
    re.IGNORECASE,
)
CROSSED, OF_SHEET = "Имя в таблице зачёркнуто", "Лист называется"
DATES = ("birth_date", "hired", "category_date")
ROW_OF_SHEET, ROW_OF_PART = 1_000_000, 100_000  # a row is known by one number: sheet, part of a row, row
ALWAYS = ("name", "last_name", "first_name", "middle_name", "post")  # read in a hidden column too
SPLIT = ("post", "department", "organisation", "kind")


def place(number: int, sheets: Sequence[str] = ()) -> str:
    """How a row is named for people: «12», of another sheet «Народники, 12»."""
    sheet = number // ROW_OF_SHEET
    row = str(number % ROW_OF_PART)
    return f"{sheets[sheet]}, {row}" if 0 < sheet < len(sheets) else row


@dataclass(frozen=True)
class RawRow:
    """One row about a person before cleaning: field -> cell, the section above it and the cells as they stand.

    ``hidden`` rows are not seen in the table; ``above`` is the row whose person this one goes on about; ``waits``
    names the question that has to be answered first.
    """

    number: int
    cells: dict[str, object]
    section: str
    original: tuple
    hidden: bool = False
    above: int = 0
    waits: str = ""
    gone: str = ""  # what says that the person has left: «Уволен», a date of dismissal
    beside: str = ""  # words of a section that is no department: «Внешние совместители», «В декретном отпуске»


@dataclass(frozen=True)
class Ignored:
    """A row that is not about a person, and what it was taken for."""

    number: int
    text: str
    taken_for: str


@dataclass
class Question:
    """What is asked about more than one row: a department or a person, a hidden column.

    ``key`` is known to the answers; ``yes`` and ``no`` are words of the two answers; ``rows`` is how many wait for it.
    """

    key: str
    text: str
    yes: str
    no: str
    rows: int = 0
    take: bool | None = None


@dataclass
class SheetRows:
    """A sheet sorted out: rows about people, rows left aside, headings of columns, the stated total,
    whose list it is, columns that are not read, questions.
    """

    rows: list[RawRow] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    stated_total: int | None = None
    school: str = ""
    unread: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


def people_rows(book: Book, mapping: Mapping, answers: dict | None = None, *, index: int = 0) -> SheetRows:
    """Classify the rows under the heading as people, sections and rows of no interest.

    ``answers`` decide its questions; ``index`` is the place of the sheet among those that are read. Raises DamagedFile
    when the mapping names a sheet that is not there.
    """
    if mapping.sheet not in {sheet.name for sheet in book.sheets}:
        raise DamagedFile(f"В книге нет листа «{mapping.sheet}».")
    reader = _Reader(book, mapping, answers or {}, index * ROW_OF_SHEET)
    return reader.read()


class _Reader:
    """The reading of one sheet from its top to its end."""

    def __init__(self, book: Book, mapping: Mapping, answers: dict, base: int):
        self.mapping, self.answers, self.base, self.shift = mapping, answers, base, book.shift
        self.sheet = book.sheet(mapping.sheet)
        self.found = SheetRows(headings=heading_texts(book, mapping))
        heading = [row for row in self.sheet.rows if mapping.header_row <= row.number < mapping.first_row]
        self.repeated = {plain(cell) for row in heading for cell in row.cells if cell}
        self.columns = self._decided_columns()
        columns = self.columns
        self.name_at = columns.get("name", columns.get("last_name", -1))
        self.post_at = columns.get("post", -1)
        self.left_at = [at for at, text in enumerate(self.found.headings) if LEFT.search(text)]
        self.of_sheet = f"{OF_SHEET} {quoted(mapping.sheet)}" if OUT.search(mapping.sheet) else ""
        self.section, self.waits, self.beside = "", "", ""
        self.sections: list[tuple[int, Row]] = []  # each with the number of people above it
        if base and "department" not in columns and not re.search(r"\d|^лист", mapping.sheet, re.IGNORECASE):
            self.section = mapping.sheet

    def _decided_columns(self) -> dict[str, int]:
        """The columns that are read: those hidden in the table only when somebody said so, but for name and post."""
        columns = dict(self.mapping.columns)
        for name, at in self.mapping.columns.items():
            if at not in self.sheet.hidden_columns or name in ALWAYS:
                continue
            text = self.found.headings[at] if at < len(self.found.headings) else ""
            key = f"column:{self.base + at}"
            take = self.answers.get(key, {}).get("take")
            words = f"Столбец {quoted(text or name)} в таблице скрыт. Читать его?"
            self.found.questions.append(Question(key, words, "Читать", "Не читать", take=take))
            if not take:
                del columns[name]
        return columns

    def read(self) -> SheetRows:
        """Every row in its turn."""
        found, body = self.found, []
        for row in self.sheet.rows:
            if row.number < self.mapping.header_row:
                self._leave(row, "над шапкой")
            elif row.number >= self.mapping.first_row:
                body.append(row)
        found.school = _school([row for row in self.sheet.rows if row.number < self.mapping.header_row])
        body = self._merged(body)
        for row in body:
            self._take(row)
        self._end()
        self._fill_departments()
        filled = {at for row in found.rows for at, cell in enumerate(row.original) if cell not in (None, "")}
        found.unread = unread(found.headings, self.columns, filled)
        return found

    def _leave(self, row: Row, taken_for: str) -> None:
        words = " ".join(filter(None, (plain(cell) for cell in row.cells)))
        if taken_for == "номера столбцов" or words:
            self.found.ignored.append(Ignored(self.base + row.number, words, taken_for))

    def _merged(self, body: list[Row]) -> list[Row]:
        """The rows with every cell that is merged downwards in each row it spans."""
        values = {row.number: row.cells for row in body}
        for merge in self.sheet.merges:
            if merge.bottom == merge.top or merge.top not in values or merge.left >= len(values[merge.top]):
                continue
            value = values[merge.top][merge.left]
            for number in range(merge.top + 1, merge.bottom + 1):
                if value is not None and number in values:
                    cells = list(values[number]) + [None] * (merge.left + 1 - len(values[number]))
                    cells[merge.left] = value
                    values[number] = tuple(cells)
        return [row._replace(cells=values[row.number]) for row in body]

    def _take(self, row: Row) -> None:
        kind, text = self._kind(row)
        if kind == "person":
            self._add(row)
        elif kind == "second":
            self._add(row, above=self.found.rows[-1])
        elif kind == "section":
            kind_of_work = read_kind(STAFF.sub("", text))
            if AWAY.search(text) or OUT.search(text) or (kind_of_work.value and not kind_of_work.remark):
                self._ask_beside(row, text)
            else:
                self.section, self.beside, self.waits = text, "", ""
            self.sections.append((len(self.found.rows), row))
        elif kind == "unsure":
            self._ask(row, text)
        elif kind:
            self._leave(row, kind)
            if kind == "итог":
                self._total(row)
            elif kind == "повтор шапки":
                self._other_heading(row)

    def _add(self, row: Row, above: RawRow | None = None) -> None:
        cells = row.cells
        if self.shift:  # bare numbers that are dates, in a book that counts days from 1904
            dates = {self.columns.get(name) for name in DATES}
            cells = tuple(
                [c + self.shift if at in dates and type(c) in (int, float) else c for at, c in enumerate(cells)]
            )
        said = {name: cells[at] for name, at in self.columns.items() if at < len(cells)}
        raw = RawRow(
            self.base + row.number, said, self.section, cells, row.hidden, waits=self.waits, beside=self.beside
        )
        if gone := self._gone(cells) or self._crossed(row):
            raw = replace(raw, gone=gone)
        if above is not None:
            kept = {name: cell for name, cell in above.cells.items() if name not in (*SPLIT, "note", "hired")}
            mine = {name: cell for name, cell in said.items() if plain(cell)}
            department = {"department": above.cells["department"]} if above.cells.get("department") else {}
            raw = replace(raw, cells=department | kept | mine, above=above.number % ROW_OF_PART)
        if self.waits and not plain(raw.cells.get("department")):
            next(question for question in self.found.questions if question.key == self.waits).rows += 1
        else:
            raw = replace(raw, waits="")
        self.found.rows += _parts(raw)

    def _gone(self, cells: tuple) -> str:
        """What says in any column, read or not, that a person works here no longer."""
        whole = " | ".join([cell for cell in cells if isinstance(cell, str)])
        if GONE_STEM.search(whole) and (found := GONE.search(plain(whole))):
            return found[0]
        for at in self.left_at:
            text = plain(cells[at]) if at < len(cells) else ""
            if not NOTHING.fullmatch(text):
                return f"{self.found.headings[at]}: {text}"
        return self.beside if self.beside and OUT.search(self.beside) else self.of_sheet

    def _crossed(self, row: Row) -> str:
        """Whether the name is struck out: so lists keep those who have left."""
        return CROSSED if (row.number, self.name_at) in self.sheet.struck else ""

    def _other_heading(self, row: Row) -> None:
        """A heading that is repeated with its columns in another order holds for the rows below it."""
        texts = [plain(cell) for cell in row.cells]
        columns = match_columns(texts)
        moved = any(columns.get(name, at) != at for name, at in self.columns.items())
        if moved and Mapping(self.mapping.sheet, row.number, 1, columns, post=self.mapping.post).complete:
            self.columns = {name: at for name, at in columns.items() if name in self.columns or name in ALWAYS}
            self.name_at = columns.get("name", columns.get("last_name", -1))
            self.post_at = columns.get("post", -1)

    def _ask(self, row: Row, text: str) -> None:
        """A row alone that may be a department or a person: what the answer says, else the rows below wait."""
        key = f"section:{self.base + row.number}"
        take = self.answers.get(key, {}).get("take")
        former = f"прежнее: {quoted(self.section)}" if self.section else "отделения нет"
        words = f"Строка {row.number}: {quoted(text)} — это название отделения?"
        self.found.questions.append(Question(key, words, "Да, отделение", f"Нет, {former}", take=take))
        if take:
            self.section, self.beside, self.waits = text, "", ""
            return
        self._leave(row, "неясная строка")
        self.waits = key if take is None else ""

    def _ask_beside(self, row: Row, text: str) -> None:
        """A section that names a kind of employment or a leave: whether the department above goes on is asked."""
        self.beside, self.waits = text, ""
        if not self.section:
            return
        key = f"section:{self.base + row.number}"
        take = self.answers.get(key, {}).get("take")
        words = f"Строка {row.number}: {quoted(text)} — люди ниже тоже из отделения {quoted(self.section)}?"
        self.found.questions.append(Question(key, words, "Да, отделение то же", "Нет, без отделения", take=take))
        self.waits = key if take is None else ""
        if take is False:
            self.section = ""

    def _fill_departments(self) -> None:
        """A department written only in the first of its rows: whether it holds below is one question."""
        at = self.columns.get("department")
        rows = [row for row in self.found.rows if not row.section]
        said = [plain(row.cells.get("department")) for row in rows]
        empty = sum(not text for text in said)
        repeats = any(one and one == other for one, other in itertools.pairwise(said))
        if at is None or not said or not said[0] or empty * 10 < len(said) * 3 or repeats:
            return
        key = f"fill:{self.base + at}"
        take = self.answers.get(key, {}).get("take")
        words = "Отделение стоит только в первой из строк. Отнести к нему и строки под ней?"
        self.found.questions.append(Question(key, words, "Да, отнести", "Нет, без отделения", empty, take))
        last, filled = "", {}
        for row, text in zip(rows, said, strict=True):
            last = text or last
            if not text and take is not False:
                cells = row.cells | {"department": last}
                filled[row.number] = replace(row, cells=cells, waits=row.waits or ("" if take else key))
        self.found.rows = [filled.get(row.number, row) for row in self.found.rows]

    def _end(self) -> None:
        """What stands below the last person is no section and asks nothing."""
        for people, row in reversed(self.sections):
            if people < len(self.found.rows) or not self.found.rows:
                break
            self._leave(row, "примечание")
        for question in [
            q for q in self.found.questions if q.key.startswith("section:") and not q.rows and q.take is None
        ]:
            self.found.questions.remove(question)
        self.found.ignored.sort(key=lambda left: left.number)

    def _total(self, row: Row) -> None:
        """The number of people that the list states about itself; of a part of it nothing is kept."""
        words = " ".join(plain(cell) for cell in row.cells if isinstance(cell, str))
        if PART_OF_LIST.search(words):
            return
        said = STATED.search(words)
        number = next((c for at, c in enumerate(row.cells) if type(c) is int and not self._measured(at)), None)
        stated = number if number is not None else next((int(n) for n in said.groups() if n), None) if said else None
        if re.match(r"\W*(всего|итого)", words, re.IGNORECASE) and stated is not None:
            self.found.stated_total = stated

    def _measured(self, at: int) -> bool:
        """Whether a column counts hours, rates or money: its sum says nothing about people."""
        text = self.found.headings[at] if at < len(self.found.headings) else ""
        return MEASURED.search(text) is not None

    # what a row is

    def _kind(self, row: Row) -> tuple[str, str]:
        """«person», «second» post of the person above, «section», «unsure», what it is left aside as, or nothing."""
        cells = row.cells
        name = cells[self.name_at] if 0 <= self.name_at < len(cells) else None
        filled = [cell for cell in cells if cell is not None and (not isinstance(cell, str) or cell.strip())]
        doubtful = [cell for cell in cells if isinstance(cell, Doubtful)]
        if not filled and not doubtful:
            return "", ""
        called = plain(name)
        if len(filled) > 3 and called not in self.repeated and looks_like_person(called):
            return "person", ""  # the usual row, decided without looking closer
        texts = [plain(cell) for cell in filled if isinstance(cell, str)]
        if is_counter(cells):
            return "номера столбцов", ""
        if not texts:
            return "person" if doubtful and len(filled) > 1 else "пустая строка", ""
        whole = " ".join(texts)
        if TOTAL.match(texts[0]):
            return "итог", whole
        if len(filled) > 2 and sum(text in self.repeated for text in texts) > len(texts) / 2:
            return "повтор шапки", whole
        post = plain(cells[self.post_at]) if 0 <= self.post_at < len(cells) else ""
        dashed = called and NOTHING.fullmatch(called) and post and not NOTHING.fullmatch(post)
        if VACANCY.match(called) or dashed or (not called and VACANCY.match(post)):
            return "вакансия", whole
        if len(texts) == 1 and len(filled) < 3 and (kind := self._alone(texts[0], filled, called, post)):
            return kind, _section(texts[0])
        if SIGNATURE.search(whole) and not looks_like_person(called):
            return "подпись", whole
        if not called and not isinstance(name, Doubtful):
            return self._nameless(texts, post, whole, {at for at, cell in enumerate(cells) if plain(cell)})
        return "person", ""

    def _nameless(self, texts: list[str], post: str, whole: str, filled: set[int]) -> tuple[str, str]:
        """A row without a name: one more post of the person above, or a note; with other facts a person refused."""
        if post and not NOTHING.fullmatch(post) and self.found.rows and not any(map(looks_like_person, texts)):
            return "second", ""
        facts = {self.columns.get(name) for name in ("birth_date", "phone", "email", "category", "service")}
        if not post and (NOTE.search(whole) or not any(at in facts for at in filled)):
            return "примечание", whole
        return "person", ""

    def _alone(self, text: str, filled: list, called: str, post: str) -> str:
        """What a text alone in its row is; nothing when it is a row about a person after all."""
        if looks_like_person(text):
            return ""
        if VACANCY.match(text):
            return "вакансия"
        if SIGNATURE.search(text) and not UNIT.search(text):
            return "подпись"
        if NOTE.search(text) or len(text) > 120:
            return "примечание"
        if text == post and text != called and self.found.rows and not UNIT.search(text):
            return "second"
        if len(filled) > 1 and text == called and not self._is_section(text):
            return ""  # a number and one word in the column of names
        if self._is_section(text):
            return "section"
        words = text.split()
        if len(words) in (2, 3) and all(word[:1].isupper() for word in words):
            return "unsure"
        if len(words) == 1 and SURNAME.search(text):
            return "unsure"
        return "section"

    @staticmethod
    def _is_section(text: str) -> bool:
        """Whether a text is surely the name of a department: a word of the trade, or «adjective and thing»."""
        if UNIT.search(text) or ART.search(text):
            return True
        low = simple(_section(text))
        return len(low.split()) > 1 and decline_department(low, "genitive") != low


def _section(text: str) -> str:
    """The name of a department out of its row: without a number before it and its head after it."""
    return HEAD_OF_IT.sub("", NUMBERING.sub("", text)).rstrip(" :.") or text


def _parts(raw: RawRow) -> list[RawRow]:
    """The row, or one for each post when several stand side by side: «методист; концертмейстер»."""
    posts = _split(raw.cells.get("post"))
    if len(posts) < 2 or any(not post or only_remarks(post) for post in posts):
        return [raw]
    columns = {name: _split(raw.cells.get(name)) for name in SPLIT}
    rows = []
    for at in range(len(posts)):
        mine = {
            name: parts[at] if len(parts) == len(posts) else parts[0] if len(parts) == 1 else None
            for name, parts in columns.items()
            if name in raw.cells
        }
        rows.append(replace(raw, number=raw.number + at * ROW_OF_PART, cells=raw.cells | mine))
    return rows[:9]


def _split(cell: object) -> list[str]:
    return [part.strip() for part in cell.split(";")] if isinstance(cell, str) else []


def _school(titles: list[Row]) -> str:
    """The name of the school from the rows above the heading, or nothing."""
    texts = [plain(cell) for row in titles for cell in row.cells if isinstance(cell, str)]
    return next((text[:300] for text in texts if SCHOOL.search(text)), "")
