"""Acts of replacing a mentor, for good or for a time: propose, edit, register the order, bring back (п. 4.1, 5.1)."""

import datetime as dt
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from mentoring_site.locks import locked
from mentoring_site.paper_ref import PaperRef
from mentoring_site.rights import require
from mentoring_site.russian import period, rudate, ruday
from mentoring_site.workflow import Already, Complaint, Refused, claim_version, record, reload
from people.accounts.models import User
from people.banks.models import Candidate
from people.register.leaving import beyond_work
from people.register.models import Employment, Person
from people.rights import Right
from people.roles.letters import mail_right_holders
from programs.changes import acts as change_acts
from programs.changes.petitions import acts as petition_acts
from programs.changes.petitions.models import Petition
from programs.changes.replacement.agreement_steps import papers_left
from programs.changes.replacement.models import Replacement
from programs.changes.replacement.rules import TO_ENACT, successor_appointed
from programs.mentor_agreements import acts as agreement_acts
from programs.mentor_agreements.models import MentorAgreement, Notice
from programs.pairings.acts import pairing_title
from programs.pairings.models import Pairing, Participation
from programs.program.states import IN_FORCE

DAY = timedelta(days=1)
FIELDS = ("candidate", "ground", "paper_on", "circumstances", "since", "until", "handover")
"""What the curator fills in about a replacement."""


@transaction.atomic
def propose(
    pairing: Pairing, *, by: User, petition: Petition | None = None, request_key: UUID | None = None, **fields: Any
) -> Replacement:
    """Begin to replace the mentor of an assigned pair; ``until`` makes it temporary.

    ``fields`` are ``FIELDS``. A petition that it answers is accepted by it. Returns the replacement, or the one made
    by the same ``request_key``. Raises ``NotAllowed``, ``Refused``, ``Already``.
    """
    require(by, Right.PROGRAMS_CHANGE)
    locked(pairing)
    pairing = reload(pairing)
    if request_key and (made := Replacement.objects.filter(request_key=request_key, pairing=pairing).first()):
        return made
    former = next((p for p in pairing.people if p.part == Participation.Part.MENTOR and p.until is None), None)
    if pairing.state != Pairing.State.ASSIGNED or former is None:
        raise Refused("Наставника заменяют у закреплённой пары или группы")
    _refuse_second(pairing)
    _check(pairing, former, **fields)
    try:
        with transaction.atomic():
            made = Replacement.objects.create(
                pairing=pairing,
                former=former,
                employment=_employment_of(fields["candidate"]),
                petition=petition,
                created_by=by,
                request_key=request_key,
                **fields,
            )
    except IntegrityError as clash:
        raise Already("Замена наставника этой пары уже готовится") from clash
    record(made, "propose", by=by, words="начата замена наставника", target=Replacement.State.PROPOSED)
    if petition is not None and petition.state == Petition.State.FILED:
        petition_acts.accept(petition, by=by, answer="Начата замена наставника")
    return made


def _employment_of(candidate: Candidate) -> Employment | None:
    """Return the post in which the new mentor works: a teaching one first, then the main one."""
    rows = Employment.objects.current().filter(person=candidate.person_id)
    return max(rows, key=lambda e: (e.is_teaching, e.kind == "main"), default=None)


def _check(
    pairing: Pairing,
    former: Participation,
    *,
    candidate: Candidate,
    ground: str,
    since: dt.date,
    until: dt.date | None = None,
    **rest: Any,
) -> None:
    if any(p.person_id == candidate.person_id for p in pairing.people):
        raise Refused(f"{candidate.person.short_name} уже участвует в этой паре")
    if candidate.part != Candidate.Part.MENTOR or candidate.state not in Candidate.STANDING_STATES:
        raise Refused("Нового наставника выбирают из банка наставников")
    running = pairing.programs.filter(state__in=IN_FORCE).aggregate(last=Max("ends_on"))["last"]
    planned = until or max(filter(None, [pairing.planned_to, running, since]))
    if past := beyond_work([candidate.person], planned, "срок замены"):
        raise Refused(past)
    if ground not in Replacement.Ground.values:
        raise Refused("Выберите основание замены")
    if until and until < since:
        raise Refused("Временная замена не может закончиться раньше, чем началась")
    if rest.get("paper_on") and rest["paper_on"] > timezone.localdate():
        raise Refused("Ходатайство или заявление не может быть подано будущим числом")
    change_acts.refuse_before(former.since, since, "Заменить наставника можно")


