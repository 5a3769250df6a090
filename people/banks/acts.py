"""Acts of the banks: propose, fill in, comment, approve, decline, withdraw, appoint (п. 3.3–3.5, 6.1)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mentoring_site.locks import locked
from mentoring_site.mail import letters_of
from mentoring_site.models import Act
from mentoring_site.rights import require
from mentoring_site.russian import joined, plural, rudate
from mentoring_site.ui.elements import Badge
from mentoring_site.workflow import Already, Refused, claim_version, complaints, perform, record, reload
from people.accounts.models import User
from people.banks.models import Candidate, MenteeCategory, Statement, Topic
from people.banks.rules import CANDIDATE, NEEDED_STATEMENTS
from people.consents import acts as consent_acts
from people.consents.closed import refuse_closed
from people.consents.models import PROCESSING, Consent
from people.language.names import agree
from people.promises import Promise
from people.register.models import Employment, Person
from people.rights import Right
from people.roles import letters as role_letters

State = Candidate.State
STATEMENT_TYPES = {"mentor": ("competence", "interest"), "mentee": ("difficulty", "request", "strength")}
IN_BANK = {"mentor": "в банке наставников", "mentee": "в банке наставляемых"}
TO_BANK = {"mentor": "в банк наставников", "mentee": "в банк наставляемых"}
STATE_BADGES: dict[str, Badge] = {
    State.APPLIED: Badge("ждёт директора", "others"),
    State.APPROVED: Badge("утверждён", "done"),
    State.APPOINTED: Badge("назначен приказом", "done"),
    State.RELIEVED: Badge("освобождён", "stopped"),
    State.DECLINED: Badge("отклонён", "stopped"),
    State.WITHDRAWN: Badge("снят", "stopped"),
}
ONESELF = "сам человек"
REMIND_PAUSE = timedelta(days=1)

StatementRow = tuple[str, Topic | None, str]
"""Type of statement, topic, text."""


@transaction.atomic
def propose(person: Person, part: str, *, by: User, why: str = "", request_key: UUID | None = None) -> Candidate:
    """Put a person forward for a bank (п. 3.4, 3.5; a potential mentor may also put oneself forward, п. 2.3).

    Returns the new candidate, or the one made by the same ``request_key``. Raises ``NotAllowed``; ``Refused`` when
    the person stands in this bank already, has not consented to the processing of personal data, or is proposed as
    a mentor without a teaching post (п. 1.2).
    """
    require(by, Right.BANKS_PROPOSE, unless=by.person_id == person.pk, also=ONESELF)
    person = locked(person)
    if request_key and (made := Candidate.objects.filter(request_key=request_key).first()):
        return made
    if Candidate.objects.filter(person=person, part=part, state__in=Candidate.LIVE_STATES).exists():
        raise Already(f"{person.short_name}: уже стоит {IN_BANK[part]}")
    if not Consent.objects.live().filter(person=person, purpose=PROCESSING).exists():
        raise Refused(
            f"{person.short_name}: нет согласия на обработку персональных данных, без него нельзя войти в банк. "
            f"Получить согласие должен {Right.CONSENTS_RECORD.who}"
        )
    if part == "mentor" and not Employment.objects.current().filter(person=person, is_teaching=True).exists():
        raise Refused(f"{person.short_name}: наставником может быть только педагогический работник (п. 1.2 Положения)")
    candidate = Candidate.objects.create(person=person, part=part, proposed_by=by, why=why, request_key=request_key)
    act = record(candidate, "propose", by=by, words=f"предложение {TO_BANK[part]}", target=State.APPLIED)
    if by.person_id != person.pk:
        with letters_of(act):
            about = {"candidate": candidate, "bank": TO_BANK[part]}
            role_letters.mail_person(person, "candidate_fill", asks=str(candidate.pk), **about)
    return candidate


@transaction.atomic
def propose_several(
    people: Iterable[Person], part: str, *, by: User, why: str = "", signed_on: date | None = None
) -> list[Candidate]:
    """Put several people forward at once: all or none.

    ``signed_on`` is the day of the consents to the processing that were signed on paper and are recorded with it; None
    when everybody has given one before. Raises what ``propose`` and the recording of a consent raise; ``Refused`` when
    nobody is chosen, or with the names of those whose consent is missing.
    """
    require(by, Right.BANKS_PROPOSE)
    chosen = list(people)
    if not chosen:
        raise Refused("Отметьте хотя бы одного человека")
    given = Consent.objects.live().filter(person__in=chosen, purpose=PROCESSING).values_list("person", flat=True)
    without = [person for person in chosen if person.pk not in set(given)]
    if without and signed_on is None:
        names = joined([person.short_name for person in without])
        raise Refused(f"Нет согласия на обработку персональных данных: {names}. Напечатайте бланки и дайте подписать")
    for person in without:
        consent_acts.record(person, PROCESSING, by=by, given_on=signed_on or timezone.localdate())
    return [propose(person, part, by=by, why=why) for person in chosen]


@transaction.atomic
def fill(
    candidate: Candidate,
    *,
    by: User,
    statements: Iterable[StatementRow] = (),
    topics: Iterable[Topic] = (),
    categories: Iterable[MenteeCategory] = (),
    capacity_hours: int | None = None,
    capacity_persons: int | None = None,
    wishes: str = "",
    on_paper: bool = False,
    version: int | None = None,
) -> Candidate:
    """Fill in the questionnaire: by the person, or by the curator in somebody's words (roadmap stages 2, 3).

    ``statements`` take the place of what was said before. Once the candidate is approved, nothing said is erased,
    because programs refer to it: what is no longer there is marked as past.

    Raises ``NotAllowed``; ``Stale`` for another ``version``; ``Refused`` for a closed candidate.
    """
    own = by.person_id == candidate.person_id
    require(by, Right.BANKS_FILL_FOR_OTHERS, unless=own, also=ONESELF)
    refuse_closed([candidate.person])
    claim_version(candidate, candidate.version if version is None else version)
    candidate.refresh_from_db()
    if candidate.state not in Candidate.LIVE_STATES:
        raise Refused("Этот кандидат уже не в банке: его анкету не меняют")
    _replace_statements(candidate, statements)
    candidate.capacity_hours, candidate.capacity_persons, candidate.wishes = capacity_hours, capacity_persons, wishes
    first = candidate.filled_at is None
    candidate.filled_at, candidate.filled_by, candidate.on_paper = timezone.now(), by, bool(on_paper or not own)
    candidate.save()
    candidate.topics.set(topics)
    candidate.categories.set(categories if candidate.part == "mentee" else [])
    how = " со слов или с бумаги" if candidate.on_paper else ""
    record(candidate, "fill", by=by, words=f"{'заполнена' if first else 'исправлена'} анкета{how}")
    if first:
        tell_if_ready(candidate, by)
    return candidate


def tell_if_ready(candidate: Candidate, by: User) -> None:
    if candidate.state == State.APPLIED and not complaints(reload(candidate), "approve"):
        about = {"candidate": candidate, "bank": TO_BANK[candidate.part]}
        role_letters.mail_right_holders(Right.BANKS_APPROVE, "candidate_ready", but=by, asks=str(candidate.pk), **about)


@transaction.atomic
def set_capacity(candidate: Candidate, *, by: User, persons: int, version: int) -> Candidate:
    """Write how many mentees a mentor can take, and nothing else of the questionnaire (п. 6.1).

    Raises ``NotAllowed``, ``Stale``; ``Refused`` for a mentee or a closed candidate.
    """
    require(by, Right.BANKS_FILL_FOR_OTHERS, unless=by.person_id == candidate.person_id, also=ONESELF)
    refuse_closed([candidate.person])
    claim_version(candidate, version)
    candidate.refresh_from_db()
    if candidate.part != Candidate.Part.MENTOR or candidate.state not in Candidate.LIVE_STATES:
        raise Refused("Сколько наставляемых можно взять, указывает наставник, который стоит в банке")
    was_ready = not complaints(reload(candidate), "approve")
    candidate.capacity_persons = persons
    candidate.save(update_fields=["capacity_persons"])
    record(candidate, "capacity", by=by, words=f"может взять наставляемых: {persons}")
    if not was_ready:
        tell_if_ready(candidate, by)
    return candidate


def _replace_statements(candidate: Candidate, given: Iterable[StatementRow]) -> None:
    """Bring the statements of a candidate to the given ones; the rows of those that stay are not touched.

    Raises ``Refused`` for a statement that a questionnaire of this bank does not have.
    """
    rows = [(code, topic, " ".join(text.split())) for code, topic, text in given if text.strip()]
    if any(code not in STATEMENT_TYPES[candidate.part] for code, _, _ in rows):
        raise Refused("В анкете есть строки не для этого банка")
    old = {(s.kind, s.text): s for s in candidate.statements.filter(resolved_on__isnull=True)}
    for code, topic, text in dict.fromkeys(rows):
        existing = old.pop((code, text), None)
        if existing is None:
            Statement.objects.create(candidate=candidate, kind=code, topic=topic, text=text)
        elif existing.topic_id != (topic.pk if topic else None):
            existing.topic = topic
            existing.save()
    for gone in old.values():
        if candidate.state == State.APPLIED:
            gone.delete()
        else:
            gone.resolved_on = timezone.localdate()
            gone.save()


@transaction.atomic
def comment(candidate: Candidate, *, by: User, text: str) -> Candidate:
    """The director writes a remark about a candidate (п. 3.3); who proposed the candidate gets a letter.

    Raises ``NotAllowed``; ``Refused`` without a text.
    """
    require(by, Right.BANKS_COMMENT)
    if not text.strip():
        raise Refused("Напишите замечание")
    claim_version(candidate, candidate.version)
    Candidate.objects.filter(pk=candidate.pk).update(comment=text.strip())
    record(candidate, "comment", by=by, words="директор оставил замечание")
    candidate.refresh_from_db()
    proposer = candidate.proposed_by.person
    if proposer.pk != by.person_id:
        role_letters.mail_person(proposer, "candidate_comment", candidate=candidate, bank=TO_BANK[candidate.part])
    return candidate


@transaction.atomic
def approve(candidate: Candidate, *, by: User, comment: str = "") -> Candidate:
    """The director approves a candidate (п. 3.3). Raises what ``perform`` raises."""
    columns = {"decided_at": timezone.now(), "decided_by": by} | ({"comment": comment} if comment else {})
    return _mail_decision(perform(candidate, "approve", by=by, columns=columns), by)


@transaction.atomic
def approve_all(chosen: list[Candidate], *, by: User) -> list[Candidate]:
    """Approve several candidates at once: all or none.

    Raises what ``approve`` does, ``Refused`` when none is chosen.
    """
    if not chosen:
        raise Refused("Отметьте хотя бы одного кандидата")
    return [approve(candidate, by=by) for candidate in chosen]


@transaction.atomic
def decline(candidate: Candidate, *, by: User, reason: str) -> Candidate:
    """The director declines a candidate with a reason. Raises what ``perform`` raises; ``Refused`` without a reason."""
    if not reason.strip():
        raise Refused("Напишите, почему кандидат отклонён")
    columns = {"decided_at": timezone.now(), "decided_by": by, "reason": reason.strip()}
    return _mail_decision(perform(candidate, "decline", by=by, columns=columns), by)


def _mail_decision(candidate: Candidate, by: User) -> Candidate:
    if by.person_id != candidate.person_id:
        role_letters.mail_person(
            candidate.person,
            "candidate_decided",
            candidate=candidate,
            bank=TO_BANK[candidate.part],
            in_bank=IN_BANK[candidate.part],
            approved=candidate.state == State.APPROVED,
        )
    return candidate


def withdraw(candidate: Candidate, *, by: User, reason: str) -> Candidate:
    """Take a candidate out of the bank with a reason. Raises what ``perform`` raises; ``Refused`` without a reason."""
    if not reason.strip():
        raise Refused("Напишите, почему кандидат снят")
    return perform(candidate, "withdraw", by=by, columns={"reason": reason.strip()})


@transaction.atomic
def leave_without_consent(consent: Consent, *, by: User | None) -> list[Candidate]:
    """Take a person out of the banks when the consent to processing has ended (roadmap stages 2, 3).

    Returns the candidates that were withdrawn; none for a consent of another purpose. Appointed mentors leave too: what
    an order has set up, the pair, ends by another order. Called in the transaction that ends the consent
    (``people.consents.endings``); ``by`` is None for the clock.
    """
    if consent.purpose != PROCESSING:
        return []
    words: dict[str, str] = {
        Consent.End.WITHDRAWN: "Отозвано согласие на обработку персональных данных",
        Consent.End.EXPIRED: "Истёк срок согласия на обработку персональных данных",
    }
    reason = f"{words[consent.end]} {rudate(consent.ended_on)}"
    gone = []
    for candidate in Candidate.objects.filter(person=consent.person_id, state__in=Candidate.LIVE_STATES):
        for _ in range(5):  # somebody may be moving the same candidate at this moment
            try:
                gone.append(perform(candidate, "follow_consent", by=by, columns={"reason": reason}))
                break
            except Already:
                candidate.refresh_from_db()
                if candidate.state not in Candidate.LIVE_STATES:
                    break
    return gone


def consequences_without_consent(consent: Consent) -> list[str]:
    """Say what ``leave_without_consent`` would do if the consent ended now."""
    if consent.purpose != PROCESSING:
        return []
    leaving = Candidate.objects.filter(person=consent.person_id, state__in=Candidate.LIVE_STATES).count()
    return [f"Из банка сразу будет снято: {plural(leaving, 'запись,записи,записей')}."] if leaving else []


def appoint(candidate: Candidate, *, by: User, number: str, date: date) -> Candidate:
    """Enact the director's order of appointment on a mentor (п. 3.2). Called by the registration of an order."""
    return perform(candidate, "appoint", by=by, columns={"order_number": number, "order_date": date}, number=number)


