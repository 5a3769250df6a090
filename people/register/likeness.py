"""Who of the register is perhaps the same person under another name: a surname changed, a patronymic left out.

One rule for a list that is loaded and for a person who is entered by hand; it asks, it never decides.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from people.language.name_text import search_key
from people.language.names import decline
from people.register.models import Person

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
