"""Acts of consents: record, withdraw, attach a scan, expire (152-ФЗ; п. 3.2, 3.3, 8.1; roadmap stages 2, 3).

Three papers, never one form. A new consent of the same purpose replaces the old one in the same transaction; the
withdrawal of one touches no other.
"""

from collections.abc import Iterable
from datetime import date
from typing import cast
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mentoring_site.locks import locked
from mentoring_site.models import StoredFile
from mentoring_site.rights import require
from mentoring_site.russian import joined, rudate
from mentoring_site.scans import put_scan
from mentoring_site.workflow import Already, NotAllowed, Refused
from mentoring_site.workflow import record as log
from people.accounts.models import User
from people.consents import endings, texts
from people.consents.matters import matter_in_words
from people.consents.models import DISSEMINATION, DUTIES, PROCESSING, PUBLIC_FIELDS, Consent, conditions_wrong
from people.consents.withdrawals import acts as withdrawal_acts
from people.register.models import Person
from people.rights import Right
from people.roles import letters as role_letters
from people.school.models import School

PAPER, APPLICATION = Consent.Form.PAPER, Consent.Form.APPLICATION


def latest_text(purpose: str, part: str = "") -> date:
    """Return the date of the text in force today: the latest one not later than today, else the oldest."""
    return texts.text_date(purpose, part, timezone.localdate())


@transaction.atomic
def record(
    person: Person,
    purpose: str,
    *,
    by: User,
    given_on: date,
    part: str = "",
    matter: UUID | None = None,
    matter_words: str = "",
    fields: Iterable[str] = (),
    conditions: dict | None = None,
    transfer: str = Consent.Transfer.NETWORK,
    form: str = PAPER,
    scan: StoredFile | None = None,
    until: date | None = None,
    address: str | None = None,
    request_key: UUID | None = None,
) -> Consent:
    """Record a consent and freeze its words; the live one of the same purpose is replaced.

    ``scan`` is a ``StoredFile`` of the signed paper or None («скан приложу позже»), ``address`` the device of a consent
    given in the application, ``fields`` what may be published, ``conditions`` what is set for single fields,
    ``transfer`` how the operator may pass them on. Returns the consent, or the one made by the same ``request_key``.
    Raises ``NotAllowed``; ``Refused`` with a sentence when something does not fit.
    """
    _check_recorder(person, by, form)
    person = locked(person)  # one recording at a time for one person
    if request_key and (made := Consent.objects.filter(request_key=request_key).first()):
        return made
    consent = Consent(
        person=person,
        purpose=purpose,
        part=part,
        matter=matter,
        matter_words=matter_words,
        fields=list(fields),
        conditions=conditions or {},
        transfer=transfer,
        form=form,
        given_on=given_on,
        until=until,
        scan=scan,
        address=address,
        recorded_at=timezone.now(),
        recorded_by=by,
        request_key=request_key,
    )
    _check_contents(consent)
    _check_conditions(consent)
    _check_dates(consent)
    if form == APPLICATION:
        _check_application(consent)
    _end_previous(consent)
    _freeze_text(consent)
    consent.save()
    log(consent, "record", by=by, words=f"записано согласие: {consent.title}", target="live", person=person.pk)
    if form == APPLICATION and purpose == DUTIES:  # the order of assignment waits for it
        role_letters.mail_right_holders(Right.CONSENTS_RECORD, "consent_given", but=by, consent=consent, person=person)
    return consent


def _check_recorder(person: Person, by: User, form: str) -> None:
    if form == PAPER:
        require(by, Right.CONSENTS_RECORD)
    elif by.person_id != person.pk:
        raise NotAllowed("В системе согласие даёт только сам человек")


def _check_contents(consent: Consent) -> None:
    """Refuse what does not fit the purpose; put the fields into the order of the paper."""
    if consent.purpose not in Consent.Purpose.values:
        raise Refused("Такого согласия нет: бывает на обработку, на распространение и на обязанности")
    if (consent.purpose == DUTIES) != bool(consent.part and consent.matter):
        raise Refused("Согласие на обязанности даётся по каждой паре отдельно: укажите пару и чьи это обязанности")
    if consent.part and consent.part not in Consent.Part.values:
        raise Refused("Обязанности бывают наставника и наставляемого")
    if not set(consent.fields) <= PUBLIC_FIELDS.keys():
        raise Refused("В списке сведений есть такие, которых в тексте согласия нет")
    consent.fields = [code for code in PUBLIC_FIELDS if code in consent.fields]
    if consent.purpose == DISSEMINATION and not consent.fields:
        raise Refused("Отметьте хотя бы одно сведение, которое можно распространять")
    if consent.purpose != DISSEMINATION and consent.fields:
        raise Refused("Сведения отмечают только в согласии на распространение")


def _check_conditions(consent: Consent) -> None:
    """Only a consent to dissemination has conditions and a way of transfer (ст. 10.1, ч. 9); others lose them."""
    if wrong := conditions_wrong(consent.fields, consent.conditions):
        raise Refused(wrong)
    if consent.purpose != DISSEMINATION:
        consent.conditions, consent.transfer = {}, ""
    elif consent.transfer not in Consent.Transfer.values:
        raise Refused("Укажите, как оператор может передавать эти данные: без этого пункта согласие неполно")