def relieve_if_free(candidate: Candidate, *, by: User, has_other_parts: bool, reason: str = "") -> bool:
    """Relieve a mentor whose last pair or group ends by an order of relief (п. 4.1); return whether it was done.

    ``has_other_parts`` says whether the person leads, or is about to lead, another pair or group: then the mentor stays
    in the bank. Who is in the bank no longer stays as it is. Called by the registration of an order. Raises what
    ``perform`` raises.
    """
    if has_other_parts or candidate.state not in CANDIDATE["relieve"].sources:
        return False
    perform(candidate, "relieve", by=by, columns={"reason": reason} if reason else None)
    return True


@transaction.atomic
def remind(candidate: Candidate, *, by: User) -> None:
    """Remind a person of the questionnaire by letter, at most once a day. Raises ``NotAllowed``, ``Refused``."""
    require(by, Right.BANKS_PROPOSE, act="напомнить об анкете")
    candidate = locked(candidate)
    if candidate.state not in Candidate.LIVE_STATES or not _unfilled(candidate):
        raise Refused("Анкета уже заполнена")
    if Act.objects.about(candidate).filter(verb="remind", at__gte=timezone.now() - REMIND_PAUSE).exists():
        raise Already("Сегодня об этом уже напоминали")
    bank = TO_BANK[candidate.part]
    role_letters.mail_person(candidate.person, "candidate_fill", asks=str(candidate.pk), candidate=candidate, bank=bank)
    record(candidate, "remind", by=by, words="написано напоминание об анкете")


