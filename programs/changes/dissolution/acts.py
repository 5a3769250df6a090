"""Acts of ending a pair without an approved program: propose, register the order, end on its day."""

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from mentoring_site.locks import locked
from mentoring_site.rights import require
from mentoring_site.workflow import Already, Refused, perform, record, reload
from people.accounts.models import User
from people.rights import Right
from programs.changes import acts as change_acts
from programs.changes.dissolution.models import Dissolution
from programs.pairings.acts import dissolve
from programs.pairings.models import Pairing, Participation
from programs.program.rules import BEFORE_APPROVAL
from programs.program.states import IN_FORCE


@transaction.atomic
def propose(
    pairing: Pairing,
    *,
    by: User,
    on: dt.date,
    reason: str = "",
    paper: str = "",
    paper_number: str = "",
    paper_on: dt.date | None = None,
    about: Participation | None = None,
    request_key: UUID | None = None,
) -> Dissolution:
    """Begin to end an assigned pair without an approved program, by a dated paper; ``about``: whose circumstances.

    A refusal of the mentor under ТК 351.8 needs no reason. Raises ``NotAllowed``, ``Refused``, ``Already``.
    """
    require(by, Right.PROGRAMS_CHANGE)
    pairing = locked(pairing)
    if request_key and (made := Dissolution.objects.filter(request_key=request_key, pairing=pairing).first()):
        return made
    if pairing.state != Pairing.State.ASSIGNED:
        raise Refused("Прекращают закрепление пары, закреплённой приказом")
    if pairing.programs.filter(state__in=IN_FORCE).exists():
        raise Refused("У пары есть утверждённая программа: пара завершается вместе с ней (п. 7.1)")
    change_acts.check_ground(paper, paper_on, reason, "Напишите, в связи с чем закрепление прекращается")
    change_acts.refuse_before(pairing.assigned_on, on, "Прекратить закрепление можно")
    try:
        with transaction.atomic():
            made = Dissolution.objects.create(
                pairing=pairing,
                reason=reason.strip(),
                on=on,
                paper=paper,
                paper_number=paper_number,
                paper_on=paper_on,
                about=about,
                created_by=by,
                request_key=request_key,
            )
    except IntegrityError as clash:
        raise Already("Прекращение закрепления уже готовится") from clash
    record(made, "propose", by=by, words="начато прекращение закрепления", target=Dissolution.State.PROPOSED)
    return made


@transaction.atomic
def enact(change: Dissolution, *, by: User, number: str, date: dt.date, on: dt.date) -> Dissolution:
    """Enact the order: the pair ends on the day of the order, or by the clock when that is ahead.

    Raises what ``perform`` raises.
    """
    locked(change.pairing)
    change = change_acts.mark_enacted(change, by=by, number=number, date=date, on=max(on, change.on))
    if change.first_day <= timezone.localdate():
        _end(change, by=by, on=change.on)
    return change


def end_due(today: dt.date | None = None) -> int:
    """End the pairs whose last day by an order has come; returns how many."""
    due = Dissolution.objects.ahead().filter(effective_on__lte=today or timezone.localdate())
    ended = 0
    for pk in list(due.values_list("pk", flat=True)):
        with transaction.atomic():
            change = due.select_for_update(of=("self",)).filter(pk=pk).first()
            if change is not None:
                _end(reload(change), by=None, on=change.first_day)
                ended += 1
    return ended


def _end(change: Dissolution, *, by: User | None, on: dt.date) -> None:
    """End the pair; a draft of its program is closed with it."""
    for program in change.pairing.programs.filter(state__in=BEFORE_APPROVAL):
        perform(program, "drop", by=by)
    dissolve(change.pairing, by=by, on=on, reason=change.reason or change.get_paper_display())
