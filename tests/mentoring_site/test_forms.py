"""What both parents of all forms do."""

from django import forms

from mentoring_site.forms import BaseForm, Textarea
from people.absences.forms import AbsenceForm
from people.absences.models import Absence
from tests.mentoring_site.kit import every_form

LINES = "\r\n".join(["д" * 80] * 48 + ["д" * 112])
"""A text of 4,000 signs as the page counts it, with 48 line ends, as a browser sends it."""


class Form(BaseForm):
    text = forms.CharField(max_length=4000, widget=forms.Textarea)


def test_a_line_end_is_one_sign():
    form = Form({"text": LINES})
    assert len(LINES.replace("\r\n", "\n")) == 4000 and LINES.count("\r\n") == 48
    assert form.is_valid(), form.errors
    assert len(form.cleaned_data["text"]) == 4000 and "\r" not in form.cleaned_data["text"]


def test_a_text_that_is_too_long_without_them_is_refused():
    form = Form({"text": LINES + "д"})
    assert "можно не больше 4000" in form.errors["text"][0] and "сейчас 4001" in form.errors["text"][0]


def test_line_ends_of_old_computers_are_line_ends():
    form = Form({"text": "раз\rдва"})
    assert form.is_valid() and form.cleaned_data["text"] == "раз\nдва"


class Choices(BaseForm):
    kind = AbsenceForm.base_fields["kind"]
    who = forms.ModelChoiceField(Absence.objects.none())
    maybe = forms.ModelChoiceField(Absence.objects.none(), required=False)


def test_a_list_says_in_words_that_nothing_is_chosen():
    form = Choices()
    assert "---" not in form.as_p()
    assert form.as_p().count("выберите") == 2 and form.as_p().count("не выбрано") == 1


def test_every_text_of_several_lines_is_counted_so():
    """A widget of another class would bring Django's count back."""
    other = {
        (form.__name__, name)
        for form in every_form()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field.widget, forms.Textarea) and type(field.widget) not in (forms.Textarea, Textarea)
    }
    assert other == set()