@transaction.atomic
def edit(change: Replacement, *, by: User, version: int, **fields: Any) -> Replacement:
    """Correct a replacement that is being prepared. Raises ``NotAllowed``, ``Refused``, ``Stale``."""
    require(by, Right.PROGRAMS_CHANGE)
    change = reload(change)
    if change.state != Replacement.State.PROPOSED:
        raise Refused("Замена уже передана на приказ или отменена: правка закрыта")
    _check(change.pairing, change.former, **fields)
    claim_version(change, version)
    Replacement.objects.filter(pk=change.pk).update(employment=_employment_of(fields["candidate"]), **fields)
    record(change, "edit", by=by, words="замена наставника исправлена")
    change.refresh_from_db()
    return change


def missing_for_order(change: Replacement, *, appointing: Iterable[int] = ()) -> list[Complaint]:
    """Return what an order of replacement still misses; candidates in ``appointing`` need no appointment before it."""
    excused = change.candidate_id in set(appointing)
    return [c for r in TO_ENACT if not (excused and r is successor_appointed) for c in r.complaints(change)]


@transaction.atomic
def enact(change: Replacement, *, by: User, number: str, date: dt.date, on: dt.date) -> Replacement:
    """Enact the order of replacement: at once, or by the clock when its day comes. Raises what ``perform`` raises."""
    locked(change.pairing)
    if missing := successor_appointed.complaints(reload(change)):
        raise Refused([str(c) for c in missing])
    _refuse_second(change.pairing_id)
    on = max(on, change.since)
    if change.until and change.until < on:
        raise Refused(f"Временная замена кончается {rudate(change.until)}, раньше, чем вступает в силу приказ")
    change = change_acts.mark_enacted(change, by=by, number=number, date=date, on=on)
    if on <= timezone.localdate():
        _begin(change, by=by)
    _mail_papers_left(change, by=by)
    return change


def _mail_papers_left(change: Replacement, *, by: User) -> None:
    """Write to those who keep the agreements what is left to do: the order of replacement sets no pay (ТК 351.8)."""
    mail_right_holders(
        Right.AGREEMENTS_RECORD,
        "mentor_replaced",
        but=by,
        title=pairing_title(reload(change.pairing)),
        mentor=change.candidate.person,
        paper=PaperRef(change.order_number, change.order_date).on_screen,
        temporary=change.is_temporary,
        term=period(change.effective_on, change.until),
        steps=[step.text for step in papers_left(change)],
    )


def _refuse_second(pairing: Pairing | int) -> None:
    """One replacement at a time: a registered one that has not begun would be lost behind another."""
    if other := Replacement.objects.ahead().filter(pairing=pairing).first():
        raise Refused(f"Замена наставника этой пары уже зарегистрирована и наступит {rudate(other.effective_on)}")


def _begin(change: Replacement, *, by: User | None) -> None:
    """Close the part of the former mentor and open the part of the new one; one live mentor at any moment."""
    on = change.first_day
    why = f"временная замена по {ruday(change.until)}" if change.until else "замена наставника"
    if not change.until:  # for good: nobody comes back from an earlier leave
        earlier = Replacement.objects.temporary_now().filter(pairing=change.pairing_id)
        earlier.update(returned_on=on)
    _end_mentor_part(change.pairing_id, on, why)
    if not change.until:
        _end_agreements(change.former.person_id, change.pairing, on - DAY)
        petition_acts.lapse_ended(change.pairing, mentor_left=True)
    opened = Participation.objects.create(
        pairing_id=change.pairing_id,
        person_id=change.candidate.person_id,
        candidate=change.candidate,
        employment=change.employment,
        part=Participation.Part.MENTOR,
        since=on,
    )
    Replacement.objects.filter(pk=change.pk).update(opened=opened)
    words = f"наставник заменён{' временно' if change.until else ''}: {change.candidate.person.short_name}"
    record(change.pairing, "replace", by=by, words=words, replacement=change.pk)
    change.refresh_from_db()


def _end_agreements(person: int, pairing: Pairing, last: dt.date, **narrow: Any) -> None:
    """End the duties of a mentor who leads no more, and the pay with them (ТК 351.8). ``person`` is a pk."""
    for agreement in MentorAgreement.objects.live().filter(person=person, pairing=pairing, **narrow):
        agreement_acts.close(agreement, by=None, on=last)


