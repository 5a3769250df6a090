"""Acts about duties: entered, changed, ended; occurrences planned, done by evidence, told of when late (п. 3.4)."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, prefetch_related_objects
from django.utils import timezone

from mentoring_site.evidence import acts as evidence
from mentoring_site.evidence.presenters import with_evidence
from mentoring_site.locks import locked, one_at_a_time
from mentoring_site.models import Evidence
from mentoring_site.rights import require
from mentoring_site.russian import joined, rudate
from mentoring_site.workflow import Already, NotAllowed, Refused, claim_version, record
from people.accounts.models import User
from people.register.models import Person
from people.rights import ROLES, Right
from people.roles.letters import mail_person, mail_right_holders
from people.roles.models import RoleGrant
from people.school import workdays
from roadmap.duties.dates import due_days
from roadmap.duties.models import HORIZON, Occurrence, RegularDuty
from roadmap.duties.samples import SAMPLES
from roadmap.proofs import kinds

FIELDS = ("name", "cadence", "month", "day", "dates", "role", "person", "ahead", "expected", "proof_kinds", "ground")
LONGEST = 500
MOST_AHEAD = 120


def is_owner(duty: RegularDuty, user: User) -> bool:
    """Whether the duty is the user's, by name or by a role of today."""
    return duty.person_id == user.person_id if duty.person_id else duty.role in user.roles


def require_doing(occurrence: Occurrence, user: User) -> None:
    """Raise ``NotAllowed`` unless the user may prove that the duty was done: its owner, and who writes the roadmap."""
    if not (user.can(Right.ROADMAP_WRITE) or is_owner(occurrence.duty, user)):
        who = joined([owner_words(occurrence.duty), *Right.ROADMAP_WRITE.holders], "или")
        raise NotAllowed(f"Подтвердить выполнение может {who}")


def owner_words(duty: RegularDuty) -> str:
    """Return who answers for a duty: the name of the role, or of the person."""
    return duty.person.short_name if duty.person else ROLES[duty.role][0]


@transaction.atomic
def save(
    duty: RegularDuty | None, *, by: User, version: int | None = None, request_key: UUID | None = None, **values: Any
) -> RegularDuty:
    """Enter a duty or change it; its occurrences that have not begun are planned anew.

    ``values`` are those of ``FIELDS`` and ``since``. Raises ``NotAllowed``, ``Stale``; ``Refused`` for a name that is
    there, for two owners or none, for days that do not fit the cadence.
    """
    require(by, Right.ROADMAP_WRITE)
    one_at_a_time("regular duties")
    if request_key and (made := RegularDuty.objects.filter(request_key=request_key).first()):
        return made
    fresh = duty is None
    found = duty or RegularDuty(created_by=by, request_key=request_key)
    if duty is not None:
        claim_version(duty, duty.version if version is None else version)
        if locked(duty).ended_on:
            raise Already("Обязанность уже закончена")
    for name, value in values.items():
        setattr(found, name, value)
    _refuse_wrong(found)
    found.save()
    plan(found)
    words = f"{'заведена' if fresh else 'изменена'} обязанность: {found.name}"
    record(found, "enter" if fresh else "edit", by=by, words=words[:300])
    return found


def _refuse_wrong(duty: RegularDuty) -> None:
    if RegularDuty.objects.filter(name=duty.name, ended_on__isnull=True).exclude(pk=duty.pk).exists():
        raise Refused(f"Обязанность «{duty.name}» уже есть")
    if bool(duty.role) == bool(duty.person_id):
        raise Refused("Назовите, кто отвечает: либо роль, либо одного человека")
    if duty.cadence == RegularDuty.Cadence.YEARLY and not duty.month:
        raise Refused("Назовите месяц: обязанность приходит раз в год")
    if duty.cadence == RegularDuty.Cadence.ON_DATES and not duty.dates:
        raise Refused("Назовите хотя бы один день")
    if not 0 <= duty.ahead <= MOST_AHEAD:
        raise Refused(f"Напоминают не раньше чем за {MOST_AHEAD} дней")


@transaction.atomic
def take_samples(*, by: User) -> list[RegularDuty]:
    """Enter the duties that the Положение asks for, those that are not there yet.

    Raises ``NotAllowed``; ``Already`` when all are there.
    """
    require(by, Right.ROADMAP_WRITE)
    one_at_a_time("regular duties")
    there = set(RegularDuty.objects.filter(ended_on__isnull=True).values_list("name", flat=True))
    samples: tuple[dict[str, Any], ...] = SAMPLES
    made = [save(None, by=by, **sample) for sample in samples if sample["name"] not in there]
    if not made:
        raise Already("Все обязанности из образца уже заведены")
    return made


@transaction.atomic
def end(duty: RegularDuty, *, by: User) -> RegularDuty:
    """A duty is needed no more: what is not done goes, what is done or proved in part stays.

    Raises ``NotAllowed``, ``Already``.
    """
    require(by, Right.ROADMAP_WRITE)
    fresh = locked(duty)
    if fresh.ended_on:
        raise Already("Обязанность уже закончена")
    today = timezone.localdate()
    RegularDuty.objects.filter(pk=fresh.pk).update(ended_on=today)
    unproved = fresh.occurrences.filter(done_on__isnull=True, evidence__isnull=True)
    fresh.occurrences.filter(pk__in=list(unproved.values_list("pk", flat=True))).delete()
    record(fresh, "end", by=by, words=f"обязанность больше не нужна: {fresh.name}"[:300])
    fresh.refresh_from_db()
    return fresh


