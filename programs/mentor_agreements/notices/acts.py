"""Acts of notices: the mentor refuses early, the employer cancels early (ТК 351.8, п. 4.1, 7.1).

A notice is not a petition: it is recorded, and on its day it takes effect by itself. Nobody can reject it; only both
sides together can take it back before that day. The order records it and stops the pay.
"""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mentoring_site.models import StoredFile
from mentoring_site.russian import rudate
from mentoring_site.scans import put_scan
from mentoring_site.workflow import Already, NotAllowed, Refused
from mentoring_site.workflow import record as log
from people.accounts.models import User
from people.banks.models import Candidate
from people.consents.matters import matter_in_words
from people.register.models import Person
from people.rights import Right
from people.roles import letters as role_letters
from people.school import workdays
from people.school.models import School
from programs.mentor_agreements import acts as agreement_acts
from programs.mentor_agreements import documents as agreement_documents
from programs.mentor_agreements.models import MentorAgreement, Notice
from programs.pairings.models import Pairing

WORKER, EMPLOYER = Notice.Giver
PAPER, APPLICATION = Notice.Form


@transaction.atomic
def give_notice(
    person: Person,
    pairing: Pairing | None,
    giver: str,
    *,
    by: User,
    received_on: date,
    effective_on: date | None = None,
    reason: str = "",
    form: str = PAPER,
    scan: StoredFile | None = None,
    address: str | None = None,
    request_key: UUID | None = None,
) -> Notice:
    """Record a notice; ``effective_on`` is the last day of the duties, by default the earliest that the law allows.

    The mentor hands in one's own by the application (``form="app"`` with the ``address`` of the device), everything
    else is recorded from paper. A reason is nobody's duty (ТК 351.8). Returns the notice, or the one made by the same
    ``request_key``. Raises ``NotAllowed``; ``Already``; ``Refused`` when the last day is too early.
    """
    _check_giver(person, giver, form, address, by)
    person = Person.objects.select_for_update().get(pk=person.pk)
    if request_key and (made := Notice.objects.filter(request_key=request_key).first()):
        return made
    effective_on = effective_on or workdays.earliest_end(received_on)
    _check_days(received_on, effective_on, form)
    if Notice.objects.live().filter(person=person, pairing=pairing, took_effect_on__isnull=True).exists():
        raise Already(f"{person.short_name}: об этом уже предупредили, второе уведомление не нужно")
    agreement = MentorAgreement.objects.live().filter(person=person, pairing=pairing).first()
    words, school = _words(agreement, person, pairing), School.get()
    made = Notice.objects.create(
        person=person,
        agreement=agreement,
        candidate=None if agreement else _candidate(person),
        pairing=pairing,
        matter_words=words,
        giver=giver,
        form=form,
        received_on=received_on,
        effective_on=effective_on,
        reason=reason.strip(),
        scan=scan,
        address=address,
        given_by=by,
        needs_paper=form == APPLICATION and not (school and school.e_consents),
        request_key=request_key,
    )
    return _given(made, by)


def _given(notice: Notice, by: User) -> Notice:
    """Freeze the facts of a new notice, log it and write the letters."""
    notice.papers = agreement_documents.notice_facts(
        notice.person, notice.giver, agreement=notice.agreement, notice=notice
    )
    notice.save(update_fields=["papers"])
    words = (
        f"{notice.get_giver_display()}: получено {rudate(notice.received_on)}, последний день обязанностей"
        f" {rudate(notice.effective_on)}"
    )
    log(notice, "give", by=by, words=words, person=notice.person_id)
    _send_letters(notice, by)
    return notice


def _check_giver(person: Person, giver: str, form: str, address: str | None, by: User) -> None:
    if giver not in Notice.Giver.values:
        raise Refused("Предупредить может наставник или работодатель")
    if form == APPLICATION:
        if giver != WORKER or by.person_id != person.pk:
            raise NotAllowed("В системе уведомление об отказе подаёт только сам наставник")
        if not address:
            raise Refused("Уведомление в системе подают с адресом устройства")
    else:
        agreement_acts.check_may_record(by, person.pk)


