"""Forms: inputs for dates, big buttons, files with a drop zone, and errors in plain Russian.

Nothing here knows what a form is about. ``BaseForm`` and ``BaseModelForm`` are the two parents of every form of the
project.
"""

import uuid
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH

from mentoring_site.emails import INVALID as INVALID_EMAIL
from mentoring_site.help import Help
from mentoring_site.pdf.glyphs import unprintable

NBSP = "\u00a0"

ERRORS = {
    forms.Field: {"required": "Заполните это поле"},
    forms.IntegerField: {"invalid": "Напишите целое число, например 12"},
    forms.FloatField: {"invalid": "Напишите число, например 1,5"},
    forms.DecimalField: {"invalid": "Напишите число, например 1,5"},
    forms.DateField: {"required": "Укажите дату", "invalid": "Такой даты нет. Напишите её так: 02.09.2026"},
    forms.TimeField: {"required": "Укажите время", "invalid": "Напишите время так: 15:40"},
    forms.DateTimeField: {
        "required": "Укажите дату и время",
        "invalid": "Напишите дату и время так: 02.09.2026 15:40",
    },
    forms.EmailField: {"invalid": INVALID_EMAIL},
    forms.URLField: {"invalid": "Проверьте адрес страницы: он начинается с https://"},
    forms.FileField: {
        "required": "Выберите файл",
        "missing": "Выберите файл",
        "invalid": "Файл не дошёл целиком. Выберите его ещё раз",
        "empty": "Этот файл пуст. Выберите другой",
    },
    forms.ChoiceField: {"required": "Выберите одно из предложенного", "invalid_choice": "Такого варианта нет в списке"},
    forms.MultipleChoiceField: {
        "required": "Отметьте хотя бы одно",
        "invalid_choice": "Одного из отмеченных вариантов больше нет в списке",
    },
    forms.ModelChoiceField: {
        "required": "Выберите одно из предложенного",
        "invalid_choice": "Такого варианта больше нет в списке. Выберите другой",
    },
    forms.ModelMultipleChoiceField: {
        "required": "Отметьте хотя бы одно",
        "invalid_choice": "Одного из отмеченных вариантов больше нет в списке",
        "invalid_pk_value": "Одного из отмеченных вариантов больше нет в списке",
    },
    forms.BooleanField: {"required": "Без этой отметки продолжить нельзя"},
}
LIMITS = {
    "max_length": f"Слишком длинно: можно не больше %(limit_value)d{NBSP}знаков, сейчас %(show_value)d",
    "min_length": f"Слишком коротко: нужно не меньше %(limit_value)d{NBSP}знаков, сейчас %(show_value)d",
    "max_value": "Не больше %(limit_value)s",
    "min_value": "Не меньше %(limit_value)s",
    "null_characters_not_allowed": "В тексте есть невидимые знаки. Наберите его заново",
}


FIRST_YEAR, LAST_YEAR = 1900, 2199


def validate_year(day: date) -> None:
    """Refuse a year that can only be a typing error: terms are counted from dates."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise forms.ValidationError(f"Проверьте год: он должен быть от {FIRST_YEAR} до {LAST_YEAR}")


def validate_printable(text: object) -> None:
    """Refuse a character that no paper can print: an emoji, a letter of a rare script."""
    if isinstance(text, str) and (found := unprintable(text)):
        raise forms.ValidationError(f"Знак «{found}» на бумаге не напечатается. Уберите его или замените словом")


class DateInput(forms.DateInput):
    """A date picker of the browser. It understands only ISO, while ``ru`` would print 05.01.2026 and show it empty."""

    input_type = "date"

    def __init__(self, attrs=None, format="%Y-%m-%d"):
        super().__init__(attrs, format)


class TimeInput(forms.TimeInput):
    """A time picker of the browser, hours and minutes."""

    input_type = "time"

    def __init__(self, attrs=None, format="%H:%M"):
        super().__init__(attrs, format)


class DateTimeInput(forms.DateTimeInput):
    """A picker of date and time, ISO as the browser wants it."""

    input_type = "datetime-local"

    def __init__(self, attrs=None, format="%Y-%m-%dT%H:%M"):
        super().__init__(attrs, format)


class Textarea(forms.Textarea):
    """A text of several lines. Browsers send each line end as two signs and count it as one: it is one here too.

    So a text that the page let through is never too long, and line ends are stored in one way.
    """

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value


class Segments(forms.RadioSelect):
    """Radio buttons drawn as a row of big buttons: two to five short answers, made for a thumb."""

    segments = True


class Many(forms.CheckboxSelectMultiple):
    """Boxes for a list as long as the whole staff: in columns, inside a frame that scrolls."""

    many = True


WIDGETS: dict[type, type] = {
    forms.DateInput: DateInput,
    forms.TimeInput: TimeInput,
    forms.DateTimeInput: DateTimeInput,
    forms.Textarea: Textarea,
}
"""What stands in place of Django's own widgets in every form."""
DASHES = BLANK_CHOICE_DASH[0][1]
CHOOSE, NOTHING = "выберите", "не выбрано"
"""What a list says in place of Django's dashes while nothing is chosen: where an answer is needed, and where not."""


