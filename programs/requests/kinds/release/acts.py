"""Acts of a release: what falls on lessons is marked, lessons are proposed, continuity is confirmed (п. 1.4)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from mentoring_site.locks import locked
from mentoring_site.mail import letters_of
from mentoring_site.models import Act
from mentoring_site.rights import require
from mentoring_site.russian import ruday
from mentoring_site.undo import Undoable
from mentoring_site.workflow import Already, NotAllowed, Refused, claim_version, record, reload
from people.accounts.models import User
from people.language.names import agree
from people.register.models import Person
from people.rights import Right
from programs.journal.models import Meeting
from programs.program.models import Activity, Program
from programs.requests import letters
from programs.requests.deciding import holders, interested, preparers
from programs.requests.kinds.base import FILED, HEAD
from programs.requests.kinds.release.models import LessonTime, Release, ReleaseLesson
from programs.requests.models import Request

MOST_LESSONS, MOST_SUBSTITUTES = 6, 4  # as many as the order has room for


@dataclass(frozen=True)
class LessonRow:
    """A lesson that the release touches and how it goes on."""

    day: dt.date
    starts: dt.time
    ends: dt.time
    what: str
    place: str = ""
    substitute: Person | None = None
    moved_to: dt.date | None = None


def may_flag(program: Program, person: int, user: User) -> bool:
    """Whether the user marks what falls on the lessons of a person: that person, or who writes for others."""
    return user.person_id == person or user.can(Right.PROGRAMS_ACT_FOR_OTHERS)


@transaction.atomic
def flag(
    thing: Activity | Meeting, person: Person, *, by: User, day: dt.date, starts: dt.time, ends: dt.time
) -> LessonTime:
    """Mark a planned activity or meeting as falling on the lessons of a participant.

    Raises ``NotAllowed``; ``Refused`` for a wrong day or hours, somebody outside the program; ``Already``.
    """
    program = locked(Program.objects.get(pk=thing.program_id))
    require(
        by,
        Right.PROGRAMS_ACT_FOR_OTHERS,
        unless=by.person_id == person.pk,
        also="сам участник",
        act="отметить, что приходится на уроки",
    )
    if program.state != Program.State.RUNNING:
        raise Refused("Отметить можно, пока программа реализуется")
    if not program.pairing.participations.live().filter(person=person).exists():
        raise Refused(f"{person.short_name} сейчас не участвует в этой программе")
    if isinstance(thing, Meeting) and thing.state != Meeting.State.PLANNED:
        raise Refused("Отметить можно встречу, которая ещё впереди")
    if day < timezone.localdate():
        raise Refused("Этот день уже прошёл")
    kind = "activity" if isinstance(thing, Activity) else "meeting"
    same = {kind: thing, "person": person} | ({"day": day} if kind == "activity" else {})
    if LessonTime.objects.filter(**same).exists():
        raise Already("Это уже отмечено")
    made = LessonTime(
        program=program, day=day, starts=starts, ends=ends, flagged_by=by, **{kind: thing, "person": person}
    )
    try:
        made.full_clean()
    except ValidationError as error:
        raise Refused(error.messages) from error
    made.save()
    words = f"отмечено: {made.what} приходится на уроки ({person.short_name}, {made.when})"
    record(program, "lesson_time", by=by, words=words, person=person.pk)
    return made


@transaction.atomic
def unflag(found: LessonTime, *, by: User) -> None:
    """Take a mark back. Raises ``NotAllowed``; ``Refused`` when a release is asked for by it."""
    program = locked(found.program)
    require(
        by,
        Right.PROGRAMS_ACT_FOR_OTHERS,
        unless=by.person_id == found.person_id or by.pk == found.flagged_by_id,
        also="сам участник",
        act="снять отметку",
    )
    if not LessonTime.objects.filter(pk=found.pk).unasked().exists():
        raise Refused("По этой отметке уже просят об освобождении: сначала отзовите просьбу")
    words = f"снята отметка: {found.what} приходится на уроки"
    record(program, "lesson_time_off", by=by, words=words, person=found.person_id)
    LessonTime.objects.filter(pk=found.pk).delete()


def records_head(request: Any, user: User) -> bool:
    """Whether the user writes down what the head of the department has said on paper."""
    rung, people = preparers(request, user)
    return (
        HEAD in rung
        and user.person_id not in people
        and user.can(Right.PROGRAMS_ACT_FOR_OTHERS)
        and user.person_id not in interested(request, user)
    )


def may_propose(request: Any, user: User) -> bool:
    """Whether the user proposes lessons and confirms continuity: who prepares the decision, or records it."""
    if request.state != FILED:
        return False
    return user.person_id in preparers(request, user)[1] or records_head(request, user)


def heads(request: Any, user: User) -> list[Person]:
    """Return the heads who may have confirmed on paper."""
    found = holders(request, (HEAD,), user) - interested(request, user)
    return list(Person.objects.filter(pk__in=found).order_by("last_name", "first_name", "pk"))


@transaction.atomic
def propose(
    request: Request,
    *,
    by: User,
    version: int,
    lessons: list[LessonRow],
    no_lessons: bool = False,
    confirmed: bool = False,
    head: Person | None = None,
    on: dt.date | None = None,
) -> Request:
    """Write down how each lesson goes on; ``confirmed`` says that the educational process is not interrupted.

    ``head`` and ``on`` are whose paper is recorded and its day. Raises ``NotAllowed``, ``Stale``; ``Refused`` when the
    confirmation lacks something.
    """
    locked(request)
    fresh = reload(request)
    if fresh.state != FILED:
        raise Already("Решение уже принято: занятия меняют в проекте приказа")
    if not may_propose(fresh, by):
        raise NotAllowed("Занятия и замены предлагает заведующий отделением, а если его нет — куратор")
    claim_version(fresh.release, version)
    _check(fresh, lessons, no_lessons, confirmed)
    own = by.person_id in preparers(fresh, by)[1]
    if confirmed and not own and (head is None or on is None):
        raise Refused("Укажите, кто из заведующих подтвердил и когда")
    if on and on > timezone.localdate():
        raise Refused("Подтверждение не может быть дано будущим числом")
    who, day = (by.person, timezone.localdate()) if own else (head, on)
    said = {"confirmed_on": day, "confirmed_by": who, "recorded_by": by} if confirmed else dict.fromkeys(UNCONFIRMED)
    Release.objects.filter(pk=fresh.release.pk).update(no_lessons=no_lessons, **said)
    fresh.release.lessons.all().delete()
    ReleaseLesson.objects.bulk_create(
        ReleaseLesson(release=fresh.release, position=n, **vars(row)) for n, row in enumerate(lessons)
    )
    if not confirmed:
        record(fresh, "lessons", by=by, words="записаны занятия и замены, непрерывность пока не подтверждена")
        return reload(fresh)
    assert who is not None
    word = agree(who.gender, "подтвердил", "подтвердила")
    paper = "" if own else f" (на бумаге {ruday(day)})"
    words = f"{who.short_name} {word} непрерывность образовательного процесса{paper}"
    act = record(fresh, "continuity", by=by, words=words, person=who.pk)
    with letters_of(act):
        letters.tell_deciders(reload(fresh), by=by)
    return reload(fresh)


UNCONFIRMED = ("confirmed_on", "confirmed_by", "recorded_by")


def missing(lessons: list[Any], no_lessons: bool) -> list[str]:
    """Return what stands against the confirmation: no lessons named, one that nobody gives."""
    if not lessons and not no_lessons:
        return ["Назовите занятия, которые придутся на это время, или отметьте, что занятий нет"]
    return [
        f"Занятие «{row.what}», {row.starts:%H:%M}: выберите, кто его проведёт, или день, на который оно перенесено"
        for row in lessons
        if not row.substitute and not row.moved_to
    ]


def _check(request: Request, lessons: list[LessonRow], no_lessons: bool, confirmed: bool) -> None:
    found = []
    if lessons and no_lessons:
        found.append("Занятия названы: снимите отметку, что их нет")
    if len(lessons) > MOST_LESSONS:
        found.append(f"В одном приказе не больше {MOST_LESSONS} занятий: подайте ещё одну просьбу")
    if len({row.substitute for row in lessons if row.substitute}) > MOST_SUBSTITUTES:
        found.append(f"В одном приказе не больше {MOST_SUBSTITUTES} замещающих")
    for row in lessons:
        if row.ends <= row.starts:
            found.append(f"Занятие «{row.what}»: конец должен быть позже начала")
        if row.substitute and row.moved_to:
            found.append(f"Занятие «{row.what}»: либо его проводит другой, либо оно перенесено")
        if row.substitute and row.substitute.pk == request.author_id:
            found.append(f"Занятие «{row.what}»: {row.substitute.short_name} в это время на мероприятии")
        if row.moved_to and row.moved_to == row.day:
            found.append(f"Занятие «{row.what}»: перенести нужно на другой день")
    if found := found + (missing(lessons, no_lessons) if confirmed else []):
        raise Refused(found)


def _unconfirm(act: Act, request: Any, *, by: User) -> None:
    fresh = reload(request)
    if fresh.state != FILED:
        raise Refused("Решение уже принято")
    claim_version(fresh.release, fresh.release.version)
    Release.objects.filter(pk=fresh.release.pk).update(**dict.fromkeys(UNCONFIRMED))
    words = "подтверждение непрерывности отменено"
    record(fresh, "unconfirm", by=by, words=words, undone=act.pk)


CONFIRMATION = Undoable(
    what="подтверждение непрерывности",
    undo=_unconfirm,
    instead="Решение уже принято: договоритесь с тем, кто решал, о новой просьбе",
    concerns=lambda later, act: later.verb not in {"remind", "interest"},
)
