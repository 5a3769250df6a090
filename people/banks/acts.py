"""Acts of the banks: propose, fill in, comment, approve, decline, withdraw, appoint, review (п. 3.3–3.5, 6.1)."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone

from mentoring_site.models import Act
from mentoring_site.russian import plural, rudate
from mentoring_site.workflow import Already, NotAllowed, Refused, claim_version, complaints, perform, record, reload
from people.banks.models import BankReview, Candidate, Statement
from people.banks.rules import NEEDED_STATEMENTS
from people.consents.models import PROCESSING, Consent
from people.register.models import Employment, Person
from people.rights import Right
from people.roles import letters as role_letters

State = Candidate.State
BEFORE_APPOINTMENT = (State.APPLIED, State.APPROVED)
LIVE = (*BEFORE_APPOINTMENT, State.APPOINTED)
KINDS = {"mentor": ("competence", "interest"), "mentee": ("difficulty", "request", "strength")}
IN_BANK = {"mentor": "в банке наставников", "mentee": "в банке наставляемых"}
TO_BANK = {"mentor": "в банк наставников", "mentee": "в банк наставляемых"}
STATE_WORDS = {
    "applied": ("ждёт директора", "others"),
    "approved": ("утверждён", "done"),
    "appointed": ("назначен приказом", "done"),
    "relieved": ("освобождён", "stopped"),
    "declined": ("отклонён", "stopped"),
    "withdrawn": ("снят", "stopped"),
}
REVIEW_EVERY = timedelta(days=365)


@transaction.atomic
def propose(person, part: str, *, by, why: str = "", request_key=None) -> Candidate:
    """Put a person forward for a bank (п. 3.4, 3.5; a potential mentor may also put oneself forward, п. 2.3).

    Returns the new candidate, or the one made by the same ``request_key``. Raises ``NotAllowed``; ``Refused`` when
    the person stands in this bank already, has not consented to the processing of personal data, or is proposed as
    a mentor without a teaching post (п. 1.2).
    """
    if not by.can(Right.BANKS_PROPOSE) and by.person_id != person.pk:
        raise NotAllowed("Предложить кандидата может куратор, член совета или сам человек")
    person = Person.objects.select_for_update().get(pk=person.pk)
    if request_key and (made := Candidate.objects.filter(request_key=request_key).first()):
        return made
    if Candidate.objects.filter(person=person, part=part, state__in=LIVE).exists():
        raise Already(f"{person.short_name}: уже стоит {IN_BANK[part]}")
    if not Consent.objects.live().filter(person=person, purpose="processing").exists():
        raise Refused(
            f"{person.short_name}: нет согласия на обработку персональных данных, без него нельзя войти в банк. "
            "Получить согласие должен куратор или специалист по кадрам"
        )
    if part == "mentor" and not Employment.objects.current().filter(person=person, is_teaching=True).exists():
        raise Refused(f"{person.short_name}: наставником может быть только педагогический работник (п. 1.2 Положения)")
    candidate = Candidate.objects.create(person=person, part=part, proposed_by=by, why=why, request_key=request_key)
    record(candidate, "propose", by=by, words=f"предложен(а) {TO_BANK[part]}", target="applied")
    if by.person_id != person.pk:
        role_letters.mail_person(person, "candidate_fill", candidate=candidate, bank=TO_BANK[part])
    return candidate


@transaction.atomic
def fill(
    candidate,
    *,
    by,
    statements=(),
    topics=(),
    categories=(),
    capacity_hours=None,
    capacity_persons=None,
    wishes: str = "",
    on_paper: bool = False,
    version: int | None = None,
) -> Candidate:
    """Fill in the questionnaire: by the person, or by the curator in somebody's words (roadmap stages 2, 3).

    ``statements`` is a list of ``(kind, topic or None, text)`` and takes the place of what was said before. Once the
    candidate is approved, nothing said is erased, because programmes refer to it: what is no longer there is marked
    as past. Raises ``NotAllowed``; ``Stale`` for another ``version``; ``Refused`` for a closed candidate.
    """
    own = by.person_id == candidate.person_id
    if not own and not by.can(Right.BANKS_FILL_FOR_OTHERS):
        raise NotAllowed("Анкету заполняет сам человек или куратор с его слов")
    claim_version(candidate, candidate.version if version is None else version)
    candidate.refresh_from_db()
    if candidate.state not in LIVE:
        raise Refused("Этот кандидат уже не в банке: его анкету не меняют")
    statements = [(kind, topic, " ".join(text.split())) for kind, topic, text in statements if text.strip()]
    if any(kind not in KINDS[candidate.part] for kind, _, _ in statements):
        raise Refused("В анкете есть строки не для этого банка")
    _replace_statements(candidate, statements)
    candidate.capacity_hours, candidate.capacity_persons, candidate.wishes = capacity_hours, capacity_persons, wishes
    first = candidate.filled_at is None
    candidate.filled_at, candidate.filled_by, candidate.on_paper = timezone.now(), by, bool(on_paper or not own)
    candidate.save()
    candidate.topics.set(topics)
    candidate.categories.set(categories if candidate.part == "mentee" else [])
    how = " со слов или с бумаги" if candidate.on_paper else ""
    record(candidate, "fill", by=by, words=f"{'заполнена' if first else 'исправлена'} анкета{how}")
    if first and candidate.state == "applied" and not complaints(reload(candidate), "approve"):
        role_letters.mail_right_holders(
            Right.BANKS_APPROVE, "candidate_ready", but=by, candidate=candidate, bank=TO_BANK[candidate.part]
        )
    return candidate


def _replace_statements(candidate, statements):
    """Bring the statements of a candidate to the new list; keep the rows of those that stay."""
    free = candidate.state == "applied"
    old = {(s.kind, s.text): s for s in candidate.statements.filter(resolved_on__isnull=True)}
    for kind, topic, text in dict.fromkeys(statements):
        kept = old.pop((kind, text), None)
        if kept is None:
            Statement.objects.create(candidate=candidate, kind=kind, topic=topic, text=text)
        elif kept.topic_id != (topic.pk if topic else None):
            kept.topic = topic
            kept.save()
    for gone in old.values():
        if free:
            gone.delete()
        else:
            gone.resolved_on = timezone.localdate()
            gone.save()


@transaction.atomic
def comment(candidate, *, by, text: str) -> Candidate:
    """The director writes a remark about a candidate (п. 3.3); who proposed the candidate gets a letter.

    Raises ``NotAllowed``; ``Refused`` without a text.
    """
    if not by.can(Right.BANKS_COMMENT):
        raise NotAllowed("Замечание о кандидате пишет директор")
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
def approve(candidate, *, by, comment: str = "") -> Candidate:
    """The director approves a candidate (п. 3.3). Raises what ``perform`` raises."""
    columns = {"decided_at": timezone.now(), "decided_by": by} | ({"comment": comment} if comment else {})
    return _tell(perform(candidate, "approve", by=by, columns=columns), by)


@transaction.atomic
def approve_all(chosen, *, by) -> list[Candidate]:
    """Approve several candidates at once: all or none.

    Raises what ``approve`` does, ``Refused`` when none is chosen.
    """
    if not chosen:
        raise Refused("Отметьте хотя бы одного кандидата")
    return [approve(candidate, by=by) for candidate in chosen]


@transaction.atomic
def decline(candidate, *, by, reason: str) -> Candidate:
    """The director declines a candidate with a reason. Raises what ``perform`` raises; ``Refused`` without a reason."""
    if not reason.strip():
        raise Refused("Напишите, почему кандидат отклонён")
    columns = {"decided_at": timezone.now(), "decided_by": by, "reason": reason.strip()}
    return _tell(perform(candidate, "decline", by=by, columns=columns), by)


def _tell(candidate, by):
    if by is None or by.person_id != candidate.person_id:
        role_letters.mail_person(
            candidate.person,
            "candidate_decided",
            candidate=candidate,
            bank=TO_BANK[candidate.part],
            in_bank=IN_BANK[candidate.part],
            approved=candidate.state == "approved",
        )
    return candidate


def withdraw(candidate, *, by, reason: str) -> Candidate:
    """Take a candidate out of the bank with a reason. Raises what ``perform`` raises; ``Refused`` without a reason."""
    if not reason.strip():
        raise Refused("Напишите, почему кандидат снят")
    return perform(candidate, "withdraw", by=by, columns={"reason": reason.strip()})


@transaction.atomic
def leave_without_consent(consent, *, by) -> list[Candidate]:
    """Take a person out of the banks when the consent to processing has ended (roadmap stages 2, 3).

    Returns the candidates that were withdrawn; none for a consent of another purpose. Appointed mentors stay: their
    order is law until another order, and the curator sees them as waiting. Called in the transaction that ends the
    consent (``people.consents.endings``); ``by`` is None for the clock.
    """
    if consent.purpose != PROCESSING:
        return []
    words = {
        Consent.End.WITHDRAWN: "Отозвано согласие на обработку персональных данных",
        Consent.End.EXPIRED: "Истёк срок согласия на обработку персональных данных",
    }
    reason = f"{words[consent.end]} {rudate(consent.ended_on)}"
    gone = []
    for candidate in Candidate.objects.filter(person=consent.person_id, state__in=BEFORE_APPOINTMENT):
        for _ in range(5):  # somebody may be moving the same candidate at this moment
            try:
                gone.append(perform(candidate, "follow_consent", by=by, columns={"reason": reason}))
                break
            except Already:
                candidate.refresh_from_db()
                if candidate.state not in BEFORE_APPOINTMENT:
                    break
    return gone


def consequences_without_consent(consent) -> list[str]:
    """Say what ``leave_without_consent`` would do if the consent ended now."""
    if consent.purpose != PROCESSING:
        return []
    mine = Candidate.objects.filter(person=consent.person_id)
    found = []
    if leaving := mine.filter(state__in=BEFORE_APPOINTMENT).count():
        found.append(f"Из банка будет снято: {plural(leaving, 'запись,записи,записей')}.")
    if mine.filter(state=State.APPOINTED).exists():
        found.append("Назначение приказом останется до другого приказа: куратор увидит это среди своих дел.")
    return found


def appoint(candidate, *, by, number: str, date) -> Candidate:
    """Enact the director's order of appointment on a mentor (п. 3.2). Called by the registration of an order."""
    return perform(candidate, "appoint", by=by, columns={"order_number": number, "order_date": date}, number=number)


