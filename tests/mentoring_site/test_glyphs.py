"""A character that no paper can print is said at the field when it is typed; what people write in Russia passes."""

import pytest
from django import forms

from mentoring_site.forms import BaseForm
from mentoring_site.pdf.glyphs import unprintable
from programs.journal.forms import MessageForm

pytestmark = [pytest.mark.unit, pytest.mark.point("8.22")]


class Form(BaseForm):
    never_printed = {"aside"}

    words = forms.CharField()
    aside = forms.CharField(required=False)
    password = forms.CharField(required=False, widget=forms.PasswordInput)


@pytest.mark.parametrize("sign", ["😀", "→", "日", "☑"])
def test_a_sign_without_a_letterform_is_refused_at_the_field(sign):
    form = Form({"words": f"Урок {sign} хорошо", "aside": sign, "password": sign})
    assert form.errors == {"words": [f"Знак «{sign}» на бумаге не напечатается. Уберите его или замените словом"]}


@pytest.mark.parametrize(
    "text",
    [
        "«Ёлочки» — №\u00a05, 30\u202f% × 2 ≤ 7°",
        "Һазг өңгин үзг җирһл",
        "зáмок\u0301 и до\u00adма",
        "a\r\nb\tc",
        "é ü ç ½ ₽",
    ],
)
def test_what_people_write_passes(text):
    assert unprintable(text) == "" and Form({"words": text}).is_valid()


def test_a_message_of_the_thread_stands_on_no_paper():
    assert MessageForm.never_printed == {"text"}
