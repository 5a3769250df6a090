"""When people are asked: after the first meeting that they held, then monthly; once a term, on a day of work.

Nobody is asked while away, in a suspension, or after the planned end of the program.
"""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone

from mentoring_site.locks import one_at_a_time
from mentoring_site.russian import add_months
from mentoring_site.workflow import perform
from people.absences.models import Absence
from people.consents.closed import closed_on
from people.roles.letters import mail_person
from people.school.workdays import is_workday
from programs.changes.pause.models import Pause
from programs.journal.models import Meeting, MeetingAttendance
from programs.pairings.models import Participation
from programs.program.models import Program
from programs.relationship.models import RelationshipAnswer

HOUR = 9  # by the school's clock
AT_ONCE = 100


def ask_due(now: datetime | None = None) -> int:
    """Ask everybody whose term has come, for the clock; return how many."""
    now = timezone.localtime(now)
    today = now.date()
    if now.hour < HOUR or not is_workday(today):
        return 0
    return sum(_ask(side, program, today) for side, program in list(due(today))[:AT_ONCE])


def due(today: date) -> Iterator[tuple[int, int]]:
    """Yield those who are asked today, as keys of a participation and its program; a few queries for all."""
    programs = Program.objects.going_on().exclude(pk__in=Pause.objects.going_on(today).values("program"))
    held = MeetingAttendance.objects.filter(
        meeting__state=Meeting.State.HELD,
        meeting__held_on__lte=today,
        meeting__program__in=programs,
        participation__until__isnull=True,
    ).exclude(participation__person__in=Absence.objects.going_on(today).values("person"))
    first = held.order_by().values_list("participation", "meeting__program", "participation__person")
    rows = list(first.annotate(first=Min("meeting__held_on")))
    asked = RelationshipAnswer.objects.filter(participation__in={row[0] for row in rows})
    last = dict(asked.order_by().values_list("participation").annotate(last=Max("asked_on")))
    closed = closed_on({row[2] for row in rows}) if rows else {}
    for side, program, person, _ in sorted(rows):
        if person not in closed and (side not in last or add_months(last[side], 1) <= today):
            yield side, program


@transaction.atomic
def _ask(side: int, program: int, today: date) -> bool:
    """Ask one person, unless that has been done meanwhile; a question without an answer lapses."""
    one_at_a_time(f"relationship {side}")
    asked = RelationshipAnswer.objects.filter(participation=side)
    if asked.filter(asked_on__gt=add_months(today, -1)).exists():
        return False
    for open_one in asked.filter(state=RelationshipAnswer.State.ASKED):
        perform(open_one, "lapse", by=None)
    made = RelationshipAnswer.objects.create(participation_id=side, program_id=program, asked_on=today)
    person = Participation.objects.select_related("person__user").get(pk=side).person
    mail_person(person, "relationship_asked", asks=str(made.pk), person=person, question=made)
    return True
