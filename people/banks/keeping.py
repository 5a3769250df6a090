"""The banks are kept by curator and system administrator together (п. 3.4): facts put right, the yearly review.

The system administrator decides nothing about people: neither the state of an entry nor the words of its person.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone

from mentoring_site.locks import locked
from mentoring_site.mail import letters_of
from mentoring_site.rights import require
from mentoring_site.russian import joined
from mentoring_site.workflow import Already, Refused, claim_version, complaints, record, reload
from people.accounts.models import User
from people.banks.acts import IN_BANK, tell_if_ready
from people.banks.models import BankCorrection, BankReview, Candidate, MenteeCategory, Topic
from people.consents.closed import refuse_closed
from people.rights import Right
from people.roles import letters as role_letters

Part = Candidate.Part
REVIEW_EVERY = timedelta(days=365)
COLUMNS = {Part.MENTOR: ("capacity_hours", "capacity_persons"), Part.MENTEE: ()}
LABELS = {
    "topics": "темы",
    "categories": "категории",
    "capacity_hours": "часов в месяц",
    "capacity_persons": "сколько наставляемых",
}
NOT_FILLED = (
    "Анкета ещё не заполнена, исправлять нечего. Её заполняет сам человек, "
    f"за него может {Right.BANKS_FILL_FOR_OTHERS.who}"
)
NO_FUTURE = "Проверка не может быть записана будущим числом"
BOTH_NAMES = "Под проверкой стоят два имени: её подтверждает другой человек, не тот, кто её записал"


def is_curators(user: User) -> bool:
    """Whether the user answers for the banks, and not only keeps them."""
    return user.can(Right.BANKS_FILL_FOR_OTHERS)


@transaction.atomic
def correct(
    candidate: Candidate,
    *,
    by: User,
    why: str,
    version: int,
    topics: Iterable[Topic] = (),
    categories: Iterable[MenteeCategory] = (),
    **numbers: int | None,
) -> BankCorrection:
    """Put facts of an entry right; the curator looks at what the system administrator has corrected.

    Raises ``NotAllowed``, ``Stale``; ``Refused`` without a reason, without a change, for a closed or blank entry.
    """
    require(by, Right.BANKS_CORRECT)
    refuse_closed([candidate.person])
    claim_version(candidate, version)
    candidate.refresh_from_db()
    _require_open(candidate)
    if not why.strip():
        raise Refused("Напишите, почему сведения исправлены")
    was_ready = not complaints(reload(candidate), "approve")
    new = {"topics": list(topics)} | ({"categories": list(categories)} if candidate.part == Part.MENTEE else {})
    before = _facts(candidate)
    changed = [name for name, value in new.items() if {row.pk for row in value} != set(before[name])]
    for name in changed:
        getattr(candidate, name).set(new[name])
    columns = {name: numbers[name] for name in COLUMNS[Part(candidate.part)] if name in numbers}
    changed_columns = [name for name, value in columns.items() if value != before[name]]
    _write(candidate, {name: columns[name] for name in changed_columns})
    changed += changed_columns
    if not changed:
        raise Refused("Ничего не изменено: исправьте хотя бы одно поле")
    what = f"исправлено: {joined([LABELS[name] for name in changed])}"
    seen = {"seen_at": timezone.now(), "seen_by": by} if is_curators(by) else {}
    made = BankCorrection.objects.create(
        candidate=candidate,
        what=what,
        why=why.strip(),
        before={name: before[name] for name in changed},
        corrected_by=by,
        **seen,
    )
    act = record(candidate, "correct", by=by, words=f"в записи банка {what}", correction=made.pk)
    if by.person_id != candidate.person_id:
        with letters_of(act):
            bank = IN_BANK[candidate.part]
            role_letters.mail_person(
                candidate.person, "candidate_corrected", candidate=candidate, bank=bank, correction=made
            )
    if not was_ready:
        tell_if_ready(candidate, by)
    return made


def _require_open(candidate: Candidate) -> None:
    if candidate.state not in Candidate.LIVE_STATES:
        raise Refused("Этой записи в банке больше нет: прежние сведения не исправляют")
    if candidate.filled_at is None:
        raise Refused(NOT_FILLED)


def _facts(candidate: Candidate) -> dict[str, Any]:
    """Return the facts that can be corrected: keys of lists, numbers."""
    lists = {name: sorted(getattr(candidate, name).values_list("pk", flat=True)) for name in ("topics", "categories")}
    return lists | {name: getattr(candidate, name) for name in COLUMNS[Part(candidate.part)]}


def _write(candidate: Candidate, columns: dict[str, int | None]) -> None:
    for name, value in columns.items():
        setattr(candidate, name, value)
    if columns:
        candidate.save(update_fields=list(columns))


@transaction.atomic
def take_back(candidate: Candidate, correction: int, *, by: User, **facts: Any) -> None:
    """Bring the facts back to what they were. Raises ``Already``; ``Refused`` when the curator has looked at it."""
    found = BankCorrection.objects.filter(pk=correction, candidate=candidate, corrected_by=by).first()
    if found is None:
        raise Already("Этого исправления уже нет")
    found = locked(found)
    if found.seen_at and found.seen_by_id != by.pk:
        raise Refused("Куратор уже посмотрел это исправление")
    claim_version(candidate, candidate.version)
    for name in set(found.before) & {"topics", "categories"}:
        getattr(candidate, name).set(found.before[name])
    _write(candidate, {name: found.before[name] for name in set(found.before) - {"topics", "categories"}})
    found.delete()
    record(candidate, "undo_correct", by=by, words=f"отменено: в записи банка {found.what}"[:300], **facts)


@transaction.atomic
def see(part: str, *, by: User, upto: int) -> int:
    """The curator has looked at the corrections of a bank, as far as the page showed them; returns how many.

    Raises ``NotAllowed``, ``Already``.
    """
    require(by, Right.BANKS_FILL_FOR_OTHERS, act="отметить исправления просмотренными")
    unseen = BankCorrection.objects.unseen().filter(candidate__part=part, pk__lte=upto)
    keys = list(unseen.select_for_update().values_list("pk", flat=True))
    if not keys:
        raise Already("Эти исправления уже просмотрены")
    return BankCorrection.objects.filter(pk__in=keys, seen_at__isnull=True).update(seen_at=timezone.now(), seen_by=by)


@transaction.atomic
def review(part: str, *, by: User, on: date, note: str = "") -> BankReview:
    """Write down that a bank was gone through and brought up to date (п. 3.4: at least once a year).

    What the system administrator records waits for the curator's confirmation. Raises ``NotAllowed``; ``Refused`` for
    a future date; ``Already`` when this day is recorded.
    """
    require(by, Right.BANKS_CORRECT, act="записать проверку банка")
    if on > timezone.localdate():
        raise Refused(NO_FUTURE)
    waits = not is_curators(by)
    made, fresh = BankReview.objects.get_or_create(
        part=part, reviewed_on=on, defaults={"note": note, "recorded_by": by, "waits": waits}
    )
    if not fresh:
        raise Already("Проверка этого банка в этот день уже записана")
    act = record(made, "review", by=by, words=f"банк проверен: {made.get_part_display()}")
    if waits:
        with letters_of(act):
            role_letters.mail_right_holders(
                Right.BANKS_FILL_FOR_OTHERS, "bank_review_recorded", but=by, asks=str(made.pk), review=made
            )
    return made


def may_confirm(found: BankReview, user: User) -> bool:
    """Whether the user puts the second name: the curator under what the other has recorded, and the other way round."""
    if found.confirmed_by_id or found.recorded_by.person_id == user.person_id or not user.can(Right.BANKS_CORRECT):
        return False
    return is_curators(user) == found.waits


@transaction.atomic
def confirm(found: BankReview, *, by: User) -> BankReview:
    """Put the second name under a review (п. 3.4: together). Raises ``NotAllowed``, ``Already``, ``Refused``."""
    require(by, Right.BANKS_CORRECT, act="подтвердить проверку банка")
    found = _locked_review(found)
    if not may_confirm(found, by):
        raise Refused(BOTH_NAMES)
    BankReview.objects.filter(pk=found.pk).update(confirmed_at=timezone.now(), confirmed_by=by, waits=False)
    record(found, "confirm", by=by, words=f"проверка банка подтверждена: {found.get_part_display()}")
    found.refresh_from_db()
    return found


@transaction.atomic
def send_back(found: BankReview, *, by: User, reason: str) -> None:
    """The curator does not confirm a review: its record goes, whoever made it gets a letter with the reason.

    Raises ``NotAllowed``, ``Already``; ``Refused`` without a reason.
    """
    require(by, Right.BANKS_FILL_FOR_OTHERS, act="вернуть проверку банка")
    if not reason.strip():
        raise Refused("Напишите, что проверить ещё раз")
    found = _locked_review(found)
    if not found.waits:
        raise Refused("Эта проверка подтверждения не ждёт")
    person = found.recorded_by.person
    record(found, "send_back", by=by, words=f"проверка банка не подтверждена: {found.get_part_display()}")
    BankReview.objects.filter(pk=found.pk).delete()
    role_letters.mail_person(person, "bank_review_returned", review=found, reason=reason.strip())


def _locked_review(found: BankReview) -> BankReview:
    fresh = locked(found, gone="Этой записи о проверке уже нет")
    if fresh.confirmed_by_id:
        raise Already("Проверка уже подтверждена")
    return fresh


def take_review_back(found: BankReview, *, by: User) -> None:
    """Take a recorded review back while nobody has confirmed it. Raises ``Already``."""
    found = _locked_review(found)
    BankReview.objects.filter(pk=found.pk).delete()


def review_due(part: str, today: date | None = None) -> date | None:
    """Return since when the yearly review of a bank is overdue, or None while it is in time (п. 3.4).

    A bank that was never reviewed counts from its first candidate; an empty bank waits for nothing.
    """
    counted = BankReview.objects.filter(part=part, waits=False)
    last = counted.aggregate(last=Max("reviewed_on"))["last"]
    if last is None:
        first = Candidate.objects.filter(part=part).aggregate(first=Min("proposed_at"))["first"]
        last = timezone.localtime(first).date() if first else None
    due = last + REVIEW_EVERY if last else None
    return due if due and due < (today or timezone.localdate()) else None
