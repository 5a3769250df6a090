"""Whether a text names somebody, in any case, whole words, е = ё (п. 8.1; 152-ФЗ, ст. 10.1).

A program's title and the words about its results are free text. Before they are shown to a visitor they are read for
the participants who have not allowed to be named: for the surname, and for the first name with the patronymic, by which
a teacher is called in a school. A first name alone names nobody.
"""

import re
import unicodedata
from functools import lru_cache

from people.language.names import CASES, decline_parts

FULL_NAME_FIELDS = {"name", "program"}
"""Fields that somebody allows when a name may stand next to a program."""
WORD = re.compile(r"[^\W\d_]+(?:[-‐‑–][^\W\d_]+)*")
STEM = 3  # letters from which every form of a surname begins, or all of a shorter one


LOOKALIKES = str.maketrans("aceopxykmtbhё‐‑–", "асеорхукмтвне---")


def _plain(text: str) -> str:
    """Return the text in small letters, without invisible characters and Latin letters in disguise."""
    visible = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return visible.lower().translate(LOOKALIKES)


@lru_cache(maxsize=10_000)
def _forms(last: str, first: str, middle: str, gender: str) -> frozenset[str]:
    """All forms of a surname, of its parts when it is double, and of both genders' plural: «Очировы», «Очировых»."""
    found = {last}
    for case in CASES[1:]:
        found.add(decline_parts(last, first, middle, gender, case).last)
    plain = {_plain(form) for form in found}
    parts = {part for form in plain for part in form.split("-") if len(part) > STEM}
    base = _plain(last)
    if base.endswith(("ова", "ева", "ина", "ов", "ев", "ин")):
        stem = base.removesuffix("а")
        plain |= {stem + ending for ending in ("ы", "ых", "ым", "ыми")}
    return frozenset(plain | parts)


@lru_cache(maxsize=10_000)
def _address(last: str, first: str, middle: str, gender: str) -> re.Pattern:
    """«Светлана Дмитриевна» in any case, with the first name in full or as an initial."""
    firsts, middles = {first}, {middle}
    for case in CASES[1:]:
        parts = decline_parts(last, first, middle, gender, case)
        firsts.add(parts.first)
        middles.add(parts.middle)

    def any_of(forms):
        return "|".join({re.escape(_plain(form)).replace(r"\ ", r"\s+") for form in forms})

    initial = rf"{re.escape(_plain(first)[:1])}\.\s*"
    return re.compile(rf"(?<![\w-])(?:{initial}|(?:{any_of(firsts)})\s+)(?:{any_of(middles)})(?![\w-])")


def people_named_in(text: str, people) -> list:
    """Return those of ``people`` whose surname, or first name with patronymic, present or former, stands in ``text``,
    in the order given.
    """
    plain = _plain(text or "")
    words = set(WORD.findall(plain))
    words |= {part for word in words for part in word.split("-")}
    return [
        person
        for person in people
        if any(_by_surname(*name, plain, words) or _by_patronymic(*name, plain) for name in _names(person))
    ]


def _names(person) -> list[tuple[str, str, str, str]]:
    """The name of a person and the former ones: a text written before a marriage still names her."""
    former = person.former_names.all() if person.former_search else ()
    return [(name.last_name, name.first_name, name.middle_name, person.gender) for name in (person, *former)]


def _by_surname(last: str, first: str, middle: str, gender: str, plain: str, words: set[str]) -> bool:
    stems = {part[:STEM] for part in _plain(last).split("-")}
    if not any(stem in plain for stem in stems):
        return False
    return bool(words & _forms(last, first, middle, gender))


def _by_patronymic(last: str, first: str, middle: str, gender: str, plain: str) -> bool:
    if not first or not middle or _plain(middle)[:STEM] not in plain:
        return False
    return bool(_address(last, first, middle, gender).search(plain))


def allows_full_name(fields) -> bool:
    """Whether ``fields`` of ``allowed_fields`` let the surname itself stand next to a program, not initials only."""
    return fields >= FULL_NAME_FIELDS and not getattr(fields, "initials", False)


def named_without_permission(text: str, people, allowed: dict) -> list:
    """Return those named in ``text`` without their permission; ``allowed`` is what ``consents.allowed_fields`` gave."""
    return [p for p in people_named_in(text, people) if not allows_full_name(allowed.get(p.pk, frozenset()))]
