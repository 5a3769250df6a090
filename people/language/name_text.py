"""Names as text: mending what people type, finding remarks, keys for search, initials.

Nothing here depends on grammar; declension is in ``people.language.names``.
"""

import re
import unicodedata
from functools import lru_cache

NBSP = "\u00a0"

_LOOK_ALIKES = str.maketrans(
    "ABCEHKMOPTXYaceopxykmthëËəƏ",
    "АВСЕНКМОРТХУасеорхукмтһёЁәӘ",
)
_ORDINARY = re.compile("[a-zа-яәһҗңөү ]*")  # of a key: nothing to mend letter by letter
_DASHES = re.compile(r"\s*[-\u2010\u2011\u2012\u2013\u2014\u2212]\s*")
# words of a name which are written small and never change
_SON_AND_DAUGHTER = {"оглы", "оглу", "углы", "угли", "улы", "уулу", "кызы", "кизи", "кизы", "гызы"}
PARTICLES = frozenset({"фон", "ван", "дер", "ден", "де", "ла", "да", "ди", "дос"} | _SON_AND_DAUGHTER)
_REMARK_WORDS = re.compile(
    r"\b(декрет|отпуск|совм|вакан|увол|времен|внутр|внешн|больнич|замещ|и\.\s*о\.|врио|осн\.|см\.)", re.IGNORECASE
)


def _invisible(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cf", "Co", "Cs", "Cn"}


def _is_latin(char: str) -> bool:
    return char.isalpha() and unicodedata.name(char, "").startswith("LATIN")


def _is_cyrillic(char: str) -> bool:
    return char.isalpha() and unicodedata.name(char, "").startswith("CYRILLIC")


def clean_name(text: str | None) -> tuple[str, list[str]]:
    """Mend what a typist or a spreadsheet does to a name.

    Takes a name or a part of it; returns the clean text and a list of short Russian sentences, one for each repair
    (empty when nothing was wrong). Ё, the order of words and everything that needs a decision stay as typed.
    """
    repairs: list[str] = []
    text = _clean_characters(str(text or ""), repairs)
    words = [_cyrillic_word(word, text) for word in text.split(" ")]
    mended = " ".join(words)
    if mended != text:
        repairs.append(f"Латинские буквы заменены русскими: «{mended}».")
    text = mended
    name, bracket, remark = text.partition("(")
    titled = " ".join(map(_title_word, name.split(" "))) + bracket + remark
    if titled != text:
        repairs.append(f"Прописные буквы заменены строчными: «{text}» → «{titled}».")
    return titled, repairs


def _clean_characters(text: str, repairs: list[str]) -> str:
    """Forms of letters, invisible characters, spaces and dashes."""
    normal = unicodedata.normalize("NFC", text)
    if normal != text:
        repairs.append("Составные буквы заменены обычными.")
    visible = "".join(char for char in normal if char.isspace() or not _invisible(char))
    if visible != normal:
        repairs.append("Убраны невидимые знаки.")
    spaced = re.sub(r"[^\S ]", " ", visible)
    if NBSP in visible:
        repairs.append("Неразрывные пробелы заменены обычными.")
    elif spaced != visible:
        repairs.append("Переносы строк и табуляции заменены пробелами.")
    single = " ".join(spaced.split())
    if single != spaced:
        repairs.append("Убраны лишние пробелы.")
    hyphened = _DASHES.sub("-", single)
    if hyphened != single:
        repairs.append("Тире или дефис с пробелами заменены дефисом.")
    # removing an invisible character may bring a letter and its mark together
    return unicodedata.normalize("NFC", hyphened)


def _cyrillic_word(word: str, whole: str) -> str:
    """Replace Latin look-alikes if the word (or the name around it) is Russian and nothing Latin remains."""
    if not any(map(_is_latin, word)) or not any(map(_is_cyrillic, whole)):
        return word
    mended = word.translate(_LOOK_ALIKES)
    return word if any(map(_is_latin, mended)) else mended


def _title_word(word: str) -> str:
    """«САНДЖИ-ГОРЯЕВА» → «Санджи-Горяева»; initials and words in ordinary letters stay."""
    letters = [char for char in word if char.isalpha()]
    if len(letters) < 2 or "." in word or not word.isupper():
        return word
    parts = re.split(r"([-'’ʼ])", word.lower())
    return "".join(part if part in _SON_AND_DAUGHTER else part[:1].upper() + part[1:] for part in parts)


def looks_like_remark(text: str | None) -> bool:
    """Whether something that is not a name stands in it: brackets, digits, «декретный отпуск», mixed alphabets."""
    text = " ".join(str(text or "").split())
    if re.search(r"[^\w\s.'’ʼ\-]|[\d_]", text) or _REMARK_WORDS.search(text):
        return True
    words = text.split(" ")
    if len(words) > 6 or any(len(word) > 3 and word.endswith(".") and word.count(".") == 1 for word in words):
        return True
    if any(any(map(_is_latin, word)) and any(map(_is_cyrillic, word)) for word in words):
        return True
    capital = any(word[:1].isupper() for word in words)
    return capital and any(word.islower() and word.split("-")[-1] not in PARTICLES for word in words)


def search_key(*words: str | None) -> str:
    """Key for finding people by beginnings of words: « очирова светлана дмитриевна».

    Lower case, ё → е, one space before every word, parts of a two-part surname are words of their own, so that
    ``contains " горя"`` finds Санджи-Горяева; points and commas part words, so that «Очирова С. Д.» is found as lists
    write it. Give a query through ``search_terms``.
    """
    text = unicodedata.normalize("NFC", " ".join(str(word or "") for word in words)).lower().replace("ё", "е")
    if not _ORDINARY.fullmatch(text):
        text = "".join(" " if char.isspace() or char in "-‐‑–—.," else char for char in text)
        text = "".join(char for char in text if char not in "'’ʼ" and not _invisible(char))
    return "".join(f" {word}" for word in text.split())


def search_terms(query: str | None) -> list[str]:
    """The beginnings which all must be contained in a ``search_key``: «Ива Пет» → [" ива", " пет"]."""
    return [f" {word}" for word in search_key(query).split()]


@lru_cache(maxsize=4096)  # a list of pairs asks for the same people hundreds of times
def _initials(first: str | None, middle: str | None) -> tuple[str, ...]:
    """Initials: every word of the first name, only the first word of the patronymic («Мамед оглы» → «М.»)."""
    found = []
    for word in [*str(first or "").split(), *str(middle or "").split()[:1]]:
        letters = (next((char for char in part if char.isalpha()), "") for part in re.split("[-‑]", word))
        if initial := "-".join(f"{letter.upper()}." for letter in letters if letter):
            found.append(initial)
    return tuple(found)


def initials_after(last: str | None, first: str | None, middle: str | None = "") -> str:
    """«Очирова С. Д.» for running text, with no-break spaces."""
    return NBSP.join([*str(last or "").split(), *_initials(first, middle)])


def initials_before(last: str | None, first: str | None, middle: str | None = "") -> str:
    """«С. Д. Очирова» for signatures, with no-break spaces."""
    return NBSP.join([*_initials(first, middle), *str(last or "").split()])


def address(first: str | None, middle: str | None = "") -> str:
    """How a person is addressed: «Светлана Дмитриевна»."""
    return " ".join(f"{first or ''} {middle or ''}".split())
