"""E-mail addresses, in Cyrillic too: «завуч@школа.рф» (RFC 6531, IDN).

An address is stored in one spelling: small letters, the domain as people read it. A browser may send the domain of
such an address as ``xn--…``; mail servers and ``mailto:`` want it so. Every e-mail field of the product is
``EmailField`` (models) or ``EmailFormField`` (forms).
"""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.db import models

LONGEST = 254
INVALID = "Проверьте адрес почты: он выглядит так — imya@school.ru"


MIXED = "В адресе смешаны русские и латинские буквы: наберите его на одной раскладке"


def _mixes_alphabets(part: str) -> bool:
    """Whether a part between points has Latin and Cyrillic letters: nobody has such an address, it only looks right."""
    return (
        re.search(r"[a-z]", part, re.IGNORECASE) is not None and re.search(r"[а-яё]", part, re.IGNORECASE) is not None
    )


class AddressValidator(EmailValidator):
    """Django's check of an address that lets letters of any alphabet stand before @ too."""

    message = INVALID
    user_regex = re.compile(r"[-!#$%&'*+/=?^_`{}|~\w]+(\.[-!#$%&'*+/=?^_`{}|~\w]+)*\Z")

    def __call__(self, value: str | None) -> None:
        super().__call__(value)
        if any(map(_mixes_alphabets, re.split(r"[@.]", str(value)))):
            raise ValidationError(MIXED, code=self.code, params={"value": value})
        try:
            to_ascii(str(value).rpartition("@")[2])
        except UnicodeError as error:
            raise ValidationError(self.message, code=self.code, params={"value": value}) from error


def to_ascii(domain: str) -> str:
    """Return the domain as mail servers name it: «школа.рф» is «xn--80aswg.xn--p1ai».

    Raises ``UnicodeError`` for what is no domain.
    """
    return domain.encode("idna").decode("ascii")


def normalize(address: str) -> str:
    """Return an address in the spelling in which it is stored and compared; what is no address stays as typed."""
    address = address.strip().lower()
    user, at, domain = address.rpartition("@")
    try:
        return f"{user}{at}{domain.encode('ascii').decode('idna')}" if "xn--" in domain else address
    except UnicodeError:
        return address


def for_sending(address: str) -> str:
    """Return the address with its domain in ASCII. Raises ``ValueError`` for what is no address."""
    user, at, domain = address.rpartition("@")
    if not user or not at:
        raise ValueError("no e-mail address")
    return f"{user}@{to_ascii(domain)}"


def needs_utf8(address: str) -> bool:
    """Whether only a mail server with SMTPUTF8 can take the address: letters other than Latin stand before @."""
    return not address.rpartition("@")[0].isascii()


def mailto(address: str) -> str:
    """Return the target of a link that writes to the address, or an empty string for what is no address."""
    try:
        return f"mailto:{quote(for_sending(address), safe='@')}"
    except ValueError:
        return ""


class EmailFormField(forms.EmailField):
    """The e-mail field of every form. Its input is of type text: browsers refuse Cyrillic in one of type email."""

    default_validators = [AddressValidator()]
    widget = forms.TextInput

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("max_length", LONGEST)
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"inputmode": "email", "autocapitalize": "off", "spellcheck": "false"}

    def to_python(self, value: Any) -> str:
        return normalize(super().to_python(value) or "")


class EmailField(models.EmailField):
    """The e-mail column of every model; for migrations it is Django's."""

    default_validators = [AddressValidator()]

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.EmailField", args, kwargs

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return super().formfield(**{"form_class": EmailFormField, **kwargs})