def _check_dates(consent: Consent) -> None:
    today, born, until = timezone.localdate(), consent.person.birth_date, consent.until
    if consent.given_on > today:
        raise Refused("Согласие не может быть дано будущим числом")
    if born and consent.given_on < born:
        raise Refused("Согласие не может быть дано раньше дня рождения")
    if until and until < consent.given_on:
        raise Refused("Срок согласия не может закончиться раньше, чем оно дано")
    if until and until < today:
        raise Refused(f"Срок этого согласия уже истёк {rudate(until)}: попросите дать новое")


def _check_application(consent: Consent) -> None:
    school = School.get()
    if school is None or not school.e_consents:
        raise Refused("В этой школе согласия дают на бумаге: кадровый электронный документооборот не введён")
    if consent.given_on != timezone.localdate() or not consent.address:
        raise Refused("В системе согласие даётся сегодняшним числом и с адресом устройства")


def _freeze_text(consent: Consent) -> None:
    """Write the words of the paper with their edition and SHA-256 into the consent."""
    if consent.matter and not consent.matter_words:
        consent.matter_words = matter_in_words(consent.person, consent.part, consent.matter)
    mark = None
    if consent.form == APPLICATION and consent.address:
        mark = texts.confirmation_mark(consent.recorded_at, consent.address)
    words = texts.signed(
        consent.person,
        consent.purpose,
        consent.part,
        given_on=consent.given_on,
        fields=consent.fields,
        conditions=consent.conditions,
        transfer=consent.transfer,
        matter_words=consent.matter_words,
        until=consent.until,
        mark=mark,
    )
    consent.matter_words = consent.matter_words[:300]
    consent.text_date, consent.text, consent.text_sha256 = words.text_date, words.text, words.sha256


def _end_previous(new: Consent) -> None:
    """End the live consent that a new one takes the place of."""
    same = Consent.objects.filter(person=new.person, purpose=new.purpose, part=new.part, matter=new.matter)
    for old in same.filter(ended_on__isnull=True):
        if new.given_on < old.given_on:
            raise Refused(f"Уже записано более позднее согласие, от {rudate(old.given_on)}")
        if old.until and old.until < new.given_on:
            _end(old, Consent.End.EXPIRED, on=old.until, by=new.recorded_by)
        else:
            _end(old, Consent.End.REPLACED, on=new.given_on, by=new.recorded_by)


def _end(consent: Consent, end: str, *, on: date, by: User | None) -> None:
    """End a consent by compare-and-swap and write it to the log. Raises ``Already`` when it has ended meanwhile."""
    ended = Consent.objects.filter(pk=consent.pk, ended_on__isnull=True).update(
        ended_on=on, end=end, end_recorded_at=timezone.now(), end_recorded_by=by
    )
    if not ended:
        raise Already("Это согласие уже прекращено")
    log(
        consent,
        end,
        by=by,
        words=f"согласие {Consent.End(end).label}: {consent.title}",
        source="live",
        target=end,
        person=consent.person_id,
    )


@transaction.atomic
def withdraw(consent: Consent, *, by: User, on: date, demand: bool = False) -> Consent:
    """Withdraw one consent; the others stay (152-ФЗ, ст. 9, 10.1). The effect is immediate.

    A person oneself may withdraw the processing and the dissemination; a refusal of duties goes through the curator.
    What stands on the consent ends with it (``endings``): without the processing the person leaves the banks.
    ``on`` is the day when the paper came, ``demand`` adds the demand to stop processing (ст. 21, ч. 5.1). What is due
    after it stands in «Сроки по отзывам». Raises ``NotAllowed``; ``Already`` when it has ended; ``Refused`` for a wrong
    date.
    """
    check_may_withdraw(consent, by)
    _check_day_of_withdrawal(consent, by, on)
    if demand and consent.purpose != PROCESSING:
        raise Refused("Требование прекратить обработку касается только согласия на обработку")
    person = Person.objects.select_for_update().get(pk=consent.person_id)
    _end(consent, Consent.End.WITHDRAWN, on=on, by=by)
    consent.refresh_from_db()
    withdrawal_acts.open_for(consent, by=by, on=on, demand=demand)
    endings.apply_all(consent, by=by)
    role_letters.mail_right_holders(Right.CONSENTS_RECORD, "consent_withdrawn", but=by, consent=consent, person=person)
    return consent


def check_may_withdraw(consent: Consent, by: User) -> None:
    """Refuse who may not record the withdrawal: persons withdraw their own, except consents to duties."""
    if consent.purpose == DUTIES:
        require(by, Right.CONSENTS_RECORD, act="записать отзыв согласия")
    else:
        require(
            by,
            Right.CONSENTS_RECORD,
            unless=by.person_id == consent.person_id,
            also="сам человек",
            act="отозвать согласие",
        )


