"""Forms of the import of a staff list: the file, where its columns stand, answers to doubts."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from openpyxl.utils import get_column_letter

from mentoring_site.forms import BaseForm, DateInput, Segments, replace_messages
from mentoring_site.xlsx.reader import MAX_FILE
from people.staff_list.cells import DOUBT
from people.staff_list.cleaning import CONFIRM, GENDER, WAIT
from people.staff_list.headings import FIELDS, match_columns
from people.staff_list.plan import PlannedRow
from people.staff_list.recognition import Mapping, heading_texts
from people.staff_list.sheet_rows import Question

DOUBTS_AT_ONCE = 25  # answers on one page
TOGETHER = 3  # rows with the same doubt are answered at once
HEADING_ROWS = 60


class UploadForm(BaseForm):
    """The file with the list."""

    file = forms.FileField(
        label="Файл со списком",
        help_text="Книга Excel (.xlsx), до 10\u00a0МБ и 20\u00a0000 строк",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )

    def clean_file(self):
        """Leave ``content`` and ``sha256``; whether it can be read is known when it is read, once, by the act."""
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith(".xlsx"):
            raise forms.ValidationError("Нужен файл .xlsx: сохраните список как «Книга Excel (.xlsx)»")
        self.content = file.read(MAX_FILE + 1)
        self.sha256 = hashlib.sha256(self.content).hexdigest()
        return file


class HeadingForm(BaseForm):
    """Which sheet and which rows are the heading; asked by GET, because it only shows other columns."""

    sheet = forms.ChoiceField(label="Лист")
    header_row = forms.IntegerField(label="Строка с названиями столбцов", min_value=1, max_value=HEADING_ROWS)
    header_rows = forms.TypedChoiceField(
        label="Сколько строк в шапке",
        coerce=int,
        choices=[("0", "шапки нет"), ("1", "одна"), ("2", "две"), ("3", "три"), ("4", "четыре")],
    )

    def __init__(self, *args, book, **kwargs):
        super().__init__(*args, **kwargs)
        self.book = book
        self.fields["sheet"].choices = [(sheet.name, sheet.name) for sheet in book.visible]

    def mapping(self, old: Mapping) -> Mapping:
        """The mapping for another heading, its columns recognized again."""
        data = self.cleaned_data
        asked = Mapping(data["sheet"], data["header_row"], data["header_rows"], as_of=old.as_of)
        return replace(asked, columns=match_columns(heading_texts(self.book, asked)))


class ColumnsForm(BaseForm):
    """Which column is what."""

    as_of = forms.DateField(
        label="На какую дату список", widget=DateInput, help_text="От неё считается педагогический стаж"
    )
    everybody = forms.CharField(
        label="Должность для всех строк",
        required=False,
        max_length=200,
        help_text="Если столбца с должностями в списке нет: например, «преподаватель»",
    )

    def __init__(self, *args, mapping: Mapping, texts: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.old = mapping
        columns = [
            (str(at), f"{get_column_letter(at + 1)} — {text[:60] or 'без названия'}") for at, text in enumerate(texts)
        ]
        self.fields["as_of"].initial = mapping.as_of
        self.fields["everybody"].initial = mapping.post or _post_of_all(texts, mapping)
        for name, label in FIELDS.items():
            field = self.fields[name] = forms.TypedChoiceField(
                label=label,
                required=False,
                coerce=int,
                empty_value=None,
                choices=[("", "нет в списке"), *columns],
                initial=str(mapping.columns[name]) if name in mapping.columns else "",
            )
            field.quiet = True
            replace_messages(field)

    def clean(self):
        """One column has one meaning; names and posts must be there."""
        data = super().clean()
        chosen = {name: data[name] for name in FIELDS if data.get(name) is not None}
        taken = {}
        for name, at in chosen.items():
            if at in taken:
                self.add_error(name, f"Этот столбец уже выбран: «{FIELDS[taken[at]]}»")
            taken.setdefault(at, name)
        everybody = "" if "post" in chosen else self.cleaned_data.get("everybody") or ""
        self.mapping = replace(self.old, columns=chosen, as_of=data.get("as_of"), post=everybody)
        for missing in self.mapping.missing:
            self.add_error("post" if missing == FIELDS["post"] else "name", f"Укажите, в каком столбце {missing}")
        return data


def _post_of_all(texts: list[str], mapping: Mapping) -> str:
    """The post that a heading over names gives to everybody: «Преподаватель»."""
    at = mapping.columns.get("name")
    heading = texts[at].lower() if at is not None and at < len(texts) and "post" not in mapping.columns else ""
    return "преподаватель" if heading.startswith("преподавател") else ""


class SheetsForm(BaseForm):
    """Which further sheets of the book are read too."""

    sheets = forms.MultipleChoiceField(
        label="Читать и эти листы", required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )

    def __init__(self, *args, sheets: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["sheets"]
        field.choices = [(name, name) for name in sheets]
        field.quiet = True


class AnswersForm(BaseForm):
    """Questions about several rows, about rows with one and the same doubt, about single rows.

    What is not answered stays out of the register.
    """

    def __init__(self, *args, rows: list[PlannedRow], questions: Sequence[Question] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.about_list = list(questions)
        for question in self.about_list:
            initial = "" if question.take is None else "yes" if question.take else "no"
            self._ask(question.key, question.text, [("yes", question.yes), ("no", question.no)], initial)
        waiting = sorted(rows, key=lambda row: row.outcome != "doubtful")
        self.groups = [group for group in _alike(waiting) if len(group) >= TOGETHER]
        for group in self.groups:
            choices = [("take", "Внести так все"), ("skip", "Не вносить")]
            same = {_initial(row) for row in group}
            self._ask(_name(group[0], "group"), "Эти строки", choices, same.pop() if len(same) == 1 else "")
        together = {row.number for group in self.groups for row in group}
        alone = [row for row in waiting if row.number not in together]
        self.rows, self.more = alone[:DOUBTS_AT_ONCE], max(0, len(alone) - DOUBTS_AT_ONCE)
        for row in self.rows:
            self._ask(_name(row), f"Строка {row.number}", _choices(row), _initial(row))

    def _ask(self, name: str, label: str, choices: list[tuple[str, str]], initial: str) -> None:
        field = forms.ChoiceField(label=label, required=False, widget=Segments, choices=choices, initial=initial)
        self.fields[name] = field
        replace_messages(field)

    @property
    def answers(self) -> dict:
        """The answers given, as the reading and the plan take them."""
        given: dict[str, str] = {str(row.number): self.cleaned_data.get(_name(row), "") for row in self.rows}
        for group in self.groups:
            given |= dict.fromkeys(
                [str(row.number) for row in group], self.cleaned_data.get(_name(group[0], "group"), "")
            )
        given |= {question.key: self.cleaned_data.get(question.key, "") for question in self.about_list}
        return {key: _meaning(chosen) for key, chosen in given.items() if chosen}

    @property
    def list_questions(self) -> list[dict]:
        """Questions about several rows next to their fields."""
        return [{"question": question, "field": self[question.key]} for question in self.about_list]

    @property
    def group_questions(self) -> list[dict]:
        """Rows with one and the same doubt next to their field."""
        return [{"rows": group, "field": self[_name(group[0], "group")]} for group in self.groups]

    @property
    def questions(self) -> list[dict]:
        """Rows next to their fields."""
        return [{"row": row, "field": self[_name(row)]} for row in self.rows]

    @property
    def undecided(self) -> int:
        """How many questions have no answer yet."""
        return sum(not field.initial for field in self.fields.values()) + self.more


def _name(row: PlannedRow, what: str = "row") -> str:
    return f"{what}{row.number}"


def _alike(rows: list[PlannedRow]) -> list[list[PlannedRow]]:
    """Rows whose only doubt is one and the same and needs only a word of assent."""
    found: dict[tuple[str, str], list[PlannedRow]] = {}
    for row in rows:
        doubts = [finding for finding in row.findings if finding.level == DOUBT and finding.ask != WAIT]
        if len(doubts) == 1 and doubts[0].ask == CONFIRM:
            kind = re.sub(r"«[^»]*»|\d+([.,]\d+)*", "", doubts[0].sentence)
            found.setdefault((doubts[0].column, kind), []).append(row)
    return list(found.values())


def _choices(row: PlannedRow) -> list[tuple[str, str]]:
    """The answers to one row: who it is, which gender, or only whether it comes in."""
    skip = ("skip", "Не вносить")
    if row.like:
        who = "Это она: сменить имя" if row.like.person.gender == "f" else "Это он: сменить имя"
        return [("same", who), *_as_new(row, "Другой человек"), skip]
    return [*_as_new(row, ""), skip]


def _as_new(row: PlannedRow, who: str) -> list[tuple[str, str]]:
    if any(finding.ask == GENDER for finding in row.findings):
        prefix = f"{who}: " if who else ""
        woman, man = ("женщина", "мужчина") if who else ("Женщина", "Мужчина")
        return [("f", f"{prefix}{woman}, внести"), ("m", f"{prefix}{man}, внести")]
    return [("take", f"{who}, внести" if who else "Внести так")]


def _initial(row: PlannedRow) -> str:
    answer = row.answer
    if answer.get("take") is False:
        return "skip"
    if answer.get("same"):
        return "same"
    return answer.get("gender") or ("take" if answer.get("take") else "")


def _meaning(chosen: str) -> dict:
    """An answer as the plan takes it."""
    known = {
        "take": {"take": True},
        "yes": {"take": True},
        "skip": {"take": False},
        "no": {"take": False},
        "same": {"take": True, "same": True},
    }
    return known.get(chosen) or {"take": True, "gender": chosen}
