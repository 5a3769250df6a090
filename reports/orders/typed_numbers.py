"""The number of an order as people type it: «46», «№ 46-од», «46 ОД», «46/1-од», «01-05/117», «приказ № 46-од от …»."""

import re

from django.db.models import Q

_AROUND = re.compile(r"^(?:приказ\w*\s*)?(?:№|n[o°]?\.?(?=\s*\d)|номер)?\s*(?P<number>\d.*?)(?:\s+от\s.*)?$", re.I)
_OWN = re.compile(r"(?P<number>\d{1,6})(?P<index>(?:\s*[/\-]\s*\d+)*)\s*-?\s*(?P<letters>[^\W\d]{0,8})")
_AFTER_INDEX = re.compile(r"\d+(?:[-.]\d+)+\s*/\s*(?P<number>\d{1,6})(?P<index>)\s*-?\s*(?P<letters>[^\W\d]{0,8})")


YEAR = re.compile(r"(?:19|20)\d\d")


def numbered(text: str) -> Q | None:
    """Return the condition that an order bears the typed number; None for a text that is no number.

    What is typed after the number begins the ending that it must have: «46» finds 46-од and 46/1-од, «46-од» not 46-лс.
    """
    whole = _AROUND.match(" ".join(text.replace("–", "-").replace("—", "-").split()))
    found = None
    for written in (_OWN, _AFTER_INDEX):
        if whole and (parts := written.fullmatch(whole["number"])):
            index, letters = "".join(parts["index"].split()), parts["letters"]
            ending = Q()
            for form in {letters, letters.lower(), letters.upper()}:  # SQLite knows no case of Cyrillic letters
                for dash in ("-", "") if letters else ("",):
                    ending |= Q(suffix__startswith=f"{index}{dash}{form}")
            found = Q(number=int(parts["number"])) & ending
    return found


def plain_number(text: str) -> str:
    """Return the number itself: «приказ № 46-од от 22.11.2026» → «46-од»; another text as it is."""
    whole = _AROUND.match(" ".join(text.split()))
    return whole["number"] if whole else text
