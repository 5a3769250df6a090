"""Acts of suspension and resumption: dated facts of a running program, enacted by orders (п. 7.2)."""

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from mentoring_site.locks import locked
from mentoring_site.rights import require
from mentoring_site.russian import ruday
from mentoring_site.workflow import Already, Refused, record
from people.accounts.models import User
from people.rights import Right
from programs.changes import acts as change_acts
from programs.changes.pause.models import Pause, Resumption
from programs.pairings.models import Participation
from programs.program.models import Program


@transaction.atomic
def propose(
    program: Program,
    *,
    by: User,
    since: dt.date,
    reason: str,
    until: dt.date | None = None,
    paper: str = "",
    paper_number: str = "",
    paper_on: dt.date | None = None,
    about: Participation | None = None,
    request_key: UUID | None = None,
) -> Pause:
    """Prepare the suspension of a running program, until a day or open, by a dated paper; ``about``: whose absence.

    Raises ``NotAllowed``, ``Refused``, ``Already``.
    """
    require(by, Right.PROGRAMS_CHANGE)
    program = locked(program)
    if request_key and (made := Pause.objects.filter(request_key=request_key, program=program).first()):
        return made
    if program.state != Program.State.RUNNING:
        raise Refused("Приостанавливают программу, которая реализуется")
    change_acts.check_ground(paper, paper_on, reason, "Напишите, в связи с чем приостановить")
    change_acts.refuse_before(program.started_on, since, "Приостановить можно")
    if until and until < since:
        raise Refused("Приостановление не может закончиться раньше, чем началось")
    try:
        with transaction.atomic():
            made = Pause.objects.create(
                program=program,
                since=since,
                until=until,
                reason=reason.strip(),
                paper=paper,
                paper_number=paper_number,
                paper_on=paper_on,
                about=about,
                created_by=by,
                request_key=request_key,
            )
    except IntegrityError as clash:
        raise Already("Приостановление этой программы уже готовится") from clash
    record(made, "propose", by=by, words="начато приостановление программы", target=Pause.State.PROPOSED)
    return made


@transaction.atomic
def enact(pause: Pause, *, by: User, number: str, date: dt.date, on: dt.date) -> Pause:
    """Enact the order of suspension. Raises what ``perform`` raises."""
    pause = change_acts.mark_enacted(pause, by=by, number=number, date=date, on=max(on, pause.since))
    words = f"приостановлена с {ruday(pause.since)}" + (f" по {ruday(pause.until)}" if pause.until else "")
    record(pause.program, "pause", by=by, words=words, pause=pause.pk)
    return pause


@transaction.atomic
def propose_resumption(pause: Pause, *, by: User, on: dt.date, request_key: UUID | None = None) -> Resumption:
    """Prepare the resumption of a suspended program. Raises ``NotAllowed``, ``Refused``, ``Already``."""
    require(by, Right.PROGRAMS_CHANGE)
    pause = locked(pause)
    if request_key and (made := Resumption.objects.filter(request_key=request_key, pause=pause).first()):
        return made
    if pause.state != Pause.State.REGISTERED or pause.resumed_on:
        raise Refused("Возобновляют программу, приостановленную приказом")
    if on <= pause.since:
        raise Refused(f"Программа приостановлена с {ruday(pause.since)}: возобновить можно позже")
    if pause.until and on > pause.until:
        raise Refused(f"Приостановление и так кончается {ruday(pause.until)}: приказ о возобновлении не нужен")
    try:
        with transaction.atomic():
            made = Resumption.objects.create(pause=pause, on=on, created_by=by, request_key=request_key)
    except IntegrityError as clash:
        raise Already("Возобновление уже готовится") from clash
    record(made, "propose", by=by, words="начато возобновление программы", target=Pause.State.PROPOSED)
    return made


@transaction.atomic
def enact_resumption(resumption: Resumption, *, by: User, number: str, date: dt.date, on: dt.date) -> Resumption:
    """Enact the order of resumption: the suspension ends the day before. Raises what ``perform`` raises."""
    resumption = change_acts.mark_enacted(resumption, by=by, number=number, date=date, on=max(on, resumption.on))
    moved = Pause.objects.filter(pk=resumption.pause_id, resumed_on__isnull=True).update(resumed_on=resumption.on)
    if not moved:
        raise Already("Программа уже возобновлена")
    record(
        resumption.program, "resume", by=by, words=f"возобновлена с {ruday(resumption.on)}", resumption=resumption.pk
    )
    return resumption


def present_pause(program: Program, today: dt.date | None = None) -> Pause | None:
    """Return the suspension of a program that lasts on the day (today by default), or None."""
    return Pause.objects.going_on(today or timezone.localdate()).filter(program=program).order_by("since").first()


def owed_days(program: Program, today: dt.date | None = None) -> int:
    """Return by how many days suspensions have shortened the work that no later amendment has prolonged."""
    today = today or timezone.localdate()
    prolonged = program.amendments.filter(state=Pause.State.REGISTERED, new_end__isnull=False)
    latest = prolonged.order_by("-effective_on").first()
    past = program.pauses.filter(state=Pause.State.REGISTERED, since__lte=today)
    if latest:
        past = past.filter(since__gte=latest.effective_on)
    return sum(p.days(today) for p in past if (p.resumed_on or p.until or today) <= today)
