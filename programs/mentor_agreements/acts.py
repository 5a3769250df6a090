"""Acts of agreements with mentors, in the sequence of ТК 351.8: assignment, consent, agreement, order on pay.

The consent is the live consent to the duties (people/consents/acts.py). Outsiders sign another paper, and where the
director is the mentor, agreement and pay are the founder's matter: nobody signs for both sides.
"""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mentoring_site.models import StoredFile
from mentoring_site.rights import require
from mentoring_site.russian import full_stop, period, rudate
from mentoring_site.scans import put_scan
from mentoring_site.workflow import Already, NotAllowed, Refused, claim_version
from mentoring_site.workflow import record as log
from people.accounts.models import User
from people.consents.matters import matter_in_words
from people.register.leaving import beyond_work
from people.register.models import Employment, Person
from people.rights import Right
from programs.mentor_agreements import documents
from programs.mentor_agreements.employers import employer_signs, founder_signs, paper_kind
from programs.mentor_agreements.models import MentorAgreement
from programs.pairings.models import Pairing

AGREEMENT, COOPERATION, FOUNDER = MentorAgreement.Kind
PERCENT, SUM, FREE, INCLUDED = MentorAgreement.Pay
RECORDS = f"Записывает {Right.AGREEMENTS_RECORD.who}"
NOT_ONES_OWN = "О себе самом соглашение не ведут: запись сделает другой из тех, кто ведёт соглашения"
TERMS = (
    "content",
    "work_form",
    "starts_on",
    "ends_on",
    "pay_kind",
    "pay_amount",
    "pay_act",
    "pay_from",
    "pay_to",
)


@transaction.atomic
def start(
    person: Person,
    employment: Employment,
    *,
    by: User,
    pairing: Pairing,
    matter_words: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    request_key: UUID | None = None,
) -> MentorAgreement:
    """Begin an agreement with a mentor about one pair or group, for exactly one employment (ТК 351.8).

    Returns the new agreement, or the one made by the same ``request_key``. Raises ``NotAllowed``; ``Already``;
    ``Refused`` when the employment is somebody else's or has ended, or the term is upside down.
    """
    check_may_record(by, person.pk)
    person = Person.objects.select_for_update().get(pk=person.pk)
    if request_key and (made := MentorAgreement.objects.filter(request_key=request_key).first()):
        return made
    if not Employment.objects.current().filter(pk=employment.pk, person=person).exists():
        raise Refused(f"{person.short_name}: выберите одно действующее место работы этого человека")
    if MentorAgreement.objects.live().filter(person=person, pairing=pairing).exists():
        raise Already(f"{person.short_name}: соглашение об этой паре уже ведётся")
    _check_term(starts_on, ends_on)
    if past := beyond_work([person], ends_on or starts_on, "соглашение"):
        raise Refused(past)
    words = matter_words or matter_in_words(person, "mentor", pairing.uuid)
    made = MentorAgreement.objects.create(
        person=person,
        employment=employment,
        kind=paper_kind(employment),
        pairing=pairing,
        matter_words=words[:300],
        starts_on=starts_on,
        ends_on=ends_on,
        created_by=by,
        request_key=request_key,
    )
    log(made, "start", by=by, words=f"начато оформление наставника: {made.get_kind_display()}", person=person.pk)
    return made


@transaction.atomic
def assign(agreement: MentorAgreement, *, by: User, on: date, scan: StoredFile | None = None) -> MentorAgreement:
    """Record the employer's assignment (поручение, предложение); the consent answers it (ТК 351.8).

    Raises ``NotAllowed``; ``Already``; ``Refused`` for a future day, or when the consent was given in the application
    before.
    """
    agreement = _reload(agreement, by)
    _check_not_future(on, "Поручение")
    if agreement.assigned_on:
        raise Already(f"Поручение уже записано, от {rudate(agreement.assigned_on)}")
    if agreement.consent_on and agreement.consent_on < on and agreement.consent_form == "app":
        raise Refused(
            f"Согласие дано в системе {rudate(agreement.consent_on)}, раньше поручения: сначала поручение, потом"
            " согласие. Укажите настоящую дату поручения или попросите наставника дать согласие заново"
        )
    agreement.assigned_on = on
    papers = agreement.papers | {"assignment": documents.assignment(agreement)}
    words = f"записано поручение работодателя от {rudate(on)}"
    return _write(agreement, "assign", words, by, assigned_on=on, assignment_scan=scan, papers=papers)


