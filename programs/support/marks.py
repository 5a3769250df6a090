"""Marks of the council in monitoring: in the middle of a program and at its end (п. 3.5)."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from mentoring_site.interest import OTHERS
from mentoring_site.locks import locked
from mentoring_site.mail import letters_of
from mentoring_site.models import Act
from mentoring_site.rights import require
from mentoring_site.undo import UNDONE
from mentoring_site.workflow import Already, NotAllowed, Refused, record
from people.accounts.models import User
from people.consents.closed import refuse_closed
from people.rights import Right
from people.roles.letters import mail_person
from programs.journal.acts import cleaned
from programs.program.models import Program
from programs.program.rules import parties
from programs.program.states import ENDED, State
from programs.support.models import CouncilMark

Stage = CouncilMark.Stage
BEFORE_END = dt.timedelta(days=14)
"""The mark at the end is asked for from so many days before the end of the program."""
TOO_EARLY = (
    "Оценку в середине ставят, когда прошла половина срока программы; оценку в конце — за две недели до её конца"
)
LONGEST = 2000


def stage_now(program: Any, today: dt.date | None = None) -> Stage | None:
    """Return which mark the program is open to, None while its first half goes on."""
    today = today or timezone.localdate()
    if program.state in ENDED:
        return Stage.END
    begins = program.started_on or program.starts_on
    if program.state != State.RUNNING or not begins or not program.ends_on:
        return None
    if today >= program.ends_on - BEFORE_END:
        return Stage.END
    return Stage.MIDDLE if today >= begins + (program.ends_on - begins) / 2 else None


def may_mark(program: Program, user: User) -> bool:
    """Whether the user is of the council and not a party of the program."""
    return user.can(Right.PROGRAMS_ASSESS) and user.person_id not in parties(program)


def require_marking(program: Program, user: User) -> None:
    """Refuse others than the council, and whom the program is about. Raises ``NotAllowed``."""
    require(user, Right.PROGRAMS_ASSESS)
    if user.person_id in parties(program):
        raise NotAllowed(f"{Right.PROGRAMS_ASSESS.refusal()}, {OTHERS}")


@transaction.atomic
def give(program: Program, *, by: User, stage: str, conclusion: str, **criteria: int) -> CouncilMark:
    """A member of the council who is no party marks a program; curator and mentor get a letter.

    Raises ``NotAllowed``; ``Already`` for a second mark; ``Refused`` before the time and without words.
    """
    program = locked(program)
    require_marking(program, by)
    if stage_now(program) != stage:
        raise Refused(TOO_EARLY)
    conclusion = cleaned(conclusion, "Напишите заключение: что получается и что поправить", LONGEST)
    sides = list(program.pairing.participations.live().select_related("person__user"))
    refuse_closed([side.person for side in sides])
    if CouncilMark.objects.filter(program=program, stage=stage, author=by).exists():
        raise Already("Вы уже оценили эту программу")
    values = {name: criteria[name] for name in CouncilMark.CRITERIA}
    made = CouncilMark.objects.create(program=program, stage=stage, author=by, conclusion=conclusion, **values)
    act = record(program, "council_mark", by=by, words=f"оценка совета {made.get_stage_display()}", mark=made.pk)
    people = {side.person_id: side.person for side in sides if side.part == "mentor"}
    with letters_of(act):
        for person in (people | {program.curator_id: program.curator}).values():
            if person.pk != by.person_id:
                mail_person(person, "council_mark", person=person, mark=made)
    return made


@transaction.atomic
def take_back(act: Act, program: Program, *, by: User) -> None:
    """Take one's own mark back. Raises ``Already``."""
    found = CouncilMark.objects.filter(pk=act.facts["mark"], author=by)
    if not found.delete()[0]:
        raise Already("Этой оценки уже нет")
    words = "оценка совета отменена"
    record(program, "undo_council_mark", by=by, words=words, mark=act.facts["mark"], **{UNDONE: act.pk})


def markable(user: User) -> QuerySet[Program]:
    """Return the programs that the user sees and that are or were carried out."""
    return Program.objects.visible_to(user).filter(state__in=(State.RUNNING, *ENDED))
