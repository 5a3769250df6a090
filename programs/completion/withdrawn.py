"""What a withdrawn consent to processing does in pairs: an order ends them in 30 days (152-ФЗ, ст. 21 ч. 5; п. 7.1).

Proposals fall at once. For a pair at work the completion or the dissolution is prepared and handed over to an order, so
that the curator opens the drafted order; nobody is asked for a conclusion or a review, since nothing new is written
about the person. Registered by ``programs/registrations.py`` with ``people.consents.endings``.
"""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from mentoring_site.inbox import Group, InboxItem
from mentoring_site.russian import rudate
from mentoring_site.workflow import complaints, perform, record, reload
from people.accounts.models import User
from people.consents.closed import closed_on
from people.consents.models import PROCESSING, Consent
from people.consents.withdrawals.acts import last_day
from people.rights import Right
from people.roles.letters import mail_right_holders
from programs.changes.dissolution.models import Dissolution
from programs.completion.models import Completion
from programs.pairings.acts import withdraw as withdraw_pairing
from programs.pairings.models import Pairing, Participation
from programs.pairings.rules import pairing_title
from programs.program.models import Program
from programs.program.states import IN_FORCE

REASON = "отзывом согласия на обработку персональных данных"
AT_MOST = 30


def _sides(person: int) -> Iterator[tuple[Participation, Pairing]]:
    pairings = Pairing.objects.live().filter(participations__person=person, participations__until=None).distinct()
    for pairing in pairings.with_people().order_by("pk"):
        mine = next((p for p in pairing.people if p.person_id == person and p.until is None), None)
        if mine is not None:
            yield mine, pairing


def end_pairs(consent: Consent, *, by: User | None) -> None:
    """Prepare the end of the person's pairs; called in the transaction that ends the consent."""
    if consent.purpose != PROCESSING:
        return
    day = consent.ended_on or timezone.localdate()
    for side, pairing in _sides(consent.person_id):
        if pairing.state in Pairing.OPEN_STATES:
            withdraw_pairing(pairing, by=None, reason=f"{side.person.short_name} больше не стоит в банке")
            continue
        if pairing.programs.filter(state=Program.State.RUNNING).exists():
            _complete(pairing.programs.get(state=Program.State.RUNNING), side, pairing, day, by)
        elif not pairing.programs.filter(state__in=IN_FORCE).exists():
            _dissolve(pairing, side, day, by)
        mail_right_holders(
            Right.PROGRAMS_CHANGE,
            "consent_pair",
            but=by,
            asks=str(pairing.pk),
            title=pairing_title(pairing),
            pairing=pairing,
            until=last_day(day),
        )


def _complete(program: Program, side: Participation, pairing: Pairing, day: dt.date, by: User | None) -> None:
    """A mentee ends alone, with the mentor everybody does; a completion in preparation gives way."""
    alone = side.part == Participation.Part.MENTEE
    mentees = [side] if alone else [p for p in pairing.people if p.part != side.part and p.until is None]
    for mentee in mentees:
        live = program.completions.filter(participation=mentee).exclude(state=Completion.State.WITHDRAWN).first()
        if live is not None and live.state != Completion.State.PROPOSED:
            continue
        if live is not None:
            perform(live, "withdraw", by=None)
        made = Completion.objects.create(
            program=program,
            participation=mentee,
            reason=Completion.Reason.CONSENT,
            circumstances=f"{side.person.short_name}: согласие на обработку отозвано {rudate(day)}",
            notice_on=day,
            created_by=by,
        )
        words = f"начато завершение, {mentee.person.short_name}: {made.get_reason_display()}"
        record(made, "propose", by=by, words=words, target=Completion.State.PROPOSED)
        if not complaints(reload(made), "ready"):
            perform(made, "ready", by=None)


def _dissolve(pairing: Pairing, side: Participation, day: dt.date, by: User | None) -> None:
    live = pairing.dissolutions.exclude(state=Dissolution.State.WITHDRAWN).first()
    if live is None:
        live = Dissolution.objects.create(
            pairing=pairing,
            reason=REASON,
            on=timezone.localdate(),
            paper=Dissolution.Paper.WITHDRAWAL,
            paper_on=day,
            about=side,
            created_by=by,
        )
        record(live, "propose", by=by, words="начато прекращение закрепления", target=Dissolution.State.PROPOSED)
    if live.state == Dissolution.State.PROPOSED:
        perform(live, "ready", by=None)


def consequences(consent: Consent) -> list[str]:
    """Say what ``end_pairs`` would do if the consent ended now."""
    if consent.purpose != PROCESSING:
        return []
    return [
        f"{pairing_title(pairing)}: предложение снимется сразу."
        if pairing.state in Pairing.OPEN_STATES
        else f"{pairing_title(pairing)}: пару прекращает приказ, за 30 дней; проект приказа откроет куратор."
        for _, pairing in _sides(consent.person_id)
    ]


def items(user: User) -> Iterator[InboxItem]:
    """Return the pairs that an order has to end because a consent to processing has ended; four queries at most."""
    if not user.can(Right.PROGRAMS_CHANGE):
        return
    closed = closed_on(Participation.objects.engaged().values_list("person", flat=True))
    if not closed:
        return
    found = Pairing.objects.filter(
        state=Pairing.State.ASSIGNED, participations__person__in=closed, participations__until=None
    ).distinct()
    for pairing in found.with_people().order_by("pk")[:AT_MOST]:
        side = next((p for p in pairing.people if p.person_id in closed and p.until is None), None)
        if side is None:
            continue
        day = closed[side.person_id]
        yield InboxItem(
            f"Прекратить приказом: {pairing_title(pairing)}",
            f"{side.person.short_name}: согласие на обработку персональных данных прекращено {rudate(day)}",
            _order_url(pairing) or pairing.get_absolute_url(),
            "Открыть проект приказа" if _order_url(pairing) else "Открыть пару",
            since=day,
            until=last_day(day),
            weight=95,
            group=Group.CHANGES,
            key=f"pairing:{pairing.pk}:end",
            binding=True,
        )


def _order_url(pairing: Pairing) -> str:
    """The drafted order about what is prepared for the pair, or an empty string."""
    ready = Dissolution.objects.filter(pairing=pairing, state=Dissolution.State.READY).first()
    if ready is not None:
        return f"{_new_order()}?kind=dissolution&dissolution={ready.pk}"
    prepared = Completion.objects.filter(program__pairing=pairing, state=Completion.State.READY).order_by("pk")
    keys = "".join(f"&completion={c.pk}" for c in prepared)
    return f"{_new_order()}?kind=completion{keys}" if keys else ""


def _new_order() -> str:
    return reverse("reports:order_new")
