"""How long the people of a program have not met, counted in days on which they could have (п. 3.4, 4.2, 5.2).

Days off of the calendar, days of a suspension, and days on which the mentor, or every mentee, is away do not count.
While the program is suspended or its people are away nobody is asked to meet at all.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Max, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from people.absences.models import periods_of
from people.school.models import DayOff
from people.school.workdays import special_days
from programs.changes.models import Change
from programs.changes.pause.models import Pause
from programs.journal.models import Meeting
from programs.pairings.models import Participation
from programs.program.models import Program

QUIET_DAYS = 21
"""So many days without a meeting are too many."""


@dataclass(frozen=True)
class Silence:
    """Nobody has met for ``days`` that count, since a meeting or, where there was ``none`` yet, since the start."""

    days: int
    since: date
    none: bool


def silences(programs: QuerySet[Program], at_least: int, today: date | None = None) -> dict[int, Silence]:
    """Return program -> its silence of ``at_least`` days that count; five queries at most, one when all meet.

    Where meetings only follow the need (ситуационное, п. 2.3) a silence is no sign.
    """
    today = today or timezone.localdate()
    programs = programs.exclude(pk__in=Program.objects.by_need().values("pk"))
    last = Max("meetings__held_on", filter=Q(meetings__state=Meeting.State.HELD, meetings__held_on__lte=today))
    rows = programs.order_by().annotate(met=last, since=Coalesce(Greatest(F("met"), F("started_on")), F("started_on")))
    rows = rows.filter(since__lte=today - timedelta(days=at_least))
    quiet = {pk: (pairing, since, met) for pk, pairing, since, met in rows.values_list("pk", "pairing", "since", "met")}
    if not quiet:
        return {}
    first = min(since for _, since, _ in quiet.values())
    special = special_days(first, today)
    holidays = {day for day, kind in special.items() if kind != DayOff.Kind.WORKING}
    away = _away({pairing for pairing, _, _ in quiet.values()}, first, today)
    suspended = _suspended(quiet, first, today)
    found = {}
    for pk, (pairing, since, met) in quiet.items():
        free = away.get(pairing, set()) | suspended.get(pk, set())
        if today in free:
            continue
        idle = holidays | free
        number = sum(day not in idle for day in _days(since + timedelta(days=1), today))
        if number >= at_least:
            found[pk] = Silence(number, since, met is None)
    return found


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _away(pairings: set[int], first: date, last: date) -> dict[int, set[date]]:
    """Return pairing -> the days on which its mentor, or every mentee of it, is away."""
    people = list(
        Participation.objects.live().filter(pairing__in=pairings).order_by().values_list("pairing", "part", "person")
    )
    periods = periods_of((person for _, _, person in people), first, last)
    if not periods:
        return {}
    found: dict[int, set[date]] = {}
    sides: dict[tuple[int, str], list[set[date]]] = {}
    for pairing, part, person in people:
        days = {day for start, end in periods.get(person, ()) for day in _days(max(start, first), min(end, last))}
        sides.setdefault((pairing, part), []).append(days)
    for (pairing, _), absent in sides.items():
        found.setdefault(pairing, set()).update(set.intersection(*absent))
    return found


def _suspended(programs: Iterable[int], first: date, last: date) -> dict[int, set[date]]:
    """Return program -> the days of its suspensions by order."""
    pauses = Pause.objects.filter(program__in=list(programs), state=Change.State.REGISTERED, since__lte=last)
    found: dict[int, set[date]] = {}
    for program, since, until, resumed in pauses.order_by().values_list("program", "since", "until", "resumed_on"):
        ends = [day for day in (until, resumed and resumed - timedelta(days=1), last) if day]
        found.setdefault(program, set()).update(_days(max(since, first), min(ends)))
    return found


def silent_programs() -> QuerySet[Program]:
    """Return the running programs whose people have not met for too long; those past their planned end are not."""
    return Program.objects.filter(pk__in=silences(Program.objects.going_on(), QUIET_DAYS))
