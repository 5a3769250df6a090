"""Acts of a trial run: begun with the draft by the council, concluded by its minutes (п. 3.5)."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from mentoring_site.locks import locked
from mentoring_site.rights import require
from mentoring_site.workflow import Already, Refused, record, reload
from people.accounts.models import User
from people.rights import Right
from people.roles.instead import decides, require_impartial
from programs.program.drafting.acts import claim, require_editable
from programs.program.models import Program, Trial
from programs.program.rules import parties
from programs.program.states import ENDED, State

CONCLUDED = (State.RUNNING, *ENDED)
"""In which states of the program the council may conclude."""


def may_begin(program: Program, user: User) -> bool:
    """The council and the curator run a draft as a trial; whoever takes part in it does not."""
    return program.state == State.DRAFT and user.can(Right.PROGRAMS_WRITE)


def may_conclude(program: Program, user: User) -> bool:
    """The chair or the secretary, who do not take part, once the program is carried out."""
    trial = getattr(program, "trial", None)
    open_trial = trial is not None and not trial.verdict
    return open_trial and program.state in CONCLUDED and decides(user, Right.PROGRAMS_AGREE, parties(program))


@transaction.atomic
def begin(program: Program, *, by: User, question: str, version: int) -> Trial | None:
    """Run a draft as a trial: what the council wants to find out; no words make it a usual program again.

    Raises ``NotAllowed``; ``Refused`` when the draft is closed; ``Stale``.
    """
    program = reload(program)
    require(by, Right.PROGRAMS_WRITE)
    require_editable(program, by)
    if program.state != State.DRAFT:
        raise Refused("Апробацией делают проект программы, пока он в черновике")
    claim(program, version)
    question = question.strip()
    if not question:
        Trial.objects.filter(program=program).delete()
        record(program, "trial", by=by, words="программа больше не апробация")
        return None
    made, _ = Trial.objects.update_or_create(program=program, defaults={"question": question, "begun_by": by})
    record(program, "trial", by=by, words="программа проводится как апробация (п. 3.5)")
    return made


@transaction.atomic
def conclude(
    trial: Trial, *, by: User, verdict: str, conclusion: str, minutes_number: str, minutes_date: date
) -> Trial:
    """Write down what the council concludes, with its minutes (п. 3.5); once.

    Raises ``NotAllowed``; ``Already``; ``Refused`` before the program runs, without words or minutes, of a future day.
    """
    program = reload(locked(trial.program))
    require_impartial(by, Right.PROGRAMS_AGREE, parties(program))
    trial = locked(trial)
    if trial.verdict:
        raise Already("Заключение об этой апробации уже записано")
    if program.state not in CONCLUDED:
        raise Refused("Заключение пишут, когда программа идёт или закончена")
    if verdict not in Trial.Verdict.values or not conclusion.strip() or not minutes_number.strip():
        raise Refused("Нужны решение совета, его слова и номер протокола")
    if minutes_date > timezone.localdate():
        raise Refused("Протокол не может быть из будущего")
    trial.verdict, trial.conclusion = verdict, conclusion.strip()
    trial.minutes_number, trial.minutes_date = minutes_number.strip(), minutes_date
    trial.concluded_at, trial.concluded_by = timezone.now(), by
    trial.save()
    words = f"заключение совета об апробации: {trial.get_verdict_display()}, протокол № {trial.minutes_number}"
    record(program, "trial_concluded", by=by, words=words[:300])
    return trial
