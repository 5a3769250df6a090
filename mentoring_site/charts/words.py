"""How wide a text is, and how it is shortened or broken to fit; numbers as short as an axis needs them."""

import math
import re

from mentoring_site.russian import NBSP, number_text

SHARES = {
    0.27: ".,:'",
    0.34: " ;!()fijlIJ\u00a0",
    0.44: 'гт„“"-/rst',
    0.54: "авеёзклсухчъьэяГ?«»+acekvxyzFLәү",
    0.64: "бдийнопрцАБВЕЁЗКЛРСТУХЧЬЭЯ0123456789bdghnopquABCEGKPRSTVXYZөһңҮҺ",
    0.74: "жмфыюДИЙНОПЦЪ–DHNOQUҗӘӨҢ",
}
"""How wide the signs of PT Sans are, as shares of the size; all others are as wide as the widest of them."""
SHARE_OF = {sign: share for share, signs in SHARES.items() for sign in signs}
WIDEST = 0.92
ELLIPSIS = "…"
MILLION, MILLIARD = 10**6, 10**9


def width(text: str, size: float) -> float:
    """Return about how wide a line of PT Sans is, rather more than less, in the units of its ``size``."""
    return sum(_share(sign) for sign in text) * size


def _share(sign: str) -> float:
    return SHARE_OF.get(sign, WIDEST)


def cut(text: str, room: float, size: float) -> str:
    """Return the text, shortened with «…» when its line is wider than ``room``."""
    text = " ".join(text.split())
    if width(text, size) <= room:
        return text
    left = room - width(ELLIPSIS, size)
    kept = 0
    for sign in text:
        left -= _share(sign) * size
        if left < 0:
            break
        kept += 1
    return text[:kept].rstrip(" ,;:.—–-") + ELLIPSIS


def wrap(text: str, room: float, size: float, lines: int) -> list[str]:
    """Break the text into at most so many lines no wider than ``room``; the last one is cut when more remains."""
    found: list[str] = []
    words = re.split(r"\s+", text.replace(NBSP, " ").strip())
    while words and len(found) < lines - 1:
        line = words.pop(0)
        while words and width(f"{line} {words[0]}", size) <= room:
            line += f" {words.pop(0)}"
        found.append(cut(line, room, size))
    return [*found, cut(" ".join(words), room, size)] if words else found


def short_number(value: float) -> str:
    """«0», «7,5», «1200», «25 тыс.», «1,5 млн», «3 млрд»: as short as an axis needs it."""
    size = abs(value)
    for border, unit in ((MILLIARD, "млрд"), (MILLION, "млн"), (10_000, "тыс.")):
        if size >= border:
            return f"{number_text(_round(value / (1000 if border == 10_000 else border)))}{NBSP}{unit}"
    return number_text(_round(value))


def _round(value: float) -> float | int:
    rounded = round(value, 1)
    return int(rounded) if rounded == math.floor(rounded) else rounded
