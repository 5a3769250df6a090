"""Forms of the import of a staff list: the file, where its columns stand, answers to doubts."""

import hashlib

from django import forms
from openpyxl.utils import get_column_letter

from mentoring_site.forms import BaseForm, DateInput, Segments, replace_messages
from mentoring_site.xlsx.reader import MAX_FILE
from people.staff_list.cleaning import GENDER
from people.staff_list.recognition import FIELDS, Mapping, headings, match_columns

DOUBTS_AT_ONCE = 200  # answers on one page: a form may carry a thousand fields
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
        label="Сколько строк в шапке", coerce=int, choices=[("1", "одна"), ("2", "две")]
    )

    def __init__(self, *args, book, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = [(sheet.name, sheet.name) for sheet in book.visible]

    def mapping(self, old: Mapping, rows) -> Mapping:
        """The mapping for another heading, its columns recognized again."""
        data = self.cleaned_data
        texts = headings(rows, data["header_row"], data["header_rows"])
        return Mapping(data["sheet"], data["header_row"], data["header_rows"], match_columns(texts), old.as_of)


class ColumnsForm(BaseForm):
    """Which column is what."""

    as_of = forms.DateField(
        label="На какую дату список", widget=DateInput, help_text="От неё считается педагогический стаж"
    )

    def __init__(self, *args, mapping: Mapping, texts: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.old = mapping
        columns = [
            (str(at), f"{get_column_letter(at + 1)} — {text[:60] or 'без названия'}") for at, text in enumerate(texts)
        ]
        self.fields["as_of"].initial = mapping.as_of
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
        self.mapping = Mapping(self.old.sheet, self.old.header_row, self.old.header_rows, chosen, data.get("as_of"))
        for missing in self.mapping.missing:
            self.add_error("post" if missing == FIELDS["post"] else "name", f"Укажите, в каком столбце {missing}")
        return data


class AnswersForm(BaseForm):
    """One question for each doubtful row; what is not answered stays out of the register."""

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = sorted(rows, key=lambda row: row.outcome != "doubtful")[:DOUBTS_AT_ONCE]
        for row in self.rows:
            needs_gender = any(finding.ask == GENDER for finding in row.findings)
            take = [("f", "Женщина, внести"), ("m", "Мужчина, внести")] if needs_gender else [("take", "Внести так")]
            field = self.fields[f"row{row.number}"] = forms.ChoiceField(
                label=f"Строка {row.number}",
                required=False,
                widget=Segments,
                choices=[*take, ("skip", "Не вносить")],
                initial=_initial(row.answer, needs_gender),
            )
            replace_messages(field)

    @property
    def answers(self) -> dict:
        """The answers given, as the plan takes them."""
        given = {row.number: self.cleaned_data.get(f"row{row.number}") for row in self.rows}
        meaning = {"take": {"take": True}, "skip": {"take": False}}
        return {
            str(number): meaning.get(chosen, {"take": True, "gender": chosen})
            for number, chosen in given.items()
            if chosen
        }

    @property
    def questions(self):
        """Rows next to their fields."""
        return [{"row": row, "field": self[f"row{row.number}"]} for row in self.rows]


def _initial(answer: dict, needs_gender: bool) -> str:
    if answer.get("take") is False:
        return "skip"
    return answer.get("gender", "") if needs_gender else "take" if answer.get("take") else ""