def _check_day_of_withdrawal(consent: Consent, by: User, on: date) -> None:
    today = timezone.localdate()
    if on > today:
        raise Refused("Согласие не отзывают будущим числом")
    if on < today and not by.can(Right.CONSENTS_RECORD):
        raise Refused("Свой отзыв Вы записываете сегодняшним числом")
    if on < consent.given_on:
        raise Refused(f"Согласие дано {rudate(consent.given_on)}: отозвать его раньше нельзя")


@transaction.atomic
def narrow(consent: Consent, *, by: User, on: date, fields: Iterable[str]) -> Consent:
    """Stop the dissemination of some data at once; the rest of the consent and all others stay (ст. 10.1, ч. 12–14).

    ``fields`` are the codes to stop. All of them together are a withdrawal of the whole consent. What was signed stays
    in the frozen text and in the withdrawal. Raises as ``withdraw`` does.
    """
    if consent.purpose != DISSEMINATION:
        raise Refused("Отозвать часть сведений можно только из согласия на распространение")
    check_may_withdraw(consent, by)
    _check_day_of_withdrawal(consent, by, on)
    person = Person.objects.select_for_update().get(pk=consent.person_id)
    fresh = Consent.objects.get(pk=consent.pk)
    asked = set(fields)
    stopped = [code for code in PUBLIC_FIELDS if code in asked]
    if not stopped or not asked <= set(fresh.fields):
        raise Refused("Отметьте сведения из тех, которые разрешены этим согласием")
    if set(stopped) == set(fresh.fields):
        return withdraw(consent, by=by, on=on)
    left = [code for code in fresh.fields if code not in stopped]
    conditions = {code: found for code, found in fresh.conditions.items() if code in left}
    if not Consent.objects.filter(pk=consent.pk, ended_on__isnull=True).update(fields=left, conditions=conditions):
        raise Already("Это согласие уже прекращено")
    consent.refresh_from_db()
    withdrawal_acts.open_for(consent, by=by, on=on, fields=stopped)
    named = joined([PUBLIC_FIELDS[code] for code in stopped])
    log(consent, "narrow", by=by, words=f"прекращено распространение: {named}", person=person.pk, fields=stopped)
    role_letters.mail_right_holders(
        Right.CONSENTS_RECORD, "consent_narrowed", but=by, consent=consent, person=person, what=named
    )
    return consent


@transaction.atomic
def attach_scan(consent: Consent, *, by: User, scan: StoredFile, reason: str = "") -> Consent:
    """Attach the scan of a paper, or replace a wrong one with a reason; the former one is kept.

    Raises ``NotAllowed``; ``Already`` when there is one; ``Refused`` for a consent without a paper or a destroyed one.
    """
    require(by, Right.CONSENTS_RECORD, act="приложить скан согласия")
    if consent.form != PAPER:
        raise Refused("Это согласие дано в системе, бумаги у него нет")
    if consent.erased_on:
        raise Refused("Бумага этого согласия уничтожена по акту: скан не хранят")
    put_scan(consent, "scan", scan, by=by, words="скан согласия", reason=reason, person=consent.person_id)
    consent.refresh_from_db()
    return consent


@transaction.atomic
def ask(person: Person, *, by: User) -> None:
    """Ask a person by letter to sign the consent to processing. Raises ``NotAllowed``; ``Refused`` when it is there."""
    require(by, Right.CONSENTS_RECORD, act="попросить о согласии")
    if Consent.objects.live().filter(person=person, purpose=PROCESSING).exists():
        raise Refused(f"{person.short_name}: согласие на обработку персональных данных уже есть")
    school = School.get()
    role_letters.mail_person(
        person, "consent_request", asks=PROCESSING, in_application=bool(school and school.e_consents)
    )
    log(person, "ask_consent", by=by, words="написана просьба о согласии на обработку персональных данных")


@transaction.atomic
def ask_new_edition(consent: Consent, *, by: User) -> Consent:
    """Ask a person by letter to sign the edition of a text that is in force now; the old consent stays in force.

    Raises ``NotAllowed``; ``Refused`` when the consent is of the present edition or has ended.
    """
    require(by, Right.CONSENTS_RECORD, act="попросить о согласии")
    if consent.ended_on or consent.text_date >= latest_text(consent.purpose, consent.part):
        raise Refused("Это согласие подписано в действующей редакции или уже прекращено")
    school = School.get()
    in_application = bool(school and school.e_consents)
    role_letters.mail_person(
        consent.person, "consent_new_edition", asks=str(consent.pk), consent=consent, in_application=in_application
    )
    log(consent, "ask_new_edition", by=by, words="написана просьба подписать новую редакцию", person=consent.person_id)
    return consent


def expire(today: date | None = None) -> int:
    """End the consents whose term has passed, and what stands on them (``endings``). Called by the clock.

    Returns how many ended. Each is a transaction of its own; safe to repeat.
    """
    today = today or timezone.localdate()
    ended = 0
    for consent in Consent.objects.filter(ended_on__isnull=True, until__lt=today).select_related("person"):
        try:
            with transaction.atomic():
                _end(consent, Consent.End.EXPIRED, on=cast(date, consent.until), by=None)
                consent.refresh_from_db()
                endings.apply_all(consent, by=None)
        except Already:
            continue
        ended += 1
    return ended
