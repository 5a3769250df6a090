"""The end of a person's last employment: what hangs on the person, what ends by itself, who is told (п. 3.4; ТК 351.8).

A person leaves with the last day of the last employment. Each feature with something that hangs on people registers a
``Part`` when its app is ready. While the day is ahead the parts only tell; after it the clock lets end what ends by
itself, and what needs an act of somebody stays a task of the curator and the clerk (``people/profile/inbox.py``).
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.utils import timezone

from mentoring_site.locks import locked
from mentoring_site.models import Act
from mentoring_site.russian import rudate
from mentoring_site.workflow import record
from people.register.models import Employment, Person
from people.rights import Actor

LEAVING, LEFT = "leaving", "left"
"""Verbs of the log: the last day is known; it has passed."""


@dataclass(frozen=True)
class Hanging:
    """One thing that hangs on a person: «роль «куратор»», what becomes of it, and where somebody acts on it.

    ``by_itself`` says that it ends with the last day; else ``then`` names whose act it needs.
    """

    person_id: int
    what: str
    then: str
    url: str = ""
    by_itself: bool = False


@dataclass(frozen=True)
class Part:
    """What one feature knows: ``hanging`` of people by their keys, with the last day of each; ``end`` ends what ends by
    itself, in the transaction of leaving.
    """

    hanging: Callable[[dict[int, date]], Iterable[Hanging]]
    end: Callable[[Person, date], None] | None = None


Teller = Callable[[Person, date, list[Hanging], Actor | None], None]
_PARTS: list[Part] = []
_TELLERS: list[Teller] = []


def register(*parts: Part) -> None:
    """Add parts, once each; called by the apps when they are ready, in the order in which things end."""
    _PARTS.extend(part for part in parts if part not in _PARTS)


def on_leaving(*tellers: Teller) -> None:
    """Add those who are told that somebody leaves, once each."""
    _TELLERS.extend(teller for teller in tellers if teller not in _TELLERS)


def last_days(people: Collection[int] | None = None) -> dict[int, date]:
    """Return the last day of work of those whose every employment has one, by person (everybody for None)."""
    rows = Employment.objects.all() if people is None else Employment.objects.filter(person__in=people)
    known = rows.order_by().values("person").annotate(lasting=Count("pk", filter=Q(until=None)), last=Max("until"))
    return {person: last for person, lasting, last in known.values_list("person", "lasting", "last") if not lasting}


def last_day_of(person: str) -> Subquery:
    """Return an expression: the last day of work of the person of the outer row, or NULL while it is not known."""
    own = Employment.objects.filter(person=OuterRef(person)).order_by().values("person")
    ends = own.annotate(lasting=Count("pk", filter=Q(until=None)), last=Max("until")).filter(lasting=0)
    return Subquery(ends.values("last"))


def beyond(person: Person, last: date | None, day: date | None, what: str) -> str:
    """Say that ``what`` reaches past the person's last day of work, or return an empty string.

    ``what`` stands in the nominative: «срок закрепления», «программа».
    """
    if last is None or day is None or day <= last:
        return ""
    if last < timezone.localdate():
        return f"{person.short_name}: работа окончена {rudate(last)}"
    return f"{person.short_name} работает по {rudate(last)}, а {what} — до {rudate(day)}"


def beyond_work(people: Iterable[Person], day: date | None, what: str) -> list[str]:
    """Return the sentences of ``beyond`` about several people; one query."""
    people = list(people)
    days = last_days([person.pk for person in people])
    return [said for person in people if (said := beyond(person, days.get(person.pk), day, what))]


def hanging_on(days: dict[int, date]) -> dict[int, list[Hanging]]:
    """Return what hangs on people who leave, by person; a few queries for each part, however many people."""
    found: dict[int, list[Hanging]] = {}
    for part in _PARTS if days else ():
        for thing in part.hanging(days):
            found.setdefault(thing.person_id, []).append(thing)
    return found


def follow(person: Person, *, by: Actor | None) -> None:
    """Tell what hangs on a person whose last day is known now; let it end when the day is past.

    Called in the transaction that writes an employment; safe to repeat.
    """
    last = last_days([person.pk]).get(person.pk)
    if last is None:
        return
    if last < timezone.localdate():
        _leave(person, last, by)
    elif not _done(person.pk, LEAVING, last):
        record(person, LEAVING, by=by, words=f"последний день работы — {rudate(last)}", last_day=last.isoformat())
        _tell(person, last, _hanging(person, last), by)


@transaction.atomic
def _leave(person: Person, last: date, by: Actor | None) -> None:
    """Let everything end that ends by itself. Who was told of the day before it is told only of what remains."""
    locked(person)
    things = _hanging(person, last)
    for part in _PARTS:
        if part.end is not None:
            part.end(person, last)
    if _done(person.pk, LEFT, last):
        return
    record(person, LEFT, by=by, words=f"работа окончена {rudate(last)}", last_day=last.isoformat())
    known = _done(person.pk, LEAVING, last)
    _tell(person, last, [thing for thing in things if not (known and thing.by_itself)], by)


def _hanging(person: Person, last: date) -> list[Hanging]:
    return hanging_on({person.pk: last}).get(person.pk, [])


def _tell(person: Person, last: date, things: list[Hanging], by: Actor | None) -> None:
    for teller in _TELLERS if things else ():
        teller(person, last, things, by)


def _done(person: int, verb: str, last: date) -> bool:
    rows = Act.objects.about(Person(pk=person)).filter(verb=verb)
    return last.isoformat() in {facts.get("last_day") for facts in rows.values_list("facts", flat=True)}


def leave_due(today: date | None = None) -> int:
    """Let end what ends by itself of those whose last day has passed; returns of how many people something has ended.

    Called by the clock, safe to repeat: a role that stayed for want of a successor ends when there is one.
    """
    today = today or timezone.localdate()
    gone = {person: last for person, last in last_days().items() if last < today}
    waiting = {person for person, things in hanging_on(gone).items() if _moves(person, gone[person], things)}
    for person in Person.objects.filter(pk__in=waiting).order_by("pk"):
        _leave(person, gone[person.pk], None)
    return len(waiting)


def _moves(person: int, last: date, things: list[Hanging]) -> bool:
    return any(thing.by_itself for thing in things) or not _done(person, LEFT, last)