def _end_mentor_part(pairing: int, on: dt.date, why: str) -> None:
    """End the part of the present mentor the day before ``on``. ``pairing`` is a pk."""
    for p in Participation.objects.live().filter(pairing=pairing, part=Participation.Part.MENTOR):
        Participation.objects.filter(pk=p.pk).update(until=max(on - DAY, p.since or on - DAY), end_reason=why)


@transaction.atomic
def bring_back(change: Replacement, *, by: User, on: dt.date) -> Replacement:
    """The former mentor comes back earlier than planned: on a past or present day at once, else by the clock.

    Raises ``NotAllowed``, ``Refused``, ``Already``.
    """
    require(by, Right.PROGRAMS_CHANGE)
    locked(change.pairing)
    change = reload(change)
    if change.returned_on:
        raise Already("Прежний наставник уже вернулся, или пара завершена")
    if change.state != Replacement.State.REGISTERED or not change.until:
        raise Refused("Прежний наставник возвращается после временной замены")
    if not change.first_day < on <= change.until:
        raise Refused(f"Укажите день после {rudate(change.effective_on)} и не позже {rudate(change.until)}")
    Replacement.objects.filter(pk=change.pk).update(until=on - DAY)
    record(change, "bring_back", by=by, words=f"прежний наставник возвращается {ruday(on)}")
    change.refresh_from_db()
    if on <= timezone.localdate():
        _end_temporary(change, by=by)
    return change


def _end_temporary(change: Replacement, *, by: User | None) -> None:
    """Bring the former mentor back without a further order: the order of the temporary replacement has said so."""
    on, pairing = change.return_day, change.pairing
    Replacement.objects.filter(pk=change.pk).update(returned_on=on)
    if pairing.state != Pairing.State.ASSIGNED:
        return
    former = change.former
    if Notice.objects.in_effect().filter(person=former.person_id, pairing=pairing).exists():
        _keep_new_mentor(change, by=by)
        return
    _end_mentor_part(pairing.pk, on, "временная замена закончилась")
    _end_agreements(change.candidate.person_id, pairing, on - DAY)
    _end_agreements(former.person_id, pairing, change.first_day - DAY, stop_number__gt="")  # their pay is set again
    Participation.objects.create(
        pairing=pairing,
        person_id=former.person_id,
        candidate_id=former.candidate_id,
        employment_id=former.employment_id,
        part=Participation.Part.MENTOR,
        since=on,
    )
    record(
        pairing,
        "return",
        by=by,
        words=f"прежний наставник вернулся: {former.person.short_name}",
        replacement=change.pk,
    )
    pairing = reload(pairing)
    concerned: set[Person] = {p.person for p in pairing.people} | {change.candidate.person}
    words = {"title": pairing_title(pairing), "mentor": former.person, "pairing": pairing, "on": on}
    change_acts.mail_others(concerned, "mentor_back", change, by=by, **words)


def _keep_new_mentor(change: Replacement, *, by: User | None) -> None:
    """Let the new mentor lead on: the former one has refused by a notice; the curator decides (ТК 351.8)."""
    former = change.former.person
    words = f"прежний наставник не вернулся, обязанности прекращены уведомлением: {former.short_name}"
    record(change.pairing, "stays_away", by=by, words=words, replacement=change.pk)
    title = pairing_title(reload(change.pairing))
    mail_right_holders(
        Right.PROGRAMS_ACT_FOR_OTHERS, "mentor_not_back", but=by, title=title, mentor=former, pairing=change.pairing
    )


def begin_and_end_due(today: dt.date | None = None) -> int:
    """Enact replacements whose day has come and bring back mentors whose replacement is over; returns how many."""
    today = today or timezone.localdate()
    registered = Replacement.objects.filter(state=Replacement.State.REGISTERED, pairing__state=Pairing.State.ASSIGNED)
    begin = registered.filter(opened__isnull=True, effective_on__lte=today, former__until__isnull=True)
    back = registered.filter(opened__isnull=False, until__lt=today, returned_on__isnull=True)
    moved = 0
    for rows, act in ((begin, _begin), (back, _end_temporary)):
        for pk in list(rows.values_list("pk", flat=True)):
            with transaction.atomic():
                change = rows.select_for_update(of=("self",)).filter(pk=pk).first()
                if change is not None:
                    act(reload(change), by=None)
                    moved += 1
    return moved