def reads(user: User, candidate: Candidate) -> bool:
    """Whether the user may read the questionnaire and what was written about the candidate, not only the state."""
    return user.person_id == candidate.person_id or Promise.QUESTIONNAIRE.opens_to(user)


def _unfilled(candidate: Candidate) -> bool:
    have = set(candidate.statements.filter(resolved_on__isnull=True).values_list("kind", flat=True))
    return not set(NEEDED_STATEMENTS[candidate.part]) <= have or (
        candidate.part == "mentor" and not candidate.capacity_persons
    )


def badge(candidate: Candidate, viewer: User | None = None) -> Badge:
    """Return the state of a candidate; the word agrees with the person.

    For a ``viewer`` whose move it is the badge says so.
    """
    shown = STATE_BADGES[candidate.state]
    if candidate.state == State.APPLIED and candidate.filled_at is None:
        own = viewer is not None and viewer.person_id == candidate.person_id
        return Badge("ждёт Вашей анкеты", "you") if own else Badge("ждёт анкеты", "others")
    if candidate.state == State.APPLIED and viewer is not None and CANDIDATE["approve"].allows(candidate, viewer):
        return Badge("ждёт Вашего решения", "you")
    if candidate.state != State.APPLIED:  # «утверждена», «назначена приказом»
        return replace(shown, word=agree(candidate.person.gender, shown.word))
    return shown
