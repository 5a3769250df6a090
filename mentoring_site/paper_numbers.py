"""Numbers of papers are texts: «46-од», «46/1-од», «01-05/117», «Н-12» stand as they stand on the paper.

Two numbers are one when their keys are equal: spaces, the kind of the dash, capitals, Latin letters that look like
Russian ones, zeros before a number and a dash before the letters at its end make no difference. Keys sort as people
sort: 46-од, 46/1-од, 47-од, in every collation of the database.
"""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

NUMBER_LENGTH = 30
KEY_LENGTH = 300  # at most ten signs for a digit, six for another sign
LARGEST = 99_999  # of a plain number: more is a typing error
DIGITS = 9
UNNUMBERED = "б/н"  # how papers of others are cited that bear none

HOW = "буквы, цифры, «-», «/» и точка, например 46-од, 46/1-од или 01-05/117"
_WRITTEN = re.compile(r"[0-9A-Za-zА-Яа-яЁё](?:[-/. ]?[0-9A-Za-zА-Яа-яЁё])*")
_BEFORE = re.compile(r"^\s*(?:№|номер(?=\s))\s*", re.I)
_DASHES = str.maketrans("‐‑‒–—−", "------")
_LOOKALIKES = str.maketrans("aceopxykmtbhё", "асеорхукмтвне")
_TOKEN = re.compile(r"\d+|\D")
_PLAIN = re.compile(r"(\d+)(\D*)")


def clean_number(text: str) -> str:
    """Return a typed number without «№» before it and without spaces around its signs."""
    text = _BEFORE.sub("", " ".join(str(text).split()))
    return re.sub(r"\s*([-‐‑‒–—−/])\s*", r"\1", text).strip()


def problem(number: str) -> str:
    """Return what is wrong with a cleaned number; empty when a paper may bear it."""
    if not _WRITTEN.fullmatch(number.translate(_DASHES)) or not re.search(r"[0-9]", number):
        return f"В номере должна быть цифра; ещё в нём бывают {HOW}"
    if len(number) > NUMBER_LENGTH:
        return f"Номер длиннее {NUMBER_LENGTH} знаков"
    if any(len(digits) > DIGITS for digits in re.findall(r"\d+", number)):
        return f"Номер — от 1 до {LARGEST}"
    plain = _plain(number)
    return "" if plain is None or 1 <= plain <= LARGEST else f"Номер — от 1 до {LARGEST}"


def _normal(number: str) -> str:
    """Return a number as it is compared: small letters, hyphens, no dash between a digit and a letter."""
    text = "".join(number.split()).translate(_DASHES).lower().translate(_LOOKALIKES)
    return re.sub(r"(?<=\d)-(?=[^\W\d])|(?<=[^\W\d])-(?=\d)", "", text)


def number_key(number: str) -> str:
    """Return the sorting and comparing key: nothing but Latin letters and digits, so every collation agrees."""
    return "".join(_sorted(token) for token in _TOKEN.findall(_normal(number)))


def _sorted(token: str) -> str:
    if token.isdecimal():
        return f"d{int(token):0{DIGITS}}"
    return f"{'l' if token.isalpha() else 's'}{ord(token):05}"


def _plain(number: str) -> int | None:
    found = _PLAIN.fullmatch(_normal(number))
    return int(found[1]) if found else None


def plain_of(number: str) -> int | None:
    """Return 46 of «46», «46-од» and «46-л/с»: numbers that follow one another; None of any other number."""
    return _plain(number) if not problem(number) else None


def number_columns(number: str) -> dict[str, str | int | None]:
    """Return the columns of a model that keeps numbers: as it stands on the paper, its key and its plain number."""
    return {"number": number, "number_key": number_key(number), "number_plain": plain_of(number)}


class NumberFormField(forms.CharField):
    """A field for the number of a paper: «№ 46-од» becomes «46-од», what is no number is told."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"max_length": NUMBER_LENGTH} | kwargs))

    def to_python(self, value: Any) -> str:
        """Return the number as it stands on the paper."""
        return clean_number(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        """Refuse what no paper bears."""
        super().validate(value)
        if value and value.lower() != UNNUMBERED and (wrong := problem(value)):
            raise ValidationError(wrong, code="number")