def consent_warning(agreement: MentorAgreement) -> str:
    """Return a sentence when the consent on paper is older than the assignment that it answers, else an empty string.

    Reads what ``with_stage()`` annotated.
    """
    if agreement.assigned_on and agreement.consent_on and agreement.consent_on < agreement.assigned_on:
        return (
            f"Согласие на бумаге от {rudate(agreement.consent_on)} старше поручения от {rudate(agreement.assigned_on)}:"
            " проверьте обе даты, по статье 351.8 согласием отвечают на поручение"
        )
    return ""


@transaction.atomic
def exempt(agreement: MentorAgreement, *, by: User, reason: str) -> MentorAgreement:
    """Record that mentoring is part of the job and paid in it: no agreement under ТК 351.8 (Роструд, № ТЗ/7300-6-1).

    Raises ``NotAllowed``; ``Refused`` without a reason, for an outsider or after the signature.
    """
    agreement = _reload(agreement, by)
    if not reason.strip():
        raise Refused("Напишите, почему статья 351.8 не применяется: каким пунктом договора или инструкции это сказано")
    if agreement.kind == COOPERATION:
        raise Refused("Наставник не работает в школе: статья 351.8 к нему и так не применяется")
    _check_unsigned(agreement)
    columns = dict.fromkeys(("pay_amount", "pay_from", "pay_to")) | {"pay_act": "", "pay_kind": INCLUDED}
    words = "записано: наставничество входит в трудовую функцию и оплачено в ней"
    return _write(agreement, "exempt", words, by, exempt_reason=reason.strip()[:500], **columns)


@transaction.atomic
def end_exemption(agreement: MentorAgreement, *, by: User) -> MentorAgreement:
    """Take the exemption back: an agreement under 351.8 is needed after all. Raises ``NotAllowed``, ``Already``."""
    agreement = _reload(agreement, by)
    if not agreement.is_exempt:
        raise Already("Наставничество этого человека и так оформляется соглашением")
    return _write(
        agreement, "end_exemption", "записано: нужно соглашение по статье 351.8", by, exempt_reason="", pay_kind=""
    )


@transaction.atomic
def set_terms(agreement: MentorAgreement, *, by: User, version: int, **terms: Any) -> MentorAgreement:
    """Set the terms of the paper: content, form, term, pay (ТК 351.8). Until the signature they may change.

    ``terms`` are the fields of ``TERMS``. Raises ``NotAllowed``; ``Stale``; ``Refused`` for terms that do not fit.
    """
    agreement = _reload(agreement, by)
    _check_unsigned(agreement)
    if agreement.is_exempt:
        raise Refused("Наставничество входит в трудовую функцию: соглашение не заключают. Сначала снимите эту отметку")
    agreement.kind = paper_kind(agreement.employment)  # the director may have changed since
    terms = {name: terms.get(name) for name in TERMS} | {"pay_act": (terms.get("pay_act") or "").strip()}
    if terms["pay_kind"] not in (PERCENT, SUM):
        terms |= {"pay_amount": None, "pay_from": None, "pay_to": None, "pay_act": ""}
    elif not terms["pay_to"]:
        terms["pay_to"] = terms["ends_on"]
    _check_terms(agreement, terms)
    claim_version(agreement, version)
    words = "записаны условия: содержание, форма, срок, оплата"
    return _write(agreement, "terms", words, by, kind=agreement.kind, **terms)


