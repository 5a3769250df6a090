"""Who of the register is perhaps the same person under another name: a surname changed, a patronymic left out.

One rule for a list that is loaded and for a person who is entered by hand; it asks, it never decides. And whether a
corrected name is the same one, or another.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from mentoring_site.russian import quoted
from people.language.name_text import search_key
from people.language.names import decline
from people.register.models import Person

NAME_FIELDS = ("last_name", "first_name", "middle_name")
CHUNK = 1000  # dates and telephones in one query


@dataclass(frozen=True)
class Described:
    """What is known about somebody who is not in the register under this name."""

    last: str
    first: str
    middle: str = ""
    birth_date: date | None = None
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Likeness:
    """Somebody of the register, and what is the same: «то же имя и отчество, дата рождения»."""

    person: Person
    same: str

    @property
    def sentence(self) -> str:
        """«Похоже на Мельничук Екатерину Викторовну: то же имя и отчество, дата рождения, телефон»."""
        who = self.person
        named = decline(who.last_name, who.first_name, who.middle_name, who.gender, "accusative")
        return f"Похоже на {named}: {self.same}"


def lookalikes(described: Iterable[Described]) -> Iterator[tuple[Described, Likeness]]:
    """Pairs of a described one and somebody of the register who may be the same person; few queries for a whole list.

    Full namesakes are no business of this rule.
    """
    wanted = [one for one in described if one.birth_date or one.phone or one.email]
    people: dict[int, Person] = {}
    for start in range(0, len(wanted), CHUNK):
        some = wanted[start : start + CHUNK]
        signs = Q(birth_date__in={one.birth_date for one in some if one.birth_date})
        signs |= Q(phone__in={one.phone for one in some if one.phone})
        signs |= Q(email__in={one.email for one in some if one.email})
        people |= {person.pk: person for person in Person.objects.filter(signs)}
    by_first: dict[str, list[Person]] = {}
    for person in people.values():
        by_first.setdefault(search_key(person.first_name), []).append(person)
    for one in wanted:
        for person in by_first.get(search_key(one.first), ()):
            if same := _same(one, person):
                yield one, Likeness(person, same)


def _same(one: Described, person: Person) -> str:
    """What is the same about both, in words; nothing when it is not enough, or when the whole name is the same."""
    last = search_key(one.last) == search_key(person.last_name)
    middle = search_key(one.middle) == search_key(person.middle_name)
    if last == middle:
        return ""
    name = "те же фамилия и имя" if last else "то же имя и отчество" if one.middle else "то же имя"
    facts = [
        words
        for words, mine, theirs in (
            ("дата рождения", one.birth_date, person.birth_date),
            ("телефон", one.phone, person.phone),
            ("e-mail", one.email.lower(), person.email.lower()),
        )
        if mine and mine == theirs
    ]
    return ", ".join([name, *facts]) if facts else ""


def found(described: Described) -> list[Likeness]:
    """Everybody of the register who may be the described one."""
    return [likeness for _, likeness in lookalikes([described])]


def other_names(person: Person, fields: Mapping[str, Any]) -> list[str]:
    """Return the fields of the name which are not the same word with a slip, but another one."""
    return [
        field
        for field in NAME_FIELDS
        if (old := getattr(person, field)) and (new := fields.get(field)) and not is_slip(old, new)
    ]


def another_name(person: Person, names: list[str]) -> str:
    """«Было «Мельничук». Если имя сменилось…»: what to do about another name in a correction."""
    was = ", ".join(quoted(getattr(person, name)) for name in names)
    return (
        f"Было {was}. Если имя сменилось по документам, нажмите «Сменить имя»: прежнее останется, и человека можно"
        " будет найти по нему. Если раньше записали с ошибкой, отметьте это ниже"
    )


def is_slip(old: str, new: str) -> bool:
    """Whether a word of a name is another one only by a slip: one letter wrong, two in a word of six and more."""
    before, after = search_key(old).strip(), search_key(new).strip()
    return _distance(before, after) <= 1 + min(len(before), len(after)) // 6


def _distance(one: str, other: str) -> int:
    """How many letters are to be put in, taken out or replaced."""
    row = list(range(len(other) + 1))
    for line, letter in enumerate(one, 1):
        before, row[0] = row[0], line
        for column, opposite in enumerate(other, 1):
            before, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, before + (letter != opposite))
    return row[-1]
