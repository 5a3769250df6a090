"""Letters to those concerned when a pair or group stops meeting: on the 7th, 14th and 21st day that counts.

The first goes to the mentor, the second to the mentees too, the third also to the curator of the program. Nothing is
written while a meeting is planned, on days off, in a suspension, or while somebody of the pair is away.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from mentoring_site.mail import is_configured
from people.absences.models import Absence
from people.register.models import Person
from people.roles.letters import mail_person
from people.school.workdays import is_workday
from programs.attention.models import Nudge
from programs.journal.models import Meeting
from programs.journal.silence import QUIET_DAYS, Silence, silences
from programs.pairings.models import Participation, present
from programs.program.models import Program

STEPS = (7, 14, QUIET_DAYS)
MENTEES_FROM, CURATOR_FROM = 14, QUIET_DAYS
HOUR = 9  # by the school's clock
AT_ONCE = 50
FRESH = 30
"""A longer silence is nothing new: the curator has it on the desk already."""


def send_due(now: datetime | None = None) -> int:
    """Write the letters that fall due today, for the clock; return for how many programs."""
    now = timezone.localtime(now)
    today = now.date()
    if now.hour < HOUR or not is_configured() or not is_workday(today):
        return 0
    quiet = silences(_programs(today), STEPS[0], today)
    told = set(Nudge.objects.filter(program__in=quiet).values_list("program", "since", "step"))
    due = {pk: silence for pk, silence in quiet.items() if (pk, silence.since, step_of(silence)) not in told}
    programs = Program.objects.filter(pk__in=list(due)[:AT_ONCE]).select_related("curator")
    return sum(_write(program, due[program.pk]) for program in programs if due[program.pk].days <= FRESH)


def step_of(silence: Silence) -> int:
    """Return the last step that a silence has reached."""
    return max(step for step in STEPS if step <= silence.days)


def _programs(today: date) -> QuerySet[Program]:
    """Programs that go on, without a planned meeting, whose people are all here."""
    planned = Meeting.every.filter(program=OuterRef("pk"), state=Meeting.State.PLANNED, held_on__gte=today)
    people = Participation.objects.live().filter(pairing=OuterRef(OuterRef("pairing"))).order_by().values("person")
    away = Absence.objects.going_on(today).filter(person__in=people)
    return Program.objects.going_on().filter(~Exists(planned), ~Exists(away))


@transaction.atomic
def _write(program: Program, silence: Silence) -> bool:
    """Claim the step for a program, then write to everybody concerned."""
    step = step_of(silence)
    _, created = Nudge.objects.get_or_create(program=program, since=silence.since, step=step)
    if not created:
        return False
    for person in _concerned(program, step):
        mail_person(
            person,
            "meet",
            asks=f"{program.pk}:{silence.since.isoformat()}",
            program=program,
            silence=silence,
            is_curator=person.pk == program.curator_id,
        )
    return True


def _concerned(program: Program, step: int) -> list[Person]:
    parts = [Participation.Part.MENTOR, *([Participation.Part.MENTEE] if step >= MENTEES_FROM else [])]
    rows = present().filter(pairing=program.pairing_id, part__in=parts).select_related("person").order_by("part", "pk")
    people = [row.person for row in rows]
    return [*people, program.curator] if step >= CURATOR_FROM and program.curator not in people else people


def still_silent(asks: str, person: int | None) -> bool:
    """Whether a letter is still to the point: nobody has met or planned a meeting since (``mail.register_needed``)."""
    program, _, since = asks.partition(":")
    last = date.fromisoformat(since) if since else date.min
    later = Meeting.every.filter(program=int(program), held_on__gt=last).exclude(state=Meeting.State.CANCELLED)
    return Program.objects.running().filter(pk=int(program)).exists() and not later.exists()


NEEDED = {"meet": still_silent}
