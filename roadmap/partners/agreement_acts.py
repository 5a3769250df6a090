"""Acts about agreements with partners: drafted, signed, prolonged, renewed, ended; reminders (п. 3.3)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from mentoring_site.evidence import acts as evidence_acts
from mentoring_site.locks import locked
from mentoring_site.rights import require
from mentoring_site.russian import add_months, rudate
from mentoring_site.workflow import Already, Refused, claim_version, perform, record
from people.accounts.models import User
from people.rights import Right
from people.roles.letters import mail_right_holders
from roadmap.partners.acts import cleaned
from roadmap.partners.models import FIRST_REMINDER, SECOND_REMINDER, Partner, PartnerAgreement

FIELDS = (
    "kind",
    "subject",
    "ours",
    "theirs",
    "their_signer",
    "their_basis",
    "starts_on",
    "ends_on",
    "prolongs",
    "prolong_months",
)
"""What the draft says."""
COPIED = ("kind", "subject", "ours", "theirs", "their_signer", "their_basis", "prolongs", "prolong_months")
DRAFT, SIGNED = PartnerAgreement.State.DRAFT, PartnerAgreement.State.SIGNED


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    found = {name: cleaned(values[name]) for name in FIELDS if name in values}
    if not found.get("subject"):
        raise Refused("Напишите предмет договора: о чём он")
    _refuse_dates(found.get("starts_on"), found.get("ends_on"), prolongs=bool(found.get("prolongs")))
    return found


def _refuse_dates(starts_on: date | None, ends_on: date | None, *, prolongs: bool) -> None:
    if starts_on and ends_on and ends_on < starts_on:
        raise Refused("Последний день договора раньше первого: поменяйте их местами")
    if prolongs and ends_on is None:
        raise Refused("Договор продлевается сам: укажите, по какой день он действует сначала")


@transaction.atomic
def draft(partner: Partner, *, by: User, request_key: UUID | None = None, **values: Any) -> PartnerAgreement:
    """Begin an agreement with a partner (п. 3.3). Returns it, or the one made by the same ``request_key``.

    Raises ``NotAllowed``, ``Refused``.
    """
    require(by, Right.PARTNERS_EDIT)
    locked(partner)
    if request_key and (made := PartnerAgreement.objects.filter(request_key=request_key).first()):
        return made
    made = PartnerAgreement.objects.create(partner=partner, created_by=by, request_key=request_key, **_checked(values))
    record(made, "draft", by=by, words="подготовлен проект договора", target=DRAFT)
    return made


@transaction.atomic
def edit(agreement: PartnerAgreement, *, by: User, version: int, **values: Any) -> PartnerAgreement:
    """Change a draft; a signed text stays as it is. Raises ``NotAllowed``, ``Stale``, ``Refused``."""
    require(by, Right.PARTNERS_EDIT)
    fresh = locked(agreement)
    if fresh.state != DRAFT:
        raise Refused("Договор уже подписан: его меняет дополнительное соглашение или новый договор")
    claim_version(fresh, version)
    for name, value in _checked(values).items():
        setattr(fresh, name, value)
    fresh.save()
    record(fresh, "edit", by=by, words="изменён проект договора")
    return fresh


@transaction.atomic
def sign(
    agreement: PartnerAgreement, *, by: User, number: str, signed_on: date, starts_on: date, ends_on: date | None
) -> PartnerAgreement:
    """Write down that both sides have signed the paper: number, day, from when and till when (п. 3.3).

    Raises what ``perform`` raises; ``Refused`` for days that cannot be so.
    """
    fresh = locked(agreement)
    number = cleaned(number)
    if signed_on > timezone.localdate():
        raise Refused("День подписания ещё не наступил")
    _refuse_dates(starts_on, ends_on, prolongs=fresh.prolongs)
    same = PartnerAgreement.objects.filter(number=number, signed_on=signed_on).exclude(pk=fresh.pk)
    if number and same.exists():
        raise Refused(f"Договор № {number} от {rudate(signed_on)} уже записан")
    columns = {"number": number, "signed_on": signed_on, "starts_on": starts_on, "ends_on": ends_on}
    made = perform(fresh, "sign", by=by, columns=columns)
    if made.previous_id and made.previous and made.previous.state == SIGNED and starts_on <= timezone.localdate():
        _finish(made.previous, "end", by, starts_on, "Заключён новый договор")
    return made


@transaction.atomic
def end(agreement: PartnerAgreement, *, by: User, ended_on: date, reason: str) -> PartnerAgreement:
    """Write down that an agreement has ended before its term or is not prolonged. Raises what ``perform`` raises."""
    fresh = locked(agreement)
    if not cleaned(reason):
        raise Refused("Напишите, почему договор закончен")
    if ended_on > timezone.localdate():
        raise Refused("Этот день ещё не наступил")
    if fresh.starts_on and ended_on < fresh.starts_on:
        raise Refused("Договор не мог закончиться раньше, чем начал действовать")
    return _finish(fresh, "end", by, ended_on, cleaned(reason))


def _finish(agreement: PartnerAgreement, name: str, by: User | None, on: date, reason: str) -> PartnerAgreement:
    return perform(locked(agreement), name, by=by, columns={"ended_on": on, "end_reason": reason[:300]})


@transaction.atomic
def renew(agreement: PartnerAgreement, *, by: User) -> PartnerAgreement:
    """Begin the next agreement with the text of this one; the old one ends when the new one is signed.

    Returns the draft, or the one that is there. Raises ``NotAllowed``, ``Refused``.
    """
    require(by, Right.PARTNERS_EDIT)
    fresh = locked(agreement)
    if fresh.state == DRAFT:
        raise Refused("Этот договор ещё не подписан")
    if known := PartnerAgreement.objects.filter(previous=fresh).first():
        return known
    columns = {name: getattr(fresh, name) for name in COPIED}
    starts_on = fresh.ends_on + timedelta(days=1) if fresh.ends_on else None
    ends_on = add_months(starts_on, 12) - timedelta(days=1) if starts_on else None
    made = PartnerAgreement.objects.create(
        partner=fresh.partner, previous=fresh, created_by=by, starts_on=starts_on, ends_on=ends_on, **columns
    )
    record(made, "draft", by=by, words="подготовлен новый договор вместо прежнего", target=DRAFT, previous=fresh.pk)
    record(fresh, "renew", by=by, words="подготовлен новый договор", next=made.pk)
    return made


@transaction.atomic
def drop(agreement: PartnerAgreement, *, by: User) -> Partner:
    """Take a draft out. Raises ``NotAllowed``, ``Already``; ``Refused`` for one that was signed."""
    require(by, Right.PARTNERS_EDIT)
    fresh = locked(agreement, gone="Этого проекта уже нет")
    if fresh.state != DRAFT:
        raise Refused("Подписанный договор не убирают: запишите его окончание")
    record(fresh.partner, "agreement_dropped", by=by, words="убран проект договора")
    evidence_acts.destroy(fresh.evidence.all())
    fresh.delete()
    return agreement.partner


def prolong_due() -> int:
    """Prolong agreements that prolong themselves and whose term has passed, for the clock; return how many."""
    today, done = timezone.localdate(), 0
    for key in _past(today).filter(prolongs=True).exclude(next__state=SIGNED).values_list("pk", flat=True):
        with transaction.atomic():
            row = PartnerAgreement.objects.select_for_update().filter(pk=key, state=SIGNED, prolongs=True).first()
            if row is None or row.ends_on is None or row.ends_on >= today:
                continue
            until = row.ends_on
            while until < today:
                until = add_months(until + timedelta(days=1), row.prolong_months) - timedelta(days=1)
            PartnerAgreement.objects.filter(pk=key).update(ends_on=until, reminded=None, version=row.version + 1)
            record(row, "prolong", by=None, words=f"продлён сам, действует по {rudate(until)}")
            done += 1
    return done


def end_due() -> int:
    """End agreements whose last day has passed, for the clock; return how many."""
    today, done = timezone.localdate(), 0
    for row in list(_past(today).filter(Q(prolongs=False) | Q(next__state=SIGNED))):
        try:
            with transaction.atomic():
                assert row.ends_on is not None
                _finish(row, "run_out", None, row.ends_on, "Срок истёк")
        except Already:
            continue
        done += 1
    return done


def _past(today: date) -> Any:
    return PartnerAgreement.objects.filter(state=SIGNED, ends_on__lt=today).order_by("pk")


def remind_due() -> int:
    """Write about agreements that end in two months and in one, once each, for the clock; return how many."""
    today, done = timezone.localdate(), 0
    for key in PartnerAgreement.objects.ending(today).order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            row = PartnerAgreement.objects.select_for_update().get(pk=key)
            days = SECOND_REMINDER if row.ends_on and (row.ends_on - today).days <= SECOND_REMINDER else FIRST_REMINDER
            if row.state != SIGNED or (row.reminded is not None and row.reminded <= days):
                continue
            PartnerAgreement.objects.filter(pk=key).update(reminded=days)
            record(row, "remind", by=None, words="напомнено о том, что договор заканчивается")
            mail_right_holders(Right.PARTNERS_EDIT, "partner_agreement_ends", asks=str(key), agreement=row)
            done += 1
    return done
