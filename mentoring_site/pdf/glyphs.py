"""Which characters papers can print by their own fonts: those of the machine would make a paper differ elsewhere."""

import unicodedata
from functools import cache

from mentoring_site.pdf.resources import STATIC

INVISIBLE = {"Cc", "Cf", "Zl", "Zp", "Zs", "Mn"}  # nothing is drawn, or it joins the letter before


@cache
def _printable() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    known = []
    for name in ("PTSerif", "PTSans"):
        with TTFont(STATIC / "fonts" / f"{name}-Regular.ttf") as face:
            known.append(frozenset(face.getBestCmap()))
    return frozenset.intersection(*known)


def unprintable(text: str) -> str:
    """Return the first character of a text that papers cannot print, or an empty string."""
    if text.isascii():
        return ""
    known = _printable()
    return next((c for c in text if ord(c) not in known and unicodedata.category(c) not in INVISIBLE), "")
