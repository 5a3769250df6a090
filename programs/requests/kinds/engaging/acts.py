"""Hours of an engaged teacher: written by one side, confirmed by the other (п. 4.1)."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mentoring_site.locks import locked
from mentoring_site.rights import require
from mentoring_site.russian import rudate
from mentoring_site.workflow import Already, NotAllowed, Refused, record, reload
from people.accounts.models import User
from people.consents.closed import refuse_closed
from people.rights import Right
from people.roles.letters import mail_person
from programs.requests.deciding import related
from programs.requests.kinds.base import ACCEPTED, MENTOR
from programs.requests.kinds.engaging.models import EngagedWork
from programs.requests.models import Request

SHORTEST, LONGEST = 5, 600


def is_side(request: Any, user: User) -> bool:
    """Whether the user is the teacher or the mentor of the pair now."""
    return user.person_id == request.person_id or user.person_id in related(request, MENTOR)


def may_log(request: Any, user: User) -> bool:
    """Whether the user writes hours down now: either side, or the curator from paper."""
    return request.state == ACCEPTED and (is_side(request, user) or user.can(Right.PROGRAMS_ACT_FOR_OTHERS))


def may_confirm(work: EngagedWork, request: Any, user: User) -> bool:
    """Whether the user confirms hours: the side that did not write them down, the mentor what the curator wrote.

    The curator confirms by the word of that side what somebody else has written: not everybody logs in.
    """
    if work.confirmed_at or request.state not in (ACCEPTED, "done"):
        return False
    writer = work.logged_by.person_id
    if not is_side(request, user):
        return user.can(Right.PROGRAMS_ACT_FOR_OTHERS) and writer != user.person_id
    if writer in related(request, MENTOR):
        return user.person_id == request.person_id
    return user.person_id != request.person_id and writer != user.person_id


@transaction.atomic
def log(
    request: Request, *, by: User, held_on: dt.date, minutes: int, about: str, request_key: UUID | None = None
) -> EngagedWork:
    """Write down hours of the engaged teacher. Raises ``NotAllowed``; ``Refused`` for a wrong day or length."""
    if request_key and (made := EngagedWork.objects.filter(request_key=request_key, request=request).first()):
        return made
    locked(request)
    fresh = reload(request)
    who = "сам преподаватель, наставник"
    require(by, Right.PROGRAMS_ACT_FOR_OTHERS, unless=is_side(fresh, by), also=who, act="записать часы")
    if fresh.state != ACCEPTED or fresh.decided_at is None:
        raise Refused("Часы записывают, пока преподаватель привлечён к мероприятию")
    if held_on > timezone.localdate():
        raise Refused("Запишите то, что уже состоялось: день ещё не наступил")
    if held_on < (fresh.paper_date or timezone.localdate(fresh.decided_at)):
        raise Refused("Часы считают со дня согласия преподавателя")
    if not SHORTEST <= minutes <= LONGEST:
        raise Refused("От 5 минут до 10 часов")
    if not about.strip():
        raise Refused("Напишите, что сделано")
    refuse_closed([fresh.person, *(p.person for p in fresh.pairing.people)])
    made = EngagedWork.objects.create(
        request=fresh, held_on=held_on, minutes=minutes, about=about.strip(), logged_by=by, request_key=request_key
    )
    record(fresh, "work", by=by, words=f"записаны часы {rudate(held_on)}", work=made.pk)
    for person in [fresh.person, *(p.person for p in fresh.pairing.people if p.part == MENTOR)]:
        if person.pk != by.person_id:
            mail_person(person, "engaged_work", asks=str(made.pk), person=person, asked=fresh)
    return made


@transaction.atomic
def confirm(work: EngagedWork, *, by: User) -> EngagedWork:
    """Confirm hours that the other side has written. Raises ``NotAllowed``, ``Already``."""
    request = reload(locked(work.request))
    fresh = locked(work)
    if fresh.confirmed_at:
        raise Already("Эти часы уже подтверждены")
    if not may_confirm(fresh, request, by):
        raise NotAllowed("Часы подтверждает другая сторона: преподаватель или наставник; с их слов — куратор")
    note = "" if is_side(request, by) else " (со слов участника)"
    EngagedWork.objects.filter(pk=fresh.pk).update(confirmed_at=timezone.now(), confirmed_by=by)
    record(request, "confirm_work", by=by, words=f"подтверждены часы {rudate(fresh.held_on)}{note}", work=fresh.pk)
    fresh.refresh_from_db()
    return fresh


@transaction.atomic
def drop(work: EngagedWork, *, by: User) -> None:
    """Take back hours that one has written and nobody has confirmed; the curator mends what was written wrongly.

    Raises ``NotAllowed``, ``Already``.
    """
    request = locked(work.request)
    fresh = locked(work)
    require(
        by,
        Right.PROGRAMS_ACT_FOR_OTHERS,
        unless=fresh.logged_by_id == by.pk,
        also="тот, кто записал",
        act="убрать часы",
    )
    if fresh.confirmed_at:
        raise Already("Эти часы уже подтверждены")
    record(request, "drop_work", by=by, words=f"убрана запись о часах {rudate(fresh.held_on)}")
    fresh.delete()


def _is_unconfirmed(key: str, person: int | None) -> bool:
    return EngagedWork.objects.filter(pk=key, confirmed_at__isnull=True).exists()


NEEDED = {"engaged_work": _is_unconfirmed}
