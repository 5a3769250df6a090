"""A slip of the pen in a year is an error of the field: no term can be counted from it."""

import pytest
from django import forms

from mentoring_site.forms import BaseForm
from tests.factories import make_candidate, make_person

pytestmark = pytest.mark.point("21")


class Form(BaseForm):
    day = forms.DateField(label="День")


@pytest.mark.parametrize(
    ("typed", "fits"),
    [
        ("9999-12-31", False),
        ("0001-01-01", False),
        ("22026-01-01", False),
        ("1899-12-31", False),
        ("1900-01-01", True),
        ("2199-12-31", True),
    ],
)
def test_a_year_is_plausible(typed, fits):
    assert Form({"day": typed}).is_valid() == fits


def test_the_sentence_says_what_is_expected():
    assert Form({"day": "9999-12-31"}).errors["day"] == ["Проверьте год: он должен быть от 1900 до 2199"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "field"),
    [
        ("/people/new/", "birth_date"),
        ("/settings/roles/give/", "since"),
        ("/pairings/paper/new/", "starts_on"),
        ("/site/news/new/", "published_on"),
    ],
)
def test_a_far_day_is_told_on_the_page(cast, as_user, url, field):
    page = as_user(cast.curator).post(url, {field: "9999-12-31"})
    assert page.status_code in (200, 422) and "Проверьте год" in page.content.decode()


@pytest.mark.django_db
def test_the_term_of_a_proposed_pair_is_told_on_the_page(cast, as_user):
    mentor, mentee = (make_candidate(make_person(), part, by=cast.director) for part in ("mentor", "mentee"))
    url = f"/pairings/new/terms/?mentor={mentor.pk}&mentee={mentee.pk}"
    page = as_user(cast.curator).post(url, {"planned_from": "9999-12-31", "planned_to": "9999-12-31"})
    assert "Проверьте год" in page.content.decode()
