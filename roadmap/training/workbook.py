"""A workbook of records read and compared with what is there: new, known, doubtful, refused; nothing is written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from enum import Enum
from typing import Any

from django.utils import timezone

from mentoring_site.russian import joined, ruday
from mentoring_site.xlsx.reader import Book, DamagedFile, Doubtful, Row
from people.language.name_text import initials_after, search_key
from people.register.models import Person
from people.school.models import Organisation
from roadmap.training.models import MOST_HOURS, Training

MOST_ROWS = 2000
DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})")
HEADING_ROWS = 10
MANY_HOURS = 1000
HEADINGS: dict[str, tuple[str, ...]] = {
    "person": ("Фамилия, имя, отчество", "ФИО", "Ф.И.О.", "Сотрудник", "Педагог", "Кто учился"),
    "kind": ("Вид", "Вид обучения"),
    "topic": ("Тема", "Название", "Название курса", "Название программы", "Программа"),
    "host": ("Кто проводил", "Организация", "Где", "Место обучения"),
    "trainer": ("Кто учил", "Тренер"),
    "started_on": ("Первый день", "Начало", "Дата начала", "С"),
    "ended_on": ("Последний день", "Окончание", "Дата окончания", "По", "Дата"),
    "hours": ("Часов", "Часы", "Количество часов", "Объём", "Кол-во часов"),
    "form": ("Как проходило", "Форма", "Форма обучения"),
    "document": ("Документ", "Вид документа"),
    "document_number": ("Номер документа", "Номер", "№ документа"),
    "document_date": ("Дата документа", "Дата выдачи"),
    "about_mentoring": ("О наставничестве",),
}
"""What each column may be called; the first name is that of the list's own workbook."""
NEEDED = ("person", "topic", "ended_on")
KIND_WORDS: dict[str, str] = {
    "пк": Training.Kind.COURSE,
    "кпк": Training.Kind.COURSE,
    "курсы": Training.Kind.COURSE,
    "курс": Training.Kind.COURSE,
    "повышение квалификации": Training.Kind.COURSE,
    "переподготовка": Training.Kind.RETRAINING,
    "мастер класс": Training.Kind.WORKSHOP,
    "конференция": Training.Kind.CONFERENCE,
    "форум": Training.Kind.CONFERENCE,
}
YES = {"да", "+", "1", "true", "о наставничестве"}


class Verdict(Enum):
    """What becomes of a row; the value is the heading of its table."""

    NEW = "Новые"
    DOUBTFUL = "Сомнительные"
    DUPLICATE = "Уже записаны"
    REFUSED = "Не внесутся"


@dataclass
class Line:
    """One row: who, what was read, what becomes of it and why."""

    number: int
    name: str
    person: Person | None = None
    values: dict[str, Any] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    known: Training | None = None
    twice: int = 0  # the earlier row that says the same

    @property
    def verdict(self) -> Verdict:
        """Return what becomes of the row."""
        if self.wrong:
            return Verdict.REFUSED
        if self.known or self.twice:
            return Verdict.DUPLICATE
        return Verdict.DOUBTFUL if self.doubts else Verdict.NEW

    @property
    def why(self) -> str:
        """Return the reasons in words."""
        if self.wrong:
            return ". ".join(self.wrong)
        if self.known:
            return f"такая запись уже есть: {self.known.get_state_display()}"
        if self.twice:
            return f"то же самое стоит в строке {self.twice}"
        return ". ".join(self.doubts)


def lines_of(book: Book) -> list[Line]:
    """Return every row of the first sheet with its verdict. Raises ``DamagedFile`` without the needed columns."""
    sheet = book.visible[0] if book.visible else None
    if sheet is None or not sheet.rows:
        raise DamagedFile("В книге нет ни одной строки.")
    heading, columns = _heading(sheet.rows)
    rows = [row for row in sheet.rows if row.number > heading and any(_text(cell) for cell in row.cells)]
    if len(rows) > MOST_ROWS:
        raise DamagedFile(f"В книге больше {MOST_ROWS} строк: разделите её на части.")
    people = _People()
    found = [_line(row, columns, people) for row in rows]
    _compare(found)
    return found