def replace_messages(field: forms.Field) -> None:
    """Replace Django's default messages of one field.

    Takes a form field; changes its ``error_messages`` in place. A message that the field's author wrote stays.
    """
    for cls in reversed(type(field).__mro__):
        for code, text in ERRORS.get(cls, {}).items():
            if str(field.error_messages.get(code, "")) in _inherited(type(field), code):
                field.error_messages[code] = text
    for code, text in LIMITS.items():
        field.error_messages.setdefault(code, text)


def replace_dashes(field: Any, words: str) -> None:
    """Say in words that nothing is chosen yet."""
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == DASHES:
            field.empty_label = words
    elif any(label == DASHES for _, label in field.choices):
        field.choices = [(value, words if label == DASHES else label) for value, label in field.choices]


@cache
def _inherited(cls: type, code: str) -> set[str]:
    """All wordings of one message that Django or this module gives to a class of fields by default; all are Russian."""
    words = {""}
    for parent in cls.__mro__:
        words.add(str(getattr(parent, "default_error_messages", {}).get(code, "")))
        words.add(ERRORS.get(parent, {}).get(code, ""))
    return words


class PlainMixin:
    """What both parents of forms share.

    ``autocomplete`` names the fields that the browser may fill with data of the reader (``{"email": "email"}``); all
    others are about somebody else and are not filled. ``conditional`` names the fields that are needed only sometimes:
    they are not called optional, and ``clean`` asks for them. ``never_printed`` names the texts that stand on no paper
    and may have any characters. ``terms`` names the words of the glossary beside whose fields «?» stands; ``help`` is
    the page that explains a refusal.
    """

    autocomplete: dict[str, str] = {}
    conditional: frozenset[str] | set[str] = frozenset()
    never_printed: frozenset[str] | set[str] = frozenset()
    terms: dict[str, str] = {}
    help: Help | None = None
    fields: dict[str, Any]
    required_css_class = ""
    error_css_class = ""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            self.prepare(name, field)

    def prepare(self, name: str, field: Any) -> None:
        """Give a field its widget, validators and words; a form that adds fields later calls it for each."""
        field.quiet = name in self.conditional
        field.term = self.terms.get(name, "")
        widget = WIDGETS.get(type(field.widget))
        if widget:
            field.widget = widget(attrs=field.widget.attrs)
            field.widget.is_required = field.required
        if name in self.autocomplete:
            field.widget.attrs["autocomplete"] = self.autocomplete[name]
        elif isinstance(field.widget, forms.TextInput):
            field.widget.attrs.setdefault("autocomplete", "off")
        if isinstance(field, forms.DateField):
            field.validators = [*field.validators, validate_year]
        printed = name not in self.never_printed and not isinstance(field.widget, forms.PasswordInput)
        if isinstance(field, forms.CharField) and printed:
            field.validators = [*field.validators, validate_printable]
        if isinstance(field, forms.ChoiceField):
            replace_dashes(field, CHOOSE if field.required or name in self.conditional else NOTHING)
        replace_messages(field)


class BaseForm(PlainMixin, forms.Form):
    """Parent of the forms without a model."""


class BaseModelForm(PlainMixin, forms.ModelForm):
    """Parent of the forms of one model."""


class VersionedMixin(forms.Form):
    """A form that edits something with a version: the hidden field says what the user was looking at."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def show_newer(self, version: int) -> None:
        """After a stale edit: keep what was typed, but let the next press be about the present version."""
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = version


class OnceMixin(forms.Form):
    """A form that makes something: the hidden key makes a second press harmless."""

    request_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["request_key"].initial = uuid.uuid4
