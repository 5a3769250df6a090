"""The number of an order as people type it: «46», «№ 46-од», «46 ОД», «46/1-од», «01-05/117», «Н-12»."""

import re

from django.db.models import Q

from mentoring_site.paper_numbers import number_key

_AROUND = re.compile(
    r"^(?:приказ\w*\s*)?(?:№|n[o°]?\.?(?=\s*\d)|номер)?\s*(?P<number>(?:\d|[^\W\d]{1,3}\s?[-/]\s?\d).*?)(?:\s+от\s.*)?$",
    re.I,
)
_OWN = re.compile(r"(?:[^\W\d]{1,3}\s?[-/]\s?)?\d{1,6}(?:\s*[/\-.]\s*\d{1,6})*\s*-?\s*[^\W\d]{0,8}")
_AFTER_INDEX = re.compile(r"\d+(?:[-.]\d+)+\s*/\s*(?P<number>\d{1,6}\s*-?\s*[^\W\d]{0,8})")
_INDEX = r"^d\d{9}(s0004[56]d\d{9})+s00047"  # «01-05/» in keys of numbers
_DASH = number_key("-") + "d"

MAY_BE_A_WORD = re.compile(r"(?:19|20)\d\d$|[^\W\d]{1,3}\s?[-/]\s?\d")
"""«2026» and «Н-12» may stand in a heading too."""


def numbered(text: str) -> Q | None:
    """Return the condition that an order bears the typed number; None for a text that is no number.

    What is typed after the number begins the ending that it must have: «46» finds 46-од and 46/1-од, «46-од» not 46-лс.
    The index of a file before the number may be left out on either side: «117» finds 01-05/117, and the other way.
    """
    whole = _AROUND.match(" ".join(text.replace("–", "-").replace("—", "-").split()))
    if not whole or not _OWN.fullmatch(whole["number"]):
        return None
    key = number_key(whole["number"])
    found = Q(number_key__startswith=key) & ~Q(number_key__startswith=f"{key}{_DASH}")  # «1» is not 01-05/117
    if after := _AFTER_INDEX.fullmatch(whole["number"]):
        return found | Q(number_key__startswith=number_key(after["number"]))
    return found | Q(number_key__regex=_INDEX + key)


def plain_number(text: str) -> str:
    """Return the number itself: «приказ № 46-од от 22.11.2026» → «46-од»; another text as it is."""
    whole = _AROUND.match(" ".join(text.split()))
    return whole["number"] if whole else text
