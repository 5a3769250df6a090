"""Wishes in an act of destruction: those that the person wrote, and those about the person (152-ФЗ, ст. 21)."""

from django.db.models import Q

from mentoring_site.russian import plural
from people.consents.destruction.retention import ErasableData
from people.register.models import Person
from programs.pairings.choosing.models import ColleagueWish


def _of(person: Person):
    return ColleagueWish.objects.filter(Q(author=person) | Q(about=person))


def _found(person: Person) -> list[str]:
    number = _of(person).count()
    return [plural(number, "пожелание,пожелания,пожеланий")] if number else []


def _erase(person: Person) -> int:
    return _of(person).delete()[0]


DATA = ErasableData("colleague_wishes", "пожелания и сомнения о парах", _found, _erase)
