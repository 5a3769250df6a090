"""Numbers of papers as texts: what is one number, how they sort, which is plain, what is no number."""

import pytest
from django import forms

from mentoring_site.paper_numbers import NumberFormField, clean_number, number_key, plain_of, problem

pytestmark = pytest.mark.point("9.4")

SORTED = ["1-од", "01-05/117", "2", "46", "46-од", "46/1-од", "46/2-од", "47-од", "100-од", "А-2", "Н-12", "Н-100"]


def test_keys_sort_as_people_do():
    assert sorted(set(SORTED), key=number_key) == SORTED
    assert all(number_key(n).isascii() and number_key(n).isalnum() for n in SORTED)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("46-од", "46-ОД"),
        ("46-од", "46–од"),
        ("46-од", "46 - од"),
        ("46-од", "46од"),
        ("Н-12", "H-12"),  # Latin
        ("46/1-од", "46 / 1 - од"),
        ("01-05/117", "1-5/117"),
    ],
)
def test_one_number_in_two_spellings(one, other):
    assert number_key(one) == number_key(other)


@pytest.mark.parametrize(("one", "other"), [("46-од", "46/1-од"), ("46", "46-од"), ("12-1", "121"), ("1/2", "1-2")])
def test_two_numbers(one, other):
    assert number_key(one) != number_key(other)


@pytest.mark.parametrize(
    ("number", "plain"),
    [("46", 46), ("46-од", 46), ("46-л/с", 46), ("46/1-од", None), ("01-05/117", None), ("Н-12", None), ("0-од", None)],
)
def test_plain_numbers_follow_one_another(number, plain):
    assert plain_of(number) == plain


@pytest.mark.parametrize("text", ["№ 46-од", "  46-од ", "номер 46-од", "46 - од"])
def test_a_typed_number_is_cleaned(text):
    assert clean_number(text) == "46-од"


@pytest.mark.parametrize(
    "wrong", ["", "од", "-3", "46--од", "46-", "46<b>", "٣", "0", "100000-од", "1" * 10, "1-" * 15 + "1"]
)
def test_no_number(wrong):
    assert problem(wrong)


class Form(forms.Form):
    number = NumberFormField()


@pytest.mark.parametrize(("typed", "kept"), [("№ 01-05/117", "01-05/117"), ("Н-12", "Н-12"), ("б/н", "б/н")])
def test_the_field_keeps_the_number_of_the_paper(typed, kept):
    form = Form({"number": typed})
    assert form.is_valid() and form.cleaned_data["number"] == kept
    assert "number" in Form({"number": "без номера"}).errors
