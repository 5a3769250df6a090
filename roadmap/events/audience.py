"""Whom an event is for, as people: those of pairs at work, of the banks, of the council (п. 3.4, этап 4)."""

from collections.abc import Callable, Iterable

from django.db.models import QuerySet

from people.banks.models import Candidate
from people.register.models import Person
from people.rights import CHAIR, COUNCIL, SECRETARY
from people.roles.models import RoleGrant
from programs.pairings.models import Participation
from roadmap.events.models import Event

Audience = Event.Audience


def _at_work(keys: QuerySet) -> QuerySet[Person]:
    return Person.objects.at_work().filter(pk__in=keys)


def _in_pairs(part: str) -> Callable[[], QuerySet[Person]]:
    return lambda: _at_work(Participation.objects.engaged().filter(part=part).values("person"))


def _in_bank(part: str) -> Callable[[], QuerySet[Person]]:
    return lambda: _at_work(Candidate.objects.standing().filter(part=part).values("person"))


def _council() -> QuerySet[Person]:
    return _at_work(RoleGrant.objects.in_force().filter(role__in=(CHAIR, SECRETARY, COUNCIL)).values("person"))


GROUPS: dict[str, tuple[str, Callable[[], QuerySet[Person]]]] = {
    "mentors": ("наставники действующих пар и групп", _in_pairs("mentor")),
    "mentees": ("наставляемые действующих пар и групп", _in_pairs("mentee")),
    "bank_mentors": ("банк наставников", _in_bank("mentor")),
    "bank_mentees": ("банк наставляемых", _in_bank("mentee")),
    "council": ("методический совет", _council),
}
OF_AUDIENCE = {
    Audience.MENTORS: ("mentors",),
    Audience.MENTEES: ("mentees",),
    Audience.BOTH: ("mentors", "mentees"),
}
"""Who is invited when an event is announced, without being picked."""


def people_of(groups: Iterable[str]) -> list[Person]:
    """Return the people of several groups, each once, by name."""
    found: dict[int, Person] = {}
    for code in groups:
        for person in GROUPS[code][1]().select_related("user").order_by("last_name", "first_name", "pk"):
            found.setdefault(person.pk, person)
    return list(found.values())
