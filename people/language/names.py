"""Russian names in their cases (приказы, согласия, уведомления; docs/law.md#names-and-posts).

``decline`` is built on pytrovich with our own rules before it (``people.language.name_rules``); every form may be
overridden per person. Nothing here touches the database, and pytrovich is loaded with the first declension only.

Sex is always given, never guessed from the first name: «Бадма» is a man's and a woman's name.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from mentoring_site.agreement import agreed
from people.language import name_rules
from people.language.name_text import (
    NBSP,
    PARTICLES,
    address,
    clean_name,
    initials_after,
    initials_before,
    looks_like_remark,
    search_key,
    search_terms,
)

__all__ = [
    "CASES",
    "GENDERS",
    "NBSP",
    "PARTS",
    "NameParts",
    "address",
    "agree",
    "clean_name",
    "decline",
    "decline_parts",
    "decline_short",
    "gender_from_patronymic",
    "initials_after",
    "initials_before",
    "looks_like_remark",
    "search_key",
    "search_terms",
]

CASES = ("nominative", "genitive", "dative", "accusative", "instrumental", "prepositional")
PARTS = ("last", "first", "middle")
GENDERS = ("m", "f")

Overrides = Mapping[str, Mapping[str, str]]

_RULES: dict[str, Callable[[str, str], name_rules.Paradigm | None]] = {
    "last": name_rules.surname,
    "first": name_rules.first_name,
    "middle": name_rules.patronymic,
}
_PETROVICH_PARTS = {"last": "LASTNAME", "first": "FIRSTNAME", "middle": "MIDDLENAME"}
_HYPHENS = re.compile("([-‐‑])")


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name in one case, part by part."""

    last: str
    first: str
    middle: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.last, self.first, self.middle) if part)


def decline(last: str, first: str, middle: str, gender: str, case: str, *, overrides: Overrides | None = None) -> str:
    """Full name «Фамилия Имя Отчество» in a case.

    Takes the parts in the nominative (a missing patronymic is an empty string), ``gender`` «m» or «f», ``case`` of
    ``CASES`` and forms that replace ours: ``{"dative": {"last": "Заяцу"}}``. Returns the parts joined by ordinary
    spaces; letter case and ё are kept, and what is not a Russian word stays as it is.
    Raises ValueError for an unknown case or gender.
    """
    return str(decline_parts(last, first, middle, gender, case, overrides=overrides))


def decline_parts(
    last: str, first: str, middle: str, gender: str, case: str, *, overrides: Overrides | None = None
) -> NameParts:
    """The same as ``decline``, part by part (for the table of forms and for letters)."""
    _check(gender, case)
    replaced = (overrides or {}).get(case) or {}
    whole = {part: str(text or "") for part, text in zip(PARTS, (last, first, middle), strict=True)}
    still = _still_parts(whole)
    forms = {
        part: str(replaced.get(part) or "").strip()
        or _decline_part(part, text, gender, "nominative" if part in still else case)
        for part, text in whole.items()
    }
    return NameParts(**forms)


def _still_parts(whole: dict[str, str]) -> tuple[str, ...]:
    """The parts of a Chinese, Korean or Vietnamese name which stay: all but the last one («Дэн Сяопина»).

    A Korean name of three syllables may have been typed with the third one as a patronymic.
    """
    last, first, middle = (" ".join(whole[part].lower().split()) for part in PARTS)
    if not middle:
        return ("last",) if first and name_rules.is_eastern_name(last, first) else ()
    three = all(name_rules.vowels(word) == 1 for word in (last, first, middle))
    return ("last", "first") if three and gender_from_patronymic(middle) is None else ()


def decline_short(
    last: str, first: str, middle: str, gender: str, case: str, *, overrides: Overrides | None = None
) -> str:
    """«Очировой С. Д.»: the surname in a case with initials after it, no-break spaces between.

    Raises ValueError for an unknown case or gender.
    """
    return initials_after(decline_parts(last, first, middle, gender, case, overrides=overrides).last, first, middle)