def _check_terms(agreement: MentorAgreement, terms: dict) -> None:
    _check_term(terms["starts_on"], terms["ends_on"])
    if past := beyond_work([agreement.person], terms["ends_on"], "соглашение"):
        raise Refused(past)
    if not (terms["content"] or "").strip() or not (terms["work_form"] or "").strip() or not terms["starts_on"]:
        raise Refused("В соглашении указывают содержание, срок и форму работы (ст. 351.8 ТК РФ): заполните все три")
    if terms["pay_kind"] not in (PERCENT, SUM, FREE):
        raise Refused("Укажите, как оплачивается работа наставника")
    if terms["pay_kind"] == FREE:
        if agreement.kind != COOPERATION:
            raise Refused(
                "Работа наставника по статье 351.8 оплачивается. Если она оплачена в окладе, отметьте это отдельно"
            )
        return
    if not terms["pay_amount"] or terms["pay_amount"] <= 0 or not terms["pay_from"] or not terms["pay_act"]:
        raise Refused("Укажите размер оплаты, с какого дня она идёт и каким актом установлена")
    if not terms["starts_on"] <= terms["pay_from"] <= terms["pay_to"] <= terms["ends_on"]:
        raise Refused(f"Выплата идёт в пределах срока работы: {period(terms['starts_on'], terms['ends_on'])}")


@transaction.atomic
def sign(
    agreement: MentorAgreement,
    *,
    by: User,
    number: str,
    on: date,
    scan: StoredFile | None = None,
    founder_words: str = "",
) -> MentorAgreement:
    """Record that both sides have signed the paper by a pen (ТК 72, 351.8).

    ``founder_words``: who signed for the founder.

    Raises ``NotAllowed``; ``Already``; ``Refused`` with everything that is missing.
    """
    agreement = _reload(agreement, by)
    if agreement.signed_on:
        raise Already(f"Подпись уже записана: {rudate(agreement.signed_on)}")
    missing = missing_for_signature(agreement)
    if missing:
        raise Refused(missing)
    if not number.strip():
        raise Refused("Укажите номер соглашения")
    _check_not_future(on, "Соглашение")
    if on < agreement.assigned_on or on < agreement.consent_on:
        raise Refused("Соглашение подписывают после поручения и согласия: проверьте дату")
    if paper_kind(agreement.employment, on) != agreement.kind:
        raise Refused("Директор школы теперь другой, и бумага нужна другая: запишите условия заново")
    signer_words = founder_signs(founder_words, on) if agreement.kind == FOUNDER else employer_signs(agreement, on)
    agreement.number, agreement.signed_on = number.strip(), on
    return _write(
        agreement,
        "sign",
        f"подписано {agreement.get_kind_display()} {_named(number, on)}",
        by,
        number=number.strip(),
        signed_on=on,
        scan=scan,
        signed_by_words=signer_words[:300],
        papers=agreement.papers | {agreement.kind: documents.paper(agreement)},
    )


def missing_for_signature(agreement: MentorAgreement) -> list[str]:
    """Return sentences about what must be there before the paper is signed, and whose move it is (``with_stage()``)."""
    found = []
    if not agreement.assigned_on:
        found.append(f"Нет поручения работодателя. {RECORDS}")
    if not agreement.consent_on:
        found.append(
            f"Нет письменного согласия наставника: {full_stop(agreement.person.short_name)}"
            f" Получить его должен {Right.CONSENTS_RECORD.who}"
        )
    if agreement.is_exempt:
        found.append("Наставничество входит в трудовую функцию и оплачено в ней: соглашение не заключают")
    elif not agreement.pay_kind:
        found.append(f"Не записаны условия: содержание, форма, срок и оплата. {RECORDS}")
    return found


@transaction.atomic
def paid_by_order(agreement: MentorAgreement, *, by: User, number: str, date: date) -> MentorAgreement:
    """Record the school's order on pay, of the series «личный состав». Called by its registration, or from paper.

    Raises ``NotAllowed``; ``Already``; ``Refused`` when the pay is not the school's to set.
    """
    if agreement.kind == FOUNDER:
        raise Refused("Оплату директору устанавливает учредитель, приказом по школе её установить нельзя")
    return _paid(agreement, by, number, date, "приказ об оплате")