def _check_days(received_on: date, effective_on: date, form: str) -> None:
    today = timezone.localdate()
    if received_on > today:
        raise Refused("Уведомление не может быть получено будущим числом")
    if form == APPLICATION and received_on != today:
        raise Refused("В системе уведомление подают сегодняшним числом")
    if effective_on < workdays.earliest_end(received_on):
        raise Refused(
            "Предупреждают не менее чем за три рабочих дня (ст. 351.8 ТК РФ), день получения не считается: последний"
            f" день обязанностей — {workdays.no_earlier(received_on)}"
        )


def _candidate(person: Person) -> Candidate:
    """The mentor of the bank whom the notice is about when no agreement was begun."""
    found = Candidate.objects.filter(person=person, part="mentor").order_by("-pk").first()
    if found is None:
        raise Refused(f"{person.short_name}: обязанностей наставника нет, предупреждать не о чем")
    return found


def _words(agreement: MentorAgreement | None, person: Person, pairing: Pairing | None) -> str:
    known = agreement.matter_words if agreement else ""
    if pairing and not agreement:
        known = matter_in_words(person, "mentor", pairing.uuid)
    if not agreement and not known:
        raise Refused(f"{person.short_name}: такой пары у наставника нет, предупреждать не о чем")
    return known[:300]


def _send_letters(notice: Notice, by: User) -> None:
    role_letters.mail_right_holders(
        Right.AGREEMENTS_RECORD, "notice_given", but=by, notice=notice, person=notice.person
    )
    if by.person_id != notice.person_id:
        role_letters.mail_person(notice.person, "notice_to_mentor", notice=notice)


@transaction.atomic
def record_paper(notice: Notice, *, by: User, scan: StoredFile | None = None) -> Notice:
    """Record the signed paper of a notice that was handed in by the application. The days stay as they are.

    Raises ``NotAllowed``; ``Already``; ``Refused`` when no paper is needed.
    """
    agreement_acts.check_may_record(by, notice.person_id)
    if not notice.needs_paper:
        raise Refused("Бумага к этому уведомлению не нужна")
    today = timezone.localdate()
    if not Notice.objects.awaiting_paper().filter(pk=notice.pk).update(paper_on=today, scan=scan or notice.scan):
        raise Already("Бумага уже записана или уведомление отозвано")
    return _logged(notice, "record_paper", "записана подписанная бумага", by)


@transaction.atomic
def attach_scan(notice: Notice, *, by: User, scan: StoredFile, reason: str = "") -> Notice:
    """Attach the scan of a notice on paper or replace a wrong one with a reason. Raises ``NotAllowed``, ``Already``."""
    agreement_acts.check_may_record(by, notice.person_id)
    put_scan(notice, "scan", scan, by=by, words="скан уведомления", reason=reason)
    notice.refresh_from_db()
    return notice


@transaction.atomic
def withdraw_notice(notice: Notice, *, by: User, paper: bool = False) -> Notice:
    """Take a notice back before its last day, by mutual consent: the giver offers, the other side agrees.

    With ``paper`` those who keep the agreements record a paper that both sides have signed. Raises ``NotAllowed`` when
    it is not this side's move; ``Already``; ``Refused`` when it is too late.
    """
    notice.refresh_from_db()
    today = timezone.localdate()
    if notice.withdrawn_on:
        raise Already("Уведомление уже отозвано")
    if notice.took_effect_on or notice.effective_on <= today:
        raise Refused("Уведомление уже вступило в силу: вернуть обязанности можно только новым поручением")
    if notice.order_number:
        raise Refused(
            f"Уведомление уже записано приказом №\N{NO-BREAK SPACE}{notice.order_number}: отозвать его нельзя,"
            " обязанности поручают заново"
        )
    open_now = Notice.objects.live().filter(pk=notice.pk, took_effect_on__isnull=True, order_number="")
    if paper:
        agreement_acts.check_may_record(by, notice.person_id)
    elif not notice.withdrawal_asked_at:
        if side_of(by, notice) != notice.giver:
            raise NotAllowed("Отозвать уведомление предлагает тот, кто его подал")
        if not open_now.filter(withdrawal_asked_at__isnull=True).update(
            withdrawal_asked_at=timezone.now(), withdrawal_asked_by=by
        ):
            raise Already("Отозвать это уведомление уже предложено")
        _logged(notice, "ask_withdrawal", "предложено отозвать уведомление по обоюдному согласию", by)
        return _send_withdrawal_letters(notice, by)
    elif side_of(by, notice) in ("", notice.giver):
        raise NotAllowed("Отозвать уведомление уже предложено: согласиться должна другая сторона")
    if not open_now.update(withdrawn_on=today):
        raise Already("Уведомление уже отозвано, вступило в силу или записано приказом")
    _logged(notice, "withdraw", "уведомление отозвано по обоюдному согласию", by)
    return _send_withdrawal_letters(notice, by)


