"""What every reader of a cell shares: the answer, the levels of a finding, text without stray characters."""

import re
import unicodedata
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar

REPAIR, DOUBT, REFUSAL = "repair", "doubt", "refusal"

SPACES = re.compile(r"[\s\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
NOTHING = re.compile(r"[\s\-–—−_.·/]*")

TO_RUSSIAN = str.maketrans("ABCEHKMOPTXYaceopxyk", "АВСЕНКМОРТХУасеорхук")
TO_LATIN = str.maketrans("АВСЕНКМОРТХУасеорхук", "ABCEHKMOPTXYaceopxyk")
CYRILLIC, LATIN_LETTER = re.compile(r"[а-яёА-ЯЁӘәҺһҖҗҢңӨөҮү]"), re.compile(r"[A-Za-z]")
WORD = re.compile(r"\w+")
PLACE = re.compile(r"(\b(?:с|п|г|х|пос|ст|им)\.\s*)([а-яё-]+)")  # «филиал с. троицкое»: a name after it

T = TypeVar("T")


class Read(NamedTuple, Generic[T]):
    """What a cell says: its value (None or "" for nothing), and a finding with its level when there is one."""

    value: T
    level: str = ""
    sentence: str = ""
    remark: str = ""


def plain(cell: Any) -> str:
    """The cell as one line of text without stray, invisible or no-break spaces; numbers without «.0»."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    elif isinstance(cell, datetime | date):
        return f"{cell:%d.%m.%Y}"
    return SPACES.sub(" ", INVISIBLE.sub("", str(cell))).strip()


def simple(text: str) -> str:
    """The text in small letters, е for ё: for comparison with patterns."""
    return text.lower().replace("ё", "е")


@lru_cache(maxsize=4096)
def mend(text: str) -> tuple[str, tuple[str, ...]]:
    """Mend a text that is not a name: spaces, invisible characters, Latin look-alikes inside Russian words, capitals.

    Returns the corrected text and sentences about what was corrected.
    """
    repairs = []
    clean = SPACES.sub(" ", INVISIBLE.sub("", unicodedata.normalize("NFC", text))).strip()
    if "\u00a0" in text or "\u202f" in text:
        repairs.append("Неразрывные пробелы заменены обычными")
    elif clean != re.sub(r"\s*\n\s*", " ", text):
        repairs.append("Убраны лишние пробелы и невидимые знаки")
    russian = WORD.sub(_russian_word, clean)
    if russian != clean:
        repairs.append(f"Латинские буквы заменены русскими: «{russian}»")
        clean = russian
    letters = [letter for letter in clean if letter.isalpha()]
    if len(letters) > 6 and all(letter.isupper() for letter in letters):
        clean = PLACE.sub(lambda found: found[1] + found[2].title(), clean.capitalize())
        repairs.append(f"Сплошные прописные буквы заменены: «{clean}»")
    return clean, tuple(repairs)


def _russian_word(found: re.Match) -> str:
    """A word with letters of both alphabets, in Russian letters only, when every Latin one has a twin."""
    word = found[0]
    if not (CYRILLIC.search(word) and LATIN_LETTER.search(word)):
        return word
    russian = word.translate(TO_RUSSIAN)
    return word if LATIN_LETTER.search(russian) else russian