@transaction.atomic
def paid_by_founder(agreement: MentorAgreement, *, by: User, number: str, date: date) -> MentorAgreement:
    """Record the founder's act on the director's pay. Raises as ``paid_by_order`` does."""
    if agreement.kind != FOUNDER:
        raise Refused("Оплату устанавливает приказ по личному составу, а не учредитель")
    return _paid(agreement, by, number, date, "распоряжение учредителя об оплате")


def _paid(agreement: MentorAgreement, by: User, number: str, date: date, what: str) -> MentorAgreement:
    agreement = _reload(agreement, by)
    if agreement.order_number:
        raise Already(f"Приказ об оплате уже записан: №\N{NO-BREAK SPACE}{agreement.order_number}")
    if agreement.kind == COOPERATION:
        raise Refused("Наставник не работает в школе: оплата идёт по договору, приказом её не устанавливают")
    if agreement.closed_on or agreement.pay_ends_on:
        raise Refused("Соглашение уже закончено: выплату по нему не устанавливают")
    if not agreement.signed_on or not agreement.is_paid:
        raise Refused("Оплату устанавливают по подписанному соглашению: сначала запишите подпись")
    _check_paper(number, date, agreement.signed_on, "Приказ об оплате не может быть раньше соглашения")
    return _write(agreement, "paid", f"{what} {_named(number, date)}", by, order_number=number.strip(), order_date=date)


@transaction.atomic
def stop_pay(agreement: MentorAgreement, *, by: User, on: date, number: str, date: date) -> MentorAgreement:
    """Record the order that stops the pay; ``on`` is the last paid day.

    Called by the registration of an order on pay or relief.

    Raises ``NotAllowed``; ``Already``; ``Refused`` without an order on pay or for a day outside of the term.
    """
    agreement = _reload(agreement, by)
    if agreement.stop_number:
        raise Already(f"Прекращение выплаты уже записано: приказ №\N{NO-BREAK SPACE}{agreement.stop_number}")
    if agreement.kind == FOUNDER:
        raise Refused("Выплату директору прекращает учредитель, а не приказ по школе")
    if not agreement.order_number:
        raise Refused("Выплата по этому соглашению приказом не устанавливалась: останавливать нечего")
    if on > agreement.pay_to:
        raise Refused(f"Выплата и так идёт только по {rudate(agreement.pay_to)}")
    _check_paper(number, date, agreement.order_date, "Приказ о прекращении не может быть раньше приказа об оплате")
    words = f"выплата прекращена с последним днём {rudate(on)}, приказ {_named(number, date)}"
    return _write(agreement, "stop_pay", words, by, pay_ends_on=on, stop_number=number.strip(), stop_date=date)


@transaction.atomic
def close(agreement: MentorAgreement, *, by: User | None, on: date) -> MentorAgreement:
    """End an agreement on its last day (the program is over, or a notice took effect); the pay ends with it.

    ``by`` is None for the clock. Raises ``Already`` when it has ended.
    """
    if by is not None:
        check_may_record(by, agreement.person_id)
    agreement.refresh_from_db()
    if agreement.closed_on or agreement.dropped_at:
        raise Already("Это соглашение уже закончено")
    columns = {"closed_on": on}
    if agreement.pay_to and on < agreement.paid_through:
        columns["pay_ends_on"] = on
    return _write(agreement, "close", f"соглашение закончено, последний день {rudate(on)}", by, **columns)


def close_with_pairing(pairing: Pairing, on: date) -> None:
    """End the live agreements of a pair or group that has ended: the duties end with it (ТК 351.8)."""
    for agreement in MentorAgreement.objects.live().filter(pairing=pairing):
        close(agreement, by=None, on=on)