def plan(duty: RegularDuty) -> int:
    """Write the occurrences of a duty for a year ahead, inside an act that has claimed it; return how many are new.

    What is done, proved in part, or has begun stays; what has not begun and falls on no date any more goes.
    """
    duty = locked(duty)
    today = timezone.localdate()
    last = today + HORIZON
    special = workdays.special_days(today - timedelta(days=40), last + timedelta(days=40))
    ahead = timedelta(days=duty.ahead)
    days = due_days(
        duty.cadence,
        since=max(today, duty.since),
        until=last,
        day=duty.day,
        month=duty.month,
        dates=duty.dates,
        special=special,
    )
    waiting = duty.occurrences.filter(done_on__isnull=True, evidence__isnull=True, due_on__gte=today)
    gone = list(waiting.exclude(due_on__in=days).values_list("pk", flat=True))
    duty.occurrences.filter(pk__in=gone).delete()
    for occurrence in duty.occurrences.filter(done_on__isnull=True, due_on__gte=today):
        Occurrence.objects.filter(pk=occurrence.pk).update(opens_on=occurrence.due_on - ahead)
    there = set(duty.occurrences.values_list("due_on", flat=True))
    made = [Occurrence(duty=duty, opens_on=day - ahead, due_on=day) for day in days if day not in there]
    Occurrence.objects.bulk_create(made)
    RegularDuty.objects.filter(pk=duty.pk).update(planned_on=today)
    return len(made)


def settle(occurrence: Occurrence, by: Any) -> bool:
    """Do an occurrence that its evidence proves, or open one that it no longer proves; return whether that was done.

    Called in an act that has claimed the occurrence and changed its evidence. Without named kinds anything proves it.
    """
    fresh = locked(occurrence)
    prefetch_related_objects([fresh], with_evidence())
    revisions = kinds.standing(fresh.evidence.all())
    complete = bool(revisions) and not kinds.missing(fresh.duty.proof_kinds, revisions)
    if complete == (fresh.done_on is not None):
        return False
    note = f"{'; '.join(revision.name for revision in revisions)}"[:LONGEST] if complete else ""
    today = timezone.localdate() if complete else None
    Occurrence.objects.filter(pk=fresh.pk).update(done_on=today, done_note=note)
    said = f"сделано: {note}" if complete else "подтверждений больше не хватает"
    verb = "occurrence_done" if complete else "occurrence_open"
    record(fresh.duty, verb, by=by, words=f"срок {rudate(fresh.due_on)} {said}"[:300], occurrence=fresh.pk)
    return True


def plan_due() -> int:
    """Plan once a day what has come into the year ahead, for the clock; return how many occurrences are new."""
    made = 0
    stale = Q(planned_on__isnull=True) | Q(planned_on__lt=timezone.localdate())
    for key in RegularDuty.objects.filter(stale, ended_on__isnull=True).values_list("pk", flat=True):
        with transaction.atomic():
            made += plan(RegularDuty.objects.get(pk=key))
    return made


def prove_due() -> int:
    """Put to open occurrences the records of their days that prove them by themselves, for the clock; return how many.

    The yearly review of a bank is recorded in the bank: nobody records it twice.
    """
    single = [kind for kind in kinds.KINDS.values() if kind.single and kind.found is not None]
    if not single:
        return 0
    put = 0
    for occurrence in Occurrence.objects.open().begun(timezone.localdate()).select_related("duty"):
        put += sum(_prove(occurrence, kind) for kind in single if kind.code in occurrence.duty.proof_kinds)
    return put


@transaction.atomic
def _prove(occurrence: Occurrence, kind: kinds.ProofKind) -> int:
    assert kind.found is not None
    fresh = locked(occurrence)
    standing = kinds.standing(Evidence.objects.filter(pk__in=fresh.evidence.values("pk")))
    found = kind.found(None, fresh.opens_on, timezone.localdate()).first()
    if fresh.done_on or found is None or not kinds.missing([kind.code], standing):
        return 0
    evidence.put_object(fresh, kinds.offer_of(kind, found), by=None)
    settle(fresh, None)
    return 1


def tell_late() -> int:
    """Write once about each late occurrence, to its owner and to whoever writes the roadmap; return how many."""
    late = Occurrence.objects.open().filter(due_on__lt=timezone.localdate(), told_at__isnull=True)
    keys = list(late.order_by("pk").values_list("pk", flat=True))
    return sum(_tell(key) for key in keys)


@transaction.atomic
def _tell(key: int) -> int:
    moved = Occurrence.objects.filter(pk=key, told_at__isnull=True, done_on__isnull=True).update(told_at=timezone.now())
    if not moved:
        return 0
    occurrence = Occurrence.objects.select_related("duty__person__user").get(pk=key)
    owners = list(owners_of(occurrence.duty))
    for person in owners:
        mail_person(person, "duty_late", asks=str(key), person=person, occurrence=occurrence)
    if not any(_writes(person) for person in owners):
        mail_right_holders(Right.ROADMAP_WRITE, "duty_late", asks=str(key), occurrence=occurrence)
    return 1


def _writes(person: Person) -> bool:
    user = getattr(person, "user", None)
    return user is not None and user.can(Right.ROADMAP_WRITE)


def owners_of(duty: RegularDuty) -> Iterable[Person]:
    """Return who answers for a duty today: the named person, or all who hold the role."""
    if duty.person:
        return [duty.person]
    grants = RoleGrant.objects.in_force().filter(role=duty.role).order_by().values("person")
    return Person.objects.filter(pk__in=grants).select_related("user").order_by("pk")
