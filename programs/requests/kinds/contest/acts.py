"""Acts of a contest: who prepares it, how, what came of it (п. 3.5, 4.2)."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from mentoring_site.evidence.acts import attach
from mentoring_site.locks import locked
from mentoring_site.mail import letters_of
from mentoring_site.models import Act, StoredFile
from mentoring_site.russian import ruday
from mentoring_site.undo import Undoable
from mentoring_site.workflow import Already, NotAllowed, Refused, claim_version, record, reload
from people.accounts.models import User
from people.language.declension import name_in
from people.register.models import Person
from people.rights import CHAIR, COUNCIL, CURATOR, SECRETARY, Right
from people.roles.letters import mail_person
from people.roles.models import RoleGrant
from programs.pairings.letters import holders as holders_of
from programs.requests.deciding import interested, related
from programs.requests.kinds.base import ACCEPTED, MENTOR
from programs.requests.kinds.contest.models import Contest
from programs.requests.models import Request

MEMBERS = (CHAIR, SECRETARY, COUNCIL)
LONGEST = 4000
SOON = timedelta(days=7)


def members(but: int | None = None) -> Any:
    """Return the members of the methodical council in office, without a person."""
    grants = RoleGrant.objects.in_force().filter(role__in=MEMBERS)
    found = Person.objects.filter(pk__in=grants.values("person")).exclude(pk=but or 0)
    return found.order_by("last_name", "first_name", "pk")


def may_assign(request: Any, user: User) -> bool:
    """Whether the user says who prepares: whoever decides such requests and is no party."""
    free = user.person_id not in interested(request, user)
    return free and (user.can(Right.CONTESTS_DECIDE) or user.pk == request.decided_by_id)


def may_work(request: Any, user: User) -> bool:
    """Whether the user writes how it is prepared and what came of it: who prepares, both of the pair, the curator."""
    contest = request.contest
    inside = {contest.owner_id, contest.mentee.person_id} | related(request, MENTOR)
    return user.person_id in inside or user.can(Right.PROGRAMS_ACT_FOR_OTHERS)


def require_work(request: Any, user: User) -> None:
    """Refuse whoever does not prepare it. Raises ``NotAllowed``."""
    if not may_work(request, user):
        raise NotAllowed("Это делают тот, кто готовит, наставник, сам наставляемый или куратор")


def _claimed(request: Request) -> Any:
    locked(request)
    fresh = reload(request)
    if fresh.state != ACCEPTED:
        raise Refused("Это можно, когда участие одобрено")
    return fresh


def _check_member(request: Any, owner: Person) -> None:
    if not members().filter(pk=owner.pk).exists():
        raise Refused(f"{owner.short_name} не состоит в методическом совете: готовит член совета (п. 3.5)")
    if owner.pk == request.contest.mentee.person_id:
        raise Refused("Готовит не тот, кто участвует")


def assign(request: Any, owner: Person, *, by: User) -> Contest:
    """Name who of the council prepares, inside the transaction of the decision or of a change."""
    _check_member(request, owner)
    contest = locked(request.contest)
    Contest.objects.filter(pk=contest.pk).update(owner=owner, reminded_on=None)
    if owner.pk != by.person_id:
        mail_person(owner, "contest_owner", asks=f"{contest.pk}", person=owner, contest=contest, asked=request)
    return Contest.objects.get(pk=contest.pk)


@transaction.atomic
def reassign(request: Request, owner: Person, *, by: User) -> Contest:
    """Give the preparation to another member of the council. Raises ``NotAllowed``, ``Refused``, ``Already``."""
    fresh = _claimed(request)
    if not may_assign(fresh, by):
        raise NotAllowed(f"Кто готовит, решает {' или '.join(Right.CONTESTS_DECIDE.holders)}, кого это не касается")
    if fresh.contest.result:
        raise Refused("Результат уже записан: готовить нечего")
    if fresh.contest.owner_id == owner.pk:
        raise Already(f"{owner.short_name} уже готовит")
    act = record(
        fresh, "owner", by=by, words=f"подготовка поручена {name_in(owner, 'dative', short=True)}", owner=owner.pk
    )
    with letters_of(act):
        return assign(fresh, owner, by=by)


@transaction.atomic
def prepare(request: Request, *, by: User, version: int, plan: str) -> Contest:
    """Write how it is prepared. Raises ``NotAllowed``, ``Stale``; ``Refused`` without words."""
    fresh = _claimed(request)
    require_work(fresh, by)
    if not plan.strip():
        raise Refused("Напишите, как готовитесь: репетиции, заявка, дорога")
    if len(plan) > LONGEST:
        raise Refused(f"Слишком длинно: можно не больше {LONGEST} знаков")
    claim_version(fresh.contest, version)
    Contest.objects.filter(pk=fresh.contest.pk).update(plan=plan.strip())
    record(fresh, "prepare", by=by, words="записано, как готовятся")
    return Contest.objects.get(pk=fresh.contest.pk)


@transaction.atomic
def give_result(
    request: Request, *, by: User, result: str, award: str = "", files: Iterable[StoredFile] = ()
) -> Contest:
    """Write what came of it, with the diploma. Raises ``NotAllowed``, ``Already``; ``Refused`` before its first day."""
    fresh = _claimed(request)
    require_work(fresh, by)
    contest = locked(fresh.contest)
    if contest.result:
        raise Already("Результат уже записан")
    if result not in Contest.Result.values:
        raise Refused("Выберите результат")
    if result != Contest.Result.CANCELLED and contest.starts_on > timezone.localdate():
        raise Refused(f"Результат записывают, когда конкурс начался: {ruday(contest.starts_on)}")
    columns = {"result": result, "award": award.strip(), "recorded_at": timezone.now(), "recorded_by": by}
    Contest.objects.filter(pk=contest.pk).update(**columns)
    contest.refresh_from_db()
    attach(contest, files, by=by)
    act = record(fresh, "result", by=by, words=f"записан результат: {contest.result_words}", contest=contest.pk)
    with letters_of(act):
        told = related(fresh, MENTOR) | {contest.mentee.person_id, contest.owner_id}
        told |= {p.pk for p in holders_of(CURATOR)}
        for person in Person.objects.filter(pk__in=told - {None, by.person_id}).select_related("user").order_by("pk"):
            mail_person(person, "contest_result", person=person, contest=contest, asked=fresh)
    return contest


def _undo_result(act: Act, request: Any, *, by: User) -> None:
    contest = locked(request.contest)
    if not contest.result:
        raise Already("Результат уже отменён")
    Contest.objects.filter(pk=contest.pk).update(result="", award="", recorded_at=None, recorded_by=None)
    record(request, "no_result", by=by, words="запись о результате отменена", undone=act.pk)


RESULT = Undoable(
    what="запись о результате",
    undo=_undo_result,
    instead="Попросите куратора: он запишет верный результат",
    concerns=lambda later, act: later.verb not in {"remind", "interest"},
)


def remind_owners() -> int:
    """Remind who prepares a week before the contest, and of the result after it; called by the clock every minute.

    Returns how many were reminded.
    """
    today, done = timezone.localdate(), 0
    near = Q(reminded_on__isnull=True, starts_on__lte=today + SOON)
    over = Q(ends_on__lt=today) & (Q(reminded_on__isnull=True) | Q(reminded_on__lte=F("ends_on")))
    due = Contest.objects.ahead().filter(near | over, owner__isnull=False)
    for contest in due.select_related("owner__user", "request").order_by("pk")[:100]:
        still = Contest.objects.filter(near | over, pk=contest.pk, result="")
        with transaction.atomic():
            if still.update(reminded_on=today):
                person = contest.owner
                assert person is not None  # of the filter
                mail_person(
                    person,
                    "contest_reminder",
                    asks=str(contest.pk),
                    person=person,
                    contest=contest,
                    asked=contest.request,
                )
                done += 1
    return done


def _is_prepared_by(key: str, person: int | None) -> bool:
    found = Contest.objects.ahead().filter(pk=key)
    return (found if person is None else found.filter(owner=person)).exists()


NEEDED = {"contest_owner": _is_prepared_by, "contest_reminder": _is_prepared_by}
NEWS = {"contest_result"}
