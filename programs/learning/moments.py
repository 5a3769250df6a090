"""When skills are rated: the moment of a mentee by the dates of the program, and what is still owed for it.

The end comes with the last fortnight or with the completion of the mentee, which a higher feature registers.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, DateTimeField, F, OuterRef, QuerySet, Subquery, Value
from django.utils import timezone

from programs.changes.pause.models import Pause
from programs.learning.models import Moment, Skill, SkillRating
from programs.pairings.models import Participation
from programs.program.models import Program

FORTNIGHT = timedelta(days=14)
"""How long a rating of the start or of the middle is asked for before it is late, and how long before its end a program
is rated for the last time.
"""
MENTOR, MENTEE = Participation.Part.MENTOR, Participation.Part.MENTEE

Begun = Callable[[str, str], Any]
_BEGUN: list[Begun] = []


def register_ending(begun: Begun) -> None:
    """Give the expression of when the completion of a mentee began, from the paths to the participation and to its
    program; called once when the app is ready.
    """
    _BEGUN[:] = [begun]


def begun_at(side: str, program: str) -> Any:
    """Return the expression: when the completion of a mentee began, or nothing."""
    return _BEGUN[0](side, program) if _BEGUN else Value(None, output_field=DateTimeField())


@dataclass(frozen=True)
class Window:
    """A moment with the days in which it is asked for; ``until`` is None where there is no end to keep."""

    moment: Moment
    opens: date
    until: date | None


def window(started_on: date, ends_on: date | None, begun: datetime | None, today: date | None = None) -> Window:
    """Return what is rated now in a running program."""
    today = today or timezone.localdate()
    if begun is not None:
        return Window(Moment.END, timezone.localdate(begun), ends_on)
    if ends_on is None:
        return Window(Moment.START, started_on, started_on + FORTNIGHT)
    last, middle = ends_on - FORTNIGHT, started_on + (ends_on - started_on) / 2
    if today >= last:
        return Window(Moment.END, last, ends_on)
    if today >= middle:
        return Window(Moment.MIDDLE, middle, min(middle + FORTNIGHT, last))
    return Window(Moment.START, started_on, min(started_on + FORTNIGHT, middle))


@dataclass(frozen=True)
class Due:
    """What one mentee of a running program has in the learning log now."""

    program: int
    title: str
    side: int
    person: int
    name: str
    pairing: int
    window: Window
    skills: int
    given: dict[str, int]  # part -> skills rated at this moment

    @property
    def moment(self) -> Moment:
        """The moment that is rated now."""
        return self.window.moment

    def owes(self, part: str) -> bool:
        """Whether a side has still to rate something, or there is nothing to rate yet."""
        return self.given.get(part, 0) < self.skills or not self.skills


def due_of(sides: QuerySet[Participation], today: date | None = None) -> list[Due]:
    """Return the learning log of the mentees among ``sides`` whose programs run and are not suspended; two queries."""
    today = today or timezone.localdate()
    paused = Pause.objects.going_on(today).values("program")
    rows = sides.filter(part=MENTEE, until__isnull=True, pairing__programs__state=Program.State.RUNNING)
    chosen = Skill.objects.filter(participation=OuterRef("pk"), program=OuterRef("pairing__programs")).order_by()
    rows = (
        rows.exclude(pairing__programs__in=paused)
        .order_by("pairing__programs", "pk")
        .annotate(
            in_program=F("pairing__programs"),
            title=F("pairing__programs__title"),
            started_on=F("pairing__programs__started_on"),
            ends_on=F("pairing__programs__ends_on"),
            begun=begun_at("pk", "pairing__programs"),
            skills_chosen=Subquery(chosen.values("program").annotate(n=Count("pk")).values("n")),
        )
        .select_related("person")
    )
    found: list[Any] = [row for row in rows if row.started_on]
    given = _given(found)
    return [_due(row, given, today) for row in found]


def _due(row: Any, given: dict[tuple[int, int, str], dict[str, int]], today: date) -> Due:
    now = window(row.started_on, row.ends_on, row.begun, today)
    return Due(
        program=row.in_program,
        title=row.title,
        side=row.pk,
        person=row.person_id,
        name=row.person.short_name,
        pairing=row.pairing_id,
        window=now,
        skills=row.skills_chosen or 0,
        given=given.get((row.in_program, row.pk, now.moment), {}),
    )


def _given(rows: Iterable[Any]) -> dict[tuple[int, int, str], dict[str, int]]:
    """Return (program, side, moment) -> part -> how many skills it has rated; only numbers, nothing of the values."""
    keys = [row.pk for row in rows if row.skills_chosen]
    if not keys:
        return {}
    counted = SkillRating.objects.filter(skill__participation__in=keys).order_by()
    found: dict[tuple[int, int, str], dict[str, int]] = {}
    columns = ("skill__program", "skill__participation", "moment", "part")
    for program, side, moment, part, n in counted.values_list(*columns).annotate(n=Count("pk")):
        found.setdefault((program, side, moment), {})[part] = n
    return found


def due_in(program: Program, sides: Iterable[Participation]) -> dict[int, Due]:
    """Return side -> what is due, of mentees of one program; also while it is suspended nothing is."""
    rows = due_of(Participation.objects.filter(pk__in=[side.pk for side in sides]))
    return {due.side: due for due in rows if due.program == program.pk}