def agree(gender: str, masculine: str, feminine: str = "") -> str:
    """The word that agrees with a person: ``agree("f", "назначен")`` is «назначена»; ``feminine`` only for what is no
    form of the same word or stands in an oblique case. Raises ValueError.
    """
    _check(gender)
    return (feminine or agreed(masculine, "f")) if gender == "f" else masculine


def gender_from_patronymic(middle: str | None) -> str | None:
    """«m» or «f» by the patronymic, None when unknown; the first name is not considered."""
    words = " ".join(str(middle or "").lower().replace("-", " ").split())
    if words.endswith(("ич", "оглы", "оглу", "углы", "угли", "уулу", "улы")):
        return "m"
    if words.endswith(("вна", "чна", "шна", "кызы", "кизи", "кизы", "гызы")):
        return "f"
    return None


def _check(gender: Any, case: Any = "nominative") -> None:
    if case not in CASES:
        raise ValueError(f"Неизвестный падеж: {case!r}. Бывают: {', '.join(CASES)}.")
    if gender not in GENDERS:
        raise ValueError(f"Неизвестный пол: {gender!r}. Бывают: m (мужской), f (женский).")


@lru_cache(maxsize=8192)
def _decline_part(part: str, text: str, gender: str, case: str) -> str:
    """One part of a name, which may have several words and hyphens."""
    words = unicodedata.normalize("NFC", text).split()
    if case == "nominative" or (part == "middle" and _has_foreign_patronymic(words)):
        return " ".join(words)
    if part == "first" and name_rules.is_eastern_name("", text.lower()):
        return " ".join([*words[:-1], _decline_word(part, words[-1], gender, case)])
    return " ".join(_decline_word(part, word, gender, case) for word in words)


def _has_foreign_patronymic(words: list[str]) -> bool:
    return any(piece in name_rules.FOREIGN_PATRONYMIC_WORDS for word in words for piece in word.lower().split("-"))


def _decline_word(part: str, word: str, gender: str, case: str) -> str:
    pieces = _HYPHENS.split(word)
    for index in range(0, len(pieces), 2):
        is_last = index == len(pieces) - 1
        if is_last or _declines_before_last(part, pieces[index].lower(), gender):
            pieces[index] = _decline_piece(part, pieces[index], gender, case)
    return "".join(pieces)


def _declines_before_last(part: str, piece: str, gender: str) -> bool:
    if part == "last":
        return bool(piece) and name_rules.surname_part_declines(piece, gender)
    return part == "first" and piece not in name_rules.FOREIGN_FIRST_OF_TWO  # «Бадма-Гаряевны»: a name stays


def _decline_piece(part: str, piece: str, gender: str, case: str) -> str:
    """One word without hyphens; particles («фон»), initials and anything not Cyrillic stay."""
    lower = piece.lower()
    if len(piece) < 2 or piece in PARTICLES or not piece[-1].isalpha() or not all(map(_belongs_to_name, piece)):
        return piece
    paradigm = _RULES[part](lower, gender)
    index = CASES.index(case) - 1
    form = paradigm.form(lower, index) if paradigm else _petrovich(part, lower, gender, case)
    return form.upper() if piece.isupper() else _with_case_of(piece, form)


def _belongs_to_name(char: str) -> bool:
    return char in "'’ʼ" or (char.isalpha() and unicodedata.name(char, "").startswith("CYRILLIC"))


def _with_case_of(piece: str, form: str) -> str:
    """Give the letters which the form shares with the word their original case."""
    same = 0
    while same < min(len(piece), len(form)) and piece[same].lower() == form[same]:
        same += 1
    return piece[:same] + form[same:]


@lru_cache(maxsize=1)
def _maker() -> Any:
    from pytrovich.maker import PetrovichDeclinationMaker

    return PetrovichDeclinationMaker()


def _petrovich(part: str, word: str, gender: str, case: str) -> str:
    from pytrovich.enums import Case, Gender, NamePart

    return _maker().make(
        NamePart[_PETROVICH_PARTS[part]], Gender.MALE if gender == "m" else Gender.FEMALE, Case[case.upper()], word
    )
