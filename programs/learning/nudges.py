"""Letters about a rating that falls due: on its first day, and once more near the end of its fortnight.

Nothing is written on days off, in a suspension, to who has rated, or about what fell due long ago.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from mentoring_site.mail import is_configured
from people.roles.letters import mail_person
from people.school.workdays import is_workday
from programs.learning import letters
from programs.learning.models import RatingNudge
from programs.learning.moments import MENTEE, MENTOR, Due, due_of
from programs.pairings.models import Participation
from programs.program.models import Program

STEPS = (0, 11)
FRESH = 21
"""Days after which a due rating is nothing new: the desk shows it."""
HOUR = 9  # by the school's clock
AT_ONCE = 50


def send_due(now: datetime | None = None) -> int:
    """Write the letters that fall due today, for the clock; return about how many mentees."""
    now = timezone.localtime(now)
    today = now.date()
    if now.hour < HOUR or not is_configured() or not is_workday(today):
        return 0
    fresh = [due for due in due_of(Participation.objects.all(), today) if 0 <= _age(due, today) <= FRESH]
    fresh = [due for due in fresh if due.owes(MENTOR) or due.owes(MENTEE)]
    told = set(
        RatingNudge.objects.filter(participation__in=[due.side for due in fresh]).values_list(
            "program", "participation", "moment", "step"
        )
    )
    waiting = [due for due in fresh if (due.program, due.side, due.moment, _step(due, today)) not in told]
    return sum(_write(due, _step(due, today)) for due in waiting[:AT_ONCE])


def _age(due: Due, today: date) -> int:
    return (today - due.window.opens).days


def _step(due: Due, today: date) -> int:
    """Return the last step that has come."""
    return max(step for step in STEPS if step <= _age(due, today))


@transaction.atomic
def _write(due: Due, step: int) -> bool:
    """Claim the step, then write to the sides that have not rated."""
    _, created = RatingNudge.objects.get_or_create(
        program_id=due.program, participation_id=due.side, moment=due.moment, step=step
    )
    if not created:
        return False
    program = Program.objects.get(pk=due.program)
    live = Participation.objects.live().filter(pairing=due.pairing).select_related("person__user")
    mentee = live.get(pk=due.side)
    for side in [*live.filter(part=MENTOR), mentee]:
        if due.owes(side.part):
            mail_person(
                side.person,
                "skills_due",
                asks=letters.key(due.program, due.side, due.moment, side.part),
                program=program,
                due=due,
                mentee=mentee,
                is_mentor=side.part == MENTOR,
            )
    return True