@transaction.atomic
def drop(agreement: MentorAgreement, *, by: User, reason: str) -> MentorAgreement:
    """Take back what was begun by mistake, before anything is signed. Raises ``NotAllowed``; ``Refused``."""
    agreement = _reload(agreement, by)
    _check_unsigned(agreement)
    if not reason.strip():
        raise Refused("Напишите, почему оформление снято")
    return _write(
        agreement,
        "drop",
        "оформление снято",
        by,
        dropped_at=timezone.now(),
        dropped_by=by,
        drop_reason=reason.strip()[:300],
    )


@transaction.atomic
def attach_scan(
    agreement: MentorAgreement, *, by: User, paper: str, scan: StoredFile, reason: str = ""
) -> MentorAgreement:
    """Attach the scan of the assignment (``assignment_scan``) or the signed paper (``scan``), or replace a wrong one.

    Raises ``NotAllowed``; ``Already``; ``Refused`` when there is no such paper yet.
    """
    check_may_record(by, agreement.person_id)
    if not (agreement.assigned_on if paper == "assignment_scan" else agreement.signed_on):
        raise Refused("Сначала запишите саму бумагу: её дату и номер")
    what = "поручения" if paper == "assignment_scan" else "соглашения"
    put_scan(agreement, paper, scan, by=by, words=f"скан {what}", reason=reason)
    agreement.refresh_from_db()
    return agreement


def may_record(user: User, person_id: int) -> bool:
    """Whether the user keeps the agreements of this mentor: by right, and never one's own."""
    return user.can(Right.AGREEMENTS_RECORD) and user.person_id != person_id


def check_may_record(by: User, person_id: int) -> None:
    """Raise ``NotAllowed`` unless the user keeps the agreements of this mentor."""
    require(by, Right.AGREEMENTS_RECORD)
    if by.person_id == person_id:
        raise NotAllowed(NOT_ONES_OWN)


def _reload(agreement: MentorAgreement, by: User) -> MentorAgreement:
    """Return the same agreement with its stage and consent as they are now; not dropped, and the user may record."""
    check_may_record(by, agreement.person_id)
    found = (
        MentorAgreement.objects.with_stage()
        .with_consent()
        .select_related("person", "employment__organisation")
        .get(pk=agreement.pk)
    )
    agreement.__dict__.update(found.__dict__)
    if agreement.dropped_at:
        raise Already("Оформление этого наставника снято")
    return agreement


def _write(agreement: MentorAgreement, verb: str, words: str, by: User | None, **columns: Any) -> MentorAgreement:
    """Write columns by compare-and-swap of the version and log the act."""
    written = MentorAgreement.objects.filter(pk=agreement.pk, version=agreement.version).update(
        version=agreement.version + 1, **columns
    )
    if not written:
        raise Already("Это соглашение только что изменил кто-то другой. Обновите страницу")
    log(agreement, verb, by=by, words=words[:300], person=agreement.person_id)
    agreement.refresh_from_db()
    return agreement


def _check_unsigned(agreement: MentorAgreement) -> None:
    if agreement.signed_on:
        raise Refused("Бумага уже подписана: изданное не правят, новые условия оформляют новым соглашением")


def _check_not_future(on: date, what: str) -> None:
    if on > timezone.localdate():
        raise Refused(f"{what} не записывают будущим числом")


def _check_term(starts_on: date | None, ends_on: date | None) -> None:
    if bool(starts_on) != bool(ends_on):
        raise Refused("Укажите обе даты срока: с какого и по какое число")
    if starts_on and ends_on < starts_on:
        raise Refused("Срок не может закончиться раньше, чем начался")


def _check_paper(number: str, day: date, after: date, sentence: str) -> None:
    if not number.strip():
        raise Refused("Укажите номер")
    _check_not_future(day, "Приказ")
    if day < after:
        raise Refused(sentence)


def _named(number: str, day: date) -> str:
    return f"№\N{NO-BREAK SPACE}{number.strip()} от {rudate(day)}"