def relieve(candidate, *, by, reason: str = "") -> Candidate:
    """Relieve a candidate by an order. Raises what ``perform`` raises."""
    return perform(candidate, "relieve", by=by, columns={"reason": reason.strip()} if reason.strip() else None)


@transaction.atomic
def remind(candidate, *, by) -> None:
    """Remind a person of the questionnaire by letter, at most once a day. Raises ``NotAllowed``, ``Refused``."""
    if not by.can(Right.BANKS_PROPOSE):
        raise NotAllowed("Напомнить об анкете может куратор или член совета")
    if candidate.state not in LIVE or not _unfilled(candidate):
        raise Refused("Анкета уже заполнена")
    day_ago = timezone.now() - timedelta(days=1)
    if Act.objects.about(candidate).filter(verb="remind", at__gte=day_ago).exists():
        raise Already("Сегодня об этом уже напоминали")
    role_letters.mail_person(candidate.person, "candidate_fill", candidate=candidate, bank=TO_BANK[candidate.part])
    record(candidate, "remind", by=by, words="отправлено напоминание об анкете")


def _unfilled(candidate) -> bool:
    have = set(candidate.statements.filter(resolved_on__isnull=True).values_list("kind", flat=True))
    return not set(NEEDED_STATEMENTS[candidate.part]) <= have or (
        candidate.part == "mentor" and not candidate.capacity_persons
    )


