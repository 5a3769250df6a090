"""Acts of replacing a mentor, for good or for a time, and of ending a pair without a programme (п. 4.1, 5.1, 7.1)."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from mentoring_site.russian import period, rudate, ruday, rushort
from mentoring_site.workflow import Already, NotAllowed, Refused, claim_version, record, reload
from people.register.models import Employment
from people.rights import Right
from people.roles.letters import mail_right_holders
from programs.changes import acts as change_acts
from programs.changes.petitions import acts as petition_acts
from programs.changes.replacement.documents import papers_left
from programs.changes.replacement.models import Replacement
from programs.changes.replacement.rules import TO_ENACT, successor_appointed
from programs.mentor_agreements import acts as agreement_acts
from programs.mentor_agreements.models import MentorAgreement, Notice
from programs.pairings.acts import pairing_title
from programs.pairings.models import Pairing, Participation

DAY = timedelta(days=1)
FIELDS = ("candidate", "ground", "paper_on", "circumstances", "since", "until", "handover")


def _curator(by, sentence):
    if not by.can(Right.PROGRAMS_ACT_FOR_OTHERS):
        raise NotAllowed(sentence)


@transaction.atomic
def propose(pairing, *, by, petition=None, request_key=None, **fields) -> Replacement:
    """The curator begins to replace the mentor of an assigned pair; ``until`` makes it temporary.

    ``fields`` are ``FIELDS``. A petition that it answers is accepted by it. Returns the replacement, or the one made
    by the same ``request_key``. Raises ``NotAllowed``, ``Refused``, ``Already``.
    """
    _curator(by, "Замену наставника готовит куратор")
    Pairing.objects.select_for_update().get(pk=pairing.pk)
    pairing = reload(pairing)
    if request_key and (made := Replacement.objects.filter(request_key=request_key, pairing=pairing).first()):
        return made
    former = next((p for p in pairing.people if p.part == "mentor" and p.until is None), None)
    if pairing.state != "assigned" or former is None:
        raise Refused("Наставника заменяют у закреплённой пары или группы")
    _no_other_ahead(pairing)
    _check(pairing, former, **fields)
    try:
        with transaction.atomic():
            made = Replacement.objects.create(
                pairing=pairing,
                former=former,
                employment=_post(fields["candidate"]),
                petition=petition,
                created_by=by,
                request_key=request_key,
                **fields,
            )
    except IntegrityError as clash:
        raise Already("Замена наставника этой пары уже готовится") from clash
    record(made, "propose", by=by, words="начата замена наставника", target="proposed")
    if petition is not None:
        petition_acts.accept(petition, by=by, answer="Начата замена наставника")
    return made


def _post(candidate):
    rows = Employment.objects.current().filter(person=candidate.person_id)
    return max(rows, key=lambda e: (e.is_teaching, e.kind == "main"), default=None)


def _check(pairing, former, *, candidate, ground, since, until=None, **rest):
    if any(p.person_id == candidate.person_id for p in pairing.people):
        raise Refused(f"{candidate.person.short_name} уже участвует в этой паре")
    if candidate.part != "mentor" or candidate.state not in ("approved", "appointed"):
        raise Refused("Нового наставника выбирают из банка наставников")
    if ground not in Replacement.Ground.values:
        raise Refused("Выберите основание замены")
    if until and until < since:
        raise Refused("Временная замена не может закончиться раньше, чем началась")
    if rest.get("paper_on") and rest["paper_on"] > timezone.localdate():
        raise Refused("Ходатайство или заявление не может быть подано будущим числом")
    change_acts.not_before("Заменить наставника можно", since, former.since)


@transaction.atomic
def edit(change, *, by, version: int, **fields) -> Replacement:
    """Correct a replacement that is being prepared. Raises ``NotAllowed``, ``Refused``, ``Stale``."""
    _curator(by, "Замену наставника готовит куратор")
    change = reload(change)
    if change.state != "proposed":
        raise Refused("Замена уже передана на приказ или отменена: правка закрыта")
    _check(change.pairing, change.former, **fields)
    claim_version(change, version)
    Replacement.objects.filter(pk=change.pk).update(employment=_post(fields["candidate"]), **fields)
    record(change, "edit", by=by, words="замена наставника исправлена")
    change.refresh_from_db()
    return change


def obstacles(change, *, appointing=()) -> list:
    """Return what an order of replacement still misses; candidates in ``appointing`` need no appointment before it."""
    excused = change.candidate_id in set(appointing)
    return [c for r in TO_ENACT if not (excused and r is successor_appointed) for c in r.complaints(change)]


@transaction.atomic
def register(change, *, by, number: str, date, on) -> Replacement:
    """Enact the order of replacement: at once, or by the clock when its day comes. Raises what ``perform`` raises."""
    Pairing.objects.select_for_update().get(pk=change.pairing_id)
    if missing := successor_appointed.complaints(reload(change)):
        raise Refused([str(c) for c in missing])
    _no_other_ahead(change.pairing_id)
    on = max(on, change.since)
    if change.until and change.until < on:
        raise Refused(f"Временная замена кончается {rudate(change.until)}, раньше, чем вступает в силу приказ")
    change = change_acts.enact(change, by=by, number=number, date=date, on=on)
    if on <= timezone.localdate():
        _apply(change, by=by)
    _tell_of_papers(change, by)
    return change


def _tell_of_papers(change, by):
    """The order of replacement sets no pay: whoever keeps the agreements hears what is left to do (ТК 351.8)."""
    mail_right_holders(
        Right.AGREEMENTS_RECORD,
        "mentor_replaced",
        but=by,
        title=pairing_title(reload(change.pairing)),
        mentor=change.candidate.person,
        paper=f"от {rushort(change.order_date)} №\N{NO-BREAK SPACE}{change.order_number}",
        temporary=change.is_temporary,
        term=period(change.effective_on, change.until),
        steps=[step["text"] for step in papers_left(change)],
    )


def _no_other_ahead(pairing):
    """One replacement at a time: a registered one that has not begun would be lost behind another."""
    ahead = Replacement.objects.filter(pairing=pairing, state="registered", opened__isnull=True)
    if other := ahead.filter(former__until__isnull=True).first():
        raise Refused(f"Замена наставника этой пары уже зарегистрирована и наступит {rudate(other.effective_on)}")


def _apply(change, *, by):
    """Close the part of the former mentor and open the part of the new one; one live mentor at any moment."""
    on = change.effective_on
    why = f"временная замена по {ruday(change.until)}" if change.until else "замена наставника"
    if not change.until:  # for good: nobody comes back from an earlier leave
        earlier = Replacement.objects.temporary_now().filter(pairing=change.pairing_id)
        earlier.update(returned_on=on)
    _close(change.pairing_id, on, why)
    if not change.until:
        _end_agreements(change.former.person_id, change.pairing, on - DAY)
    opened = Participation.objects.create(
        pairing_id=change.pairing_id,
        person_id=change.candidate.person_id,
        candidate=change.candidate,
        employment=change.employment,
        part="mentor",
        since=on,
    )
    Replacement.objects.filter(pk=change.pk).update(opened=opened)
    words = f"наставник заменён{' временно' if change.until else ''}: {change.candidate.person.short_name}"
    record(change.pairing, "substitute", by=by, words=words, replacement=change.pk)
    change.refresh_from_db()


def _end_agreements(person, pairing, last, **narrow):
    """The duties of a mentor who leads no more end, and the pay with them (ТК 351.8)."""
    for agreement in MentorAgreement.objects.live().filter(person=person, pairing=pairing, **narrow):
        agreement_acts.close(agreement, by=None, on=last)


def _close(pairing, on, why):
    for p in Participation.objects.live().filter(pairing=pairing, part="mentor"):
        Participation.objects.filter(pk=p.pk).update(until=max(on - DAY, p.since or on - DAY), end_reason=why)


@transaction.atomic
def bring_back(change, *, by, on) -> Replacement:
    """The former mentor comes back earlier than planned: on a past or present day at once, else by the clock.

    Raises ``NotAllowed``, ``Refused``, ``Already``.
    """
    _curator(by, "О возвращении наставника записывает куратор")
    Pairing.objects.select_for_update().get(pk=change.pairing_id)
    change = reload(change)
    if change.returned_on:
        raise Already("Прежний наставник уже вернулся, или пара завершена")
    if change.state != "registered" or not change.until:
        raise Refused("Прежний наставник возвращается после временной замены")
    if not change.effective_on < on <= change.until:
        raise Refused(f"Укажите день после {rudate(change.effective_on)} и не позже {rudate(change.until)}")
    Replacement.objects.filter(pk=change.pk).update(until=on - DAY)
    record(change, "bring_back", by=by, words=f"прежний наставник возвращается {ruday(on)}")
    change.refresh_from_db()
    if on <= timezone.localdate():
        _return(change, by=by)
    return change


def _return(change, *, by):
    """End a temporary replacement without a further order: its order has said so."""
    on, pairing = change.until + DAY, change.pairing
    Replacement.objects.filter(pk=change.pk).update(returned_on=on)
    if pairing.state != "assigned":
        return
    former = change.former
    if Notice.objects.in_effect().filter(person=former.person_id, pairing=pairing).exists():
        _stays_away(change, by)
        return
    _close(pairing.pk, on, "временная замена закончилась")
    _end_agreements(change.candidate.person_id, pairing, change.until)
    _end_agreements(former.person_id, pairing, change.effective_on - DAY, stop_number__gt="")  # stopped pay is set anew
    Participation.objects.create(
        pairing=pairing,
        person_id=former.person_id,
        candidate_id=former.candidate_id,
        employment_id=former.employment_id,
        part="mentor",
        since=on,
    )
    record(
        pairing,
        "return",
        by=by,
        words=f"прежний наставник вернулся: {former.person.short_name}",
        replacement=change.pk,
    )
    people = reload(pairing).people
    title = pairing_title(reload(pairing))
    told = {p.person for p in people} | {change.candidate.person}
    change_acts.tell(told, "mentor_back", change, but=by, title=title, mentor=former.person, pairing=pairing, on=on)


def _stays_away(change, by):
    """A mentor whose notice took effect does not come back: the substitute leads on, the curator decides (ТК 351.8)."""
    former = change.former.person
    words = f"прежний наставник не вернулся, обязанности прекращены уведомлением: {former.short_name}"
    record(change.pairing, "stays_away", by=by, words=words, replacement=change.pk)
    title = pairing_title(reload(change.pairing))
    mail_right_holders(
        Right.PROGRAMS_ACT_FOR_OTHERS, "mentor_not_back", but=by, title=title, mentor=former, pairing=change.pairing
    )


def move_due(today=None) -> int:
    """Enact replacements whose day has come and bring back mentors whose replacement is over; returns how many."""
    today = today or timezone.localdate()
    registered = Replacement.objects.filter(state="registered", pairing__state="assigned")
    begin = registered.filter(opened__isnull=True, effective_on__lte=today, former__until__isnull=True)
    back = registered.filter(opened__isnull=False, until__lt=today, returned_on__isnull=True)
    moved = 0
    for rows, act in ((begin, _apply), (back, _return)):
        for pk in list(rows.values_list("pk", flat=True)):
            with transaction.atomic():
                change = rows.select_for_update(of=("self",)).filter(pk=pk).first()
                if change is not None:
                    act(reload(change), by=None)
                    moved += 1
    return moved