def side_of(user: User, notice: Notice) -> str:
    """Return whose side of a notice the user is on: the mentor, the employer, or none."""
    if user.person_id == notice.person_id:
        return WORKER
    return EMPLOYER if user.can(Right.AGREEMENTS_RECORD) else ""


def _send_withdrawal_letters(notice: Notice, by: User) -> Notice:
    about: dict[str, Any] = {
        "asks": "" if notice.withdrawn_on else str(notice.pk),
        "notice": notice,
        "person": notice.person,
    }
    role_letters.mail_right_holders(Right.AGREEMENTS_RECORD, "notice_withdrawal", but=by, **about)
    if by.person_id != notice.person_id:
        role_letters.mail_person(notice.person, "notice_withdrawal", **about)
    return notice


def take_effect(today: date | None = None, by: User | None = None) -> int:
    """End the duties whose last day has come: the agreement closes, the pay ends with that day (ТК 351.8).

    Returns how many took effect. Each is a transaction of its own; safe to repeat. Called by the clock. What becomes
    of the pair and the order is decided above, by ``Notice.objects.in_effect()`` and ``awaiting_order()``.
    """
    today = today or timezone.localdate()
    done = 0
    for notice in Notice.objects.due(today).select_related("person", "agreement").order_by("effective_on", "pk"):
        with transaction.atomic():
            if not Notice.objects.due(today).filter(pk=notice.pk).update(took_effect_on=today):
                continue
            if notice.agreement and not (notice.agreement.closed_on or notice.agreement.dropped_at):
                agreement_acts.close(notice.agreement, by=by, on=notice.effective_on)
            _logged(notice, "take_effect", f"{notice.get_giver_display()}: обязанности прекращены", by)
            about: dict[str, Any] = {
                "asks": "" if notice.order_number else str(notice.pk),
                "notice": notice,
                "person": notice.person,
            }
            role_letters.mail_right_holders(Right.AGREEMENTS_RECORD, "notice_in_effect", but=by, **about)
        done += 1
    return done


@transaction.atomic
def record_order(notice: Notice, *, by: User, number: str, date: date) -> Notice:
    """Record the order of relief that follows this notice. Called by its registration, or from paper.

    Raises ``NotAllowed``; ``Already``; ``Refused`` for a day before the notice or a withdrawn one.
    """
    agreement_acts.check_may_record(by, notice.person_id)
    if not number.strip():
        raise Refused("Укажите номер приказа")
    if date > timezone.localdate():
        raise Refused("Приказ не записывают будущим числом")
    if date < notice.received_on:
        raise Refused("Приказ не может быть раньше уведомления")
    if not Notice.objects.awaiting_order().filter(pk=notice.pk).update(order_number=number.strip(), order_date=date):
        raise Already("Приказ уже записан или уведомление отозвано")
    return _logged(notice, "record_order", f"записан приказ №\N{NO-BREAK SPACE}{number.strip()} от {rudate(date)}", by)


def _logged(notice: Notice, verb: str, words: str, by: User | None) -> Notice:
    log(notice, verb, by=by, words=words, person=notice.person_id)
    notice.refresh_from_db()
    return notice