def _heading(rows: tuple[Row, ...]) -> tuple[int, dict[str, int]]:
    names = {search_key(name): code for code, known in HEADINGS.items() for name in known}
    for row in rows[:HEADING_ROWS]:
        columns: dict[str, int] = {}
        for place, cell in enumerate(row.cells):
            if code := names.get(search_key(_text(cell))):
                columns.setdefault(code, place)
        if all(code in columns for code in NEEDED):
            return row.number, columns
    lacking = joined([f"«{HEADINGS[code][0]}»" for code in NEEDED])
    raise DamagedFile(f"Не нашлась строка с заголовками. В ней нужны столбцы {lacking}.")


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%d.%m.%Y")
    return " ".join(str(cell).split())


class _People:
    """All persons by full name, and by surname with initials; two dictionaries of one query."""

    def __init__(self) -> None:
        self.full: dict[str, list[Person]] = {}
        self.short: dict[str, list[Person]] = {}
        for person in Person.objects.order_by("pk"):
            self.full.setdefault(search_key(person.full_name), []).append(person)
            short = initials_after(person.last_name, person.first_name, person.middle_name)
            self.short.setdefault(search_key(short), []).append(person)
        self.names = {key: people[0].full_name for key, people in self.full.items()}

    def find(self, line: Line) -> None:
        """Set the person of a line, or say why there is none and who is alike."""
        key = search_key(line.name)
        found = self.full.get(key, [])
        if not found and (alike := self.short.get(key, [])):
            found = alike
            if len(alike) == 1:
                line.doubts.append(f"Имя сокращено: это {alike[0].full_name}?")
        if len(found) == 1:
            line.person = found[0]
            return
        if found:
            names = joined(person.full_name for person in found[:3])
            line.wrong.append(f"Таких людей несколько: {names}. Внесите запись на странице человека")
            return
        close = [self.names[one] for one in get_close_matches(key, self.names, n=2, cutoff=0.75)]
        hint = f" Похоже: {joined(close, 'или')}" if close else " Проверьте фамилию или запишите человека"
        line.wrong.append(f"В списке людей нет такого имени.{hint}")


def _line(row: Row, columns: dict[str, int], people: _People) -> Line:
    cells = {code: row.cells[place] if place < len(row.cells) else None for code, place in columns.items()}
    line = Line(row.number, _text(cells.get("person")))
    for code, cell in cells.items():
        if isinstance(cell, Doubtful):
            line.doubts.append(f"{HEADINGS[code][0]}: {cell.why}")
    if line.name:
        people.find(line)
    else:
        line.wrong.append("Не указано, кто учился")
    _words(line, cells)
    _days(line, cells)
    _hours(line, cells.get("hours"))
    _choices(line, cells)
    return line


def _words(line: Line, cells: dict[str, Any]) -> None:
    limits = {"topic": 300, "host": 200, "trainer": 200, "document_number": 60}
    for code, longest in limits.items():
        text = _text(cells.get(code))
        if len(text) > longest:
            line.wrong.append(f"{HEADINGS[code][0]}: длиннее {longest} знаков")
        line.values[code] = text[:longest]
    if not line.values["topic"]:
        line.wrong.append("Не указана тема")


def _days(line: Line, cells: dict[str, Any]) -> None:
    today = timezone.localdate()
    for code in ("started_on", "ended_on", "document_date"):
        line.values[code] = _day(line, code, cells.get(code))
    line.values["started_on"] = line.values["started_on"] or line.values["ended_on"]
    first, last, given = (line.values[code] for code in ("started_on", "ended_on", "document_date"))
    if last is None and not any(one.startswith(HEADINGS["ended_on"][0]) for one in line.wrong):
        line.wrong.append("Не указан последний день")
    if first and last and last < first:
        line.wrong.append(f"Последний день ({ruday(last)}) раньше первого ({ruday(first)})")
    if last and last > today:
        line.wrong.append(f"Обучение закончится {ruday(last)}: внесите его, когда оно пройдёт")
    if given and given > today:
        line.wrong.append("Дата документа ещё не наступила")


