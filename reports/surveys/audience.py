"""Whom a survey asks: all teachers, the bank, pairs at work, the council; or people of programs at one moment of them.

The codes of groups are those of ``Survey.Audience``, the roles those of ``Role``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from people.banks.models import Candidate
from people.register.models import Employment, Person
from people.rights import CHAIR, COUNCIL, CURATOR, SECRETARY
from people.roles.models import RoleGrant
from programs.pairings.models import Participation
from programs.program.models import Program

BEFORE, MIDDLE, AFTER = "before", "middle", "after"


@dataclass(frozen=True)
class Asked:
    """Somebody to be asked, in which role, about which program."""

    person: Person
    role: str
    program: int | None = None


def _at_work(keys: QuerySet) -> QuerySet[Person]:
    return Person.objects.at_work().filter(pk__in=keys)


def _granted(*roles: str) -> QuerySet[Person]:
    return _at_work(RoleGrant.objects.in_force().filter(role__in=roles).values("person"))


def _in_pairs(part: str) -> QuerySet[Person]:
    return _at_work(Participation.objects.engaged().filter(part=part).values("person"))


GROUPS: dict[str, tuple[tuple[str, Callable[[], QuerySet[Person]]], ...]] = {
    "teachers": (
        ("teacher", lambda: _at_work(Employment.objects.current().filter(is_teaching=True).values("person"))),
    ),
    "candidates": (
        ("candidate", lambda: _at_work(Candidate.objects.standing().filter(part="mentor").values("person"))),
    ),
    "mentors": (("mentor", lambda: _in_pairs("mentor")),),
    "mentees": (("mentee", lambda: _in_pairs("mentee")),),
    "pairs": (("mentor", lambda: _in_pairs("mentor")), ("mentee", lambda: _in_pairs("mentee"))),
    "council": (("council", lambda: _granted(CHAIR, SECRETARY, COUNCIL)),),
    "curators": (("curator", lambda: _granted(CURATOR)),),
}
PARTS = {"mentors": ("mentor",), "mentees": ("mentee",), "pairs": ("mentor", "mentee")}
"""Groups that may be asked at a moment of their programs."""


def people_of(audience: str, picked: Iterable[Person] = ()) -> list[Asked]:
    """Return the people of a group today, each once and in the first role; ``picked`` are those picked by name."""
    if audience not in GROUPS:
        return [Asked(person, "teacher") for person in picked]
    found: dict[int, Asked] = {}
    for role, people in GROUPS[audience]:
        for person in people().select_related("user").order_by("last_name", "first_name", "pk"):
            found.setdefault(person.pk, Asked(person, role))
    return list(found.values())


def at_moment(audience: str, moment: str, since: date, until: date) -> list[Asked]:
    """Return who takes part in programs that came to the moment between two days, with the program.

    The middle of a program is the middle between its first and its last day.
    """
    programs = [
        (pk, pairing, ended)
        for pk, pairing, starts, ends, ended in _programs(moment)
        if (day := _day(moment, starts, ends, ended)) and since <= day <= until
    ]
    of_pairing: dict[int, list[tuple[int, date | None]]] = {}
    for pk, pairing, ended in programs:
        of_pairing.setdefault(pairing, []).append((pk, ended))
    parts = Participation.objects.filter(pairing__in=of_pairing, part__in=PARTS.get(audience, ()))
    working = set(Person.objects.at_work().values_list("pk", flat=True))
    rows = parts.select_related("person__user").order_by("person__last_name", "person__first_name", "pk")
    found: dict[tuple[int, int], Asked] = {}
    for row in rows:
        for program, ended in of_pairing[row.pairing_id]:
            stayed = row.until is None or (ended is not None and row.until >= ended)
            if stayed and row.person_id in working:
                found.setdefault((row.person_id, program), Asked(row.person, row.part, program))
    return list(found.values())


def _programs(moment: str) -> QuerySet:
    rows = Program.objects.filter(started_on__isnull=False).order_by("pk")
    state = Program.State.COMPLETED if moment == AFTER else Program.State.RUNNING
    return rows.filter(state=state).values_list("pk", "pairing", "started_on", "ends_on", "ended_on")


def _day(moment: str, starts: date | None, ends: date | None, ended: date | None) -> date | None:
    if moment == AFTER:
        return ended
    if moment == MIDDLE:
        return starts + (ends - starts) / 2 if starts and ends else None
    return starts