@transaction.atomic
def review(part: str, *, by, on: date, note: str = "") -> BankReview:
    """Write down that a bank was gone through and brought up to date (п. 3.4: at least once a year).

    Raises ``NotAllowed``; ``Refused`` for a future date; ``Already`` when this day is recorded.
    """
    if not by.can(Right.BANKS_FILL_FOR_OTHERS):
        raise NotAllowed("Проверку банка записывает куратор")
    if on > timezone.localdate():
        raise Refused("Проверка не может быть записана будущим числом")
    made, fresh = BankReview.objects.get_or_create(
        part=part, reviewed_on=on, defaults={"note": note, "recorded_by": by}
    )
    if not fresh:
        raise Already("Проверка этого банка в этот день уже записана")
    record(made, "review", by=by, words=f"банк проверен: {made.get_part_display()}")
    return made


def review_due(part: str, today: date | None = None) -> date | None:
    """Return since when the yearly review of a bank is overdue, or None while it is in time (п. 3.4).

    A bank that was never reviewed counts from its first candidate; an empty bank waits for nothing.
    """
    last = BankReview.objects.filter(part=part).aggregate(last=Max("reviewed_on"))["last"]
    if last is None:
        first = Candidate.objects.filter(part=part).aggregate(first=Min("proposed_at"))["first"]
        last = timezone.localtime(first).date() if first else None
    due = last + REVIEW_EVERY if last else None
    return due if due and due < (today or timezone.localdate()) else None


def badge(candidate, viewer=None) -> dict:
    """Return the state of a candidate for ``components/badge.html``; the word agrees with the person.

    For a ``viewer`` whose move it is the badge says so.
    """
    word, tone = STATE_WORDS[candidate.state]
    if candidate.state == "applied" and candidate.filled_at is None:
        own = viewer is not None and viewer.person_id == candidate.person_id
        return {"word": "ждёт Вашей анкеты", "tone": "you"} if own else {"word": "ждёт анкеты", "tone": "others"}
    if candidate.state == "applied" and viewer is not None and viewer.can(Right.BANKS_APPROVE):
        return {"word": "ждёт Вашего решения", "tone": "you"}
    if candidate.person.gender == "f" and word[0] != "ж":
        first, _, rest = word.partition(" ")
        word = f"{first}а {rest}".strip()
    return {"word": word, "tone": tone}