def _day(line: Line, code: str, cell: Any) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    text = _text(cell)
    if not text:
        return None
    parts = DATE.fullmatch(text.removesuffix("г.").strip())
    if parts:
        day, month, year = (int(part) for part in parts.groups())
        try:
            return date(year + 2000 if year < 100 else year, month, day)
        except ValueError:
            pass
    line.wrong.append(f"{HEADINGS[code][0]}: «{text}» не дата. Нужно так: 02.09.2026")
    return None


def _hours(line: Line, cell: Any) -> None:
    text = _text(cell).lower()
    digits = text.split()[0].removesuffix("ч").removesuffix("ч.") if text else ""
    line.values["hours"] = None
    if not text:
        return
    if not digits.isdecimal() or not 0 < int(digits) <= MOST_HOURS:
        line.wrong.append(f"Часов: «{text}» не годится. Нужно целое число, например 36")
        return
    line.values["hours"] = int(digits)
    if int(digits) > MANY_HOURS:
        line.doubts.append(f"Часов {digits}: это не опечатка?")


def _choices(line: Line, cells: dict[str, Any]) -> None:
    kind = _text(cells.get("kind"))
    known = KIND_WORDS.get(search_key(kind).strip()) or _choice(kind, Training.Kind.choices)
    if kind and known is None:
        names = joined([f"«{label}»" for _, label in Training.Kind.choices], "или")
        line.wrong.append(f"Вид «{kind}» не известен. Подходит {names}")
    if not kind:
        line.doubts.append("Вид не указан: будет «курсы повышения квалификации»")
    line.values["kind"] = known or Training.Kind.COURSE
    for code, choices in (("form", Training.Form.choices), ("document", Training.Document.choices)):
        text = _text(cells.get(code))
        found = _choice(text, choices)
        if text and found is None:
            found = Training.Document.OTHER if code == "document" else ""
            line.doubts.append(
                f"{HEADINGS[code][0]}: «{text}» нет в списке, станет «{dict(choices).get(found, 'не указано')}»"
            )
        line.values[code] = found or ""
    if line.values["document_number"] and not line.values["document"]:
        line.values["document"] = Training.Document.OTHER
        line.doubts.append("Есть номер, но не указан документ: станет «другой документ»")
    if line.values["document_date"] and not line.values["document"]:
        line.values["document"] = Training.Document.OTHER
    cell = cells.get("about_mentoring")
    line.values["about_mentoring"] = cell is True or _text(cell).lower() in YES


def _choice(text: str, choices: Any) -> str | None:
    """Return the code whose label has the words of the text at its beginning, when there is only one."""
    key = search_key(text)
    if not key:
        return None
    found = [code for code, label in choices if search_key(label).startswith(key)]
    exact = [code for code, label in choices if search_key(label) == key]
    chosen = exact or found
    return str(chosen[0]) if len(chosen) == 1 else None


def _compare(lines: list[Line]) -> None:
    """Find what is known already and what stands twice; a host that is a partner becomes that partner."""
    people = {line.person.pk for line in lines if line.person}
    known = {_key(row.person_id, row.topic, row.ended_on): row for row in Training.objects.filter(person__in=people)}
    partners = {
        search_key(name): organisation
        for organisation in Organisation.objects.exclude(kind=Organisation.Kind.OWN)
        for name in (organisation.name, organisation.short_name)
    }
    seen: dict[Any, int] = {}
    for line in _readable(lines):
        line.values["organisation"] = partners.get(search_key(line.values["host"]))
        assert line.person is not None
        key = _key(line.person.pk, line.values["topic"], line.values["ended_on"])
        line.known = known.get(key)
        line.twice = 0 if line.known else seen.get(key, 0)
        seen.setdefault(key, line.number)


def _readable(lines: list[Line]) -> Iterator[Line]:
    return (line for line in lines if not line.wrong and line.person)


def _key(person: int, topic: str, ended_on: date) -> tuple[int, str, date]:
    return person, search_key(topic), ended_on
