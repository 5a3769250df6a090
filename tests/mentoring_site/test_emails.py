"""E-mail addresses, in Cyrillic too, in one spelling (RFC 6531, IDN)."""

import pytest
from django import forms
from django.apps import apps
from django.db import models

from mentoring_site import emails
from mentoring_site.forms import BaseForm
from tests.mentoring_site.kit import every_form


class Form(BaseForm):
    email = emails.EmailFormField(required=False)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Ivanova@School.ru", "ivanova@school.ru"),
        (" info@школа.рф ", "info@школа.рф"),
        ("Завуч@Школа.РФ", "завуч@школа.рф"),
        ("info@xn--80atdl2c.xn--p1ai", "info@школа.рф"),  # as browsers send a field of type email
        ("о.очирова@дши-1.элиста.рф", "о.очирова@дши-1.элиста.рф"),
        ("", ""),
    ],
)
def test_an_address_is_stored_in_one_spelling(typed, stored):
    form = Form({"email": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["email"] == stored


@pytest.mark.parametrize(
    "typed",
    [
        *("школа.рф", "@школа.рф", "завуч@", "завуч@школа", "за вуч@школа.рф", "a@b@школа.рф", "завуч@школа..рф"),
        *("a@-.рф", "a\u202e@school.ru", f"a@{'я' * 64}.рф", "a@xn--zzzzzzzzzzz.рф\r\nBcc: b@c.ru", "<b>@школа.рф"),
    ],
)
def test_what_is_no_address_is_refused(typed):
    form = Form({"email": typed})
    assert form.errors["email"] == [emails.INVALID]


def test_the_field_lets_the_browser_take_cyrillic():
    html = str(Form()["email"])
    assert 'type="text"' in html and 'inputmode="email"' in html


def test_a_link_and_a_server_name_the_domain_in_ascii():
    assert emails.mailto("info@школа.рф") == "mailto:info@xn--80atdl2c.xn--p1ai"
    assert emails.mailto("завуч@школа.рф").startswith("mailto:%D0%B7") and emails.mailto("нет") == ""
    assert emails.for_sending("a@school.ru") == "a@school.ru"


def test_every_field_for_an_address_is_ours():
    columns = [f for model in apps.get_models() for f in model._meta.get_fields() if isinstance(f, models.EmailField)]
    ours = [
        f for f in columns if f.model.__module__.split(".")[0] in ("mentoring_site", "people", "programs", "reports")
    ]
    assert len(ours) >= 4 and all(isinstance(f, emails.EmailField) for f in ours)
    declared = {
        (form.__name__, name)
        for form in every_form()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.EmailField) and not isinstance(field, emails.EmailFormField)
    }
    assert declared == set()
