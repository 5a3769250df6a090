"""Acts about planned meetings: plan one or a series, move, cancel, answer that the time does not suit."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from mentoring_site.holds import held_by
from mentoring_site.locks import locked
from mentoring_site.russian import joined, rudate, ruday, rutime
from mentoring_site.workflow import Already, NotAllowed, Refused, Stale, record
from people.accounts.models import User
from people.roles.letters import mail_person
from people.school import workdays
from programs.changes.models import Change
from programs.changes.pause.models import Pause
from programs.journal.acts import (
    LONGEST_OBJECTION,
    NO_OBJECTION,
    check_substance,
    cleaned,
    lock_running,
    meeting_sides,
    refuse_closed_sides,
    require_logging,
)
from programs.journal.agenda import lines
from programs.journal.models import Meeting, MeetingAttendance
from programs.journal.planning.days import Period, series
from programs.pairings.models import Participation
from programs.program.models import Activity, Program

PLANNED, CANCELLED = Meeting.State.PLANNED, Meeting.State.CANCELLED
GONE = "Эта встреча уже записана, перенесена или отменена. Откройте журнал программы"
LONGEST_REASON = 500
LONGEST_AGENDA = 2000


def when_words(meeting: Meeting) -> str:
    """«2 сентября в 15:00»."""
    return f"{ruday(meeting.held_on)} в\u00a0{rutime(meeting.starts_at)}"


@transaction.atomic
def plan(
    program: Program,
    *,
    by: User,
    first_on: date,
    starts_at: time,
    minutes: int,
    format: str,
    about: str,
    participants: Iterable[Participation],
    activity: Activity | None = None,
    weeks: int = 0,
    until: date | None = None,
    request_key: UUID | None = None,
) -> list[Meeting]:
    """Plan a meeting, or with ``weeks`` (1, 2) a series until a day, by default until the end of the program.

    A series leaves out days off and suspensions by order. Everybody else is told by one letter. Returns the meetings,
    or those made by the same ``request_key``. Raises ``NotAllowed``; ``Refused`` for a day past, outside the program,
    without the other side, or at a time for which a meeting is planned already.
    """
    program = locked(program)
    if request_key and (made := list(Meeting.every.filter(series=request_key, program=program).order_by("held_on"))):
        return made
    program = lock_running(program)
    mine, sides = meeting_sides(program, participants, by)
    last = min(filter(None, (until, program.ends_on)), default=first_on) if weeks else first_on
    _check(program, first_on, minutes, format, sides, activity)
    refuse_closed_sides(program, *sides)
    days = _days(program, first_on, last, weeks)
    _refuse_double(program, days, starts_at)
    key = request_key or uuid4()
    common: dict[str, Any] = {"starts_at": starts_at, "minutes": minutes, "format": format, "about": about.strip()}
    made = [
        Meeting.every.create(
            program=program, state=PLANNED, held_on=day, activity=activity, logged_by=by, series=key, **common
        )
        for day in days
    ]
    MeetingAttendance.objects.bulk_create(
        MeetingAttendance(meeting=meeting, participation=side) for meeting in made for side in sides
    )
    words = _plan_words(made) + ("" if mine else " (со слов участников)")
    record(program, "plan_meeting", by=by, words=words, participations=sorted(p.pk for p in sides))
    _tell(made[0], sides, by, "meeting_planned", words=_dates_words(made))
    return made


def _plan_words(made: list[Meeting]) -> str:
    first = f"{rudate(made[0].held_on)} в {rutime(made[0].starts_at)}"
    return f"назначена встреча {first}" if len(made) == 1 else f"назначены встречи: {len(made)}, первая {first}"


def _dates_words(made: list[Meeting]) -> str:
    days = [rudate(m.held_on) for m in made]
    return joined(days) if len(days) <= 12 else f"{', '.join(days[:12])} и ещё {len(days) - 12}"


def _days(program: Program, first: date, last: date, weeks: int) -> list[date]:
    if not weeks:
        return [first]
    if weeks not in (1, 2):
        raise Refused("Встречи назначают каждую неделю или через неделю")
    if last < first:
        raise Refused("Последний день серии раньше первого")
    held, _ = series(first, last, weeks=weeks, special=workdays.special_days(first, last), pauses=_pauses(program))
    if not held:
        raise Refused("В эти дни школа не работает или программа приостановлена: выберите другой день недели")
    return held


def _pauses(program: Program) -> list[Period]:
    """Return the suspensions by order, each with its last day."""
    found = Pause.objects.filter(program=program, state=Change.State.REGISTERED)
    return [(p.since, p.resumed_on - timedelta(days=1) if p.resumed_on else p.until) for p in found]


def _check(
    program: Program,
    day: date,
    minutes: int,
    format: str,
    sides: list[Participation],
    activity: Activity | None,
) -> None:
    if day < timezone.localdate():
        raise Refused("Назначить можно на сегодня или позже; встречу, которая уже прошла, записывают в журнал")
    if program.ends_on and day > program.ends_on:
        raise Refused(f"Программа заканчивается {rudate(program.ends_on)}: встреча не может быть позже")
    check_substance(program, minutes, sides, format=format, activity=activity)


def _refuse_double(program: Program, days: list[date], starts_at: time, itself: int | None = None) -> None:
    same = (
        Meeting.every.planned().filter(program=program, held_on__in=days, starts_at=starts_at).exclude(pk=itself or 0)
    )
    if found := same.order_by("held_on").first():
        raise Refused(f"На {when_words(found)} встреча уже назначена")


def require_planning(meeting: Meeting, user: User) -> None:
    """Refuse a user who may not move or cancel a meeting of the program. Raises ``NotAllowed``."""
    live = meeting.program.pairing.participations.live()
    require_logging(user, takes_part=live.filter(person=user.person_id).exists())


def _locked(meeting: Meeting) -> tuple[Program, Meeting]:
    """Return the program and the planned meeting read again under a lock. Raises ``Refused``, ``Already``."""
    program = lock_running(meeting.program)
    found = Meeting.every.select_for_update(of=("self",)).filter(pk=meeting.pk, state=PLANNED).first()
    if found is None:
        raise Already(GONE)
    return program, found


def invited(meeting: Meeting) -> list[Participation]:
    """Return those who are asked to come and still take part; who leads the program now belongs to them."""
    rows = meeting.attendances.select_related("participation__person__user").order_by("-participation__part", "pk")
    found = [a.participation for a in rows if a.participation.until is None]
    live = meeting.program.pairing.participations.live().select_related("person__user")
    mentor = live.filter(part=Participation.Part.MENTOR).first()
    return found if mentor is None or mentor in found else [mentor, *found]


@transaction.atomic
def move(
    meeting: Meeting, *, by: User, version: int, held_on: date, starts_at: time, minutes: int, format: str, about: str
) -> Meeting:
    """Put a planned meeting to another day or time; the others are told, answers to the old time go.

    Raises ``NotAllowed``, ``Stale``, ``Already``, ``Refused`` as ``plan``.
    """
    require_planning(meeting, by)
    program, found = _locked(meeting)
    sides = invited(found)
    _check(program, held_on, minutes, format, sides, found.activity)
    _refuse_double(program, [held_on], starts_at, itself=found.pk)
    before = when_words(found)
    changed = Meeting.every.filter(pk=found.pk, version=version).update(
        held_on=held_on,
        starts_at=starts_at,
        minutes=minutes,
        format=format,
        about=about.strip(),
        version=F("version") + 1,
    )
    if not changed:
        raise Stale("Пока Вы вносили правки, встречу уже изменили. Ваш текст сохранён в полях ниже")
    MeetingAttendance.objects.filter(meeting=found.pk).update(**NO_OBJECTION)
    moved = Meeting.every.select_related("program").get(pk=found.pk)
    words = f"встреча {before} перенесена на {when_words(moved)}"
    record(program, "move_meeting", by=by, words=words, meeting=found.pk, participations=[p.pk for p in sides])
    _tell(moved, sides, by, "meeting_moved", words=before)
    return moved


@transaction.atomic
def write_agenda(meeting: Meeting, *, by: User, version: int, agenda: str) -> Meeting:
    """Write the points of a planned meeting, a line each; without any the rules offer them again.

    Raises ``NotAllowed`` for who does not read the content, ``Stale``, ``Already``.
    """
    require_planning(meeting, by)
    if not meeting.is_read_by(by):
        raise NotAllowed("Повестку пишут те, кого позвали на встречу")
    program, found = _locked(meeting)
    text = "\n".join(lines(agenda))[:LONGEST_AGENDA]
    if not Meeting.every.filter(pk=found.pk, version=version).update(agenda=text, version=F("version") + 1):
        raise Stale("Пока Вы писали, встречу уже изменили. Ваш текст сохранён в поле ниже")
    sides = list(found.attendances.values_list("participation", flat=True))
    words = f"изменена повестка встречи {when_words(found)}"
    record(program, "agenda", by=by, words=words, meeting=found.pk, participations=sorted(sides))
    return Meeting.every.select_related("program").get(pk=found.pk)


@transaction.atomic
def cancel(meeting: Meeting, *, by: User, reason: str, following: bool = False) -> int:
    """Cancel a planned meeting, or with ``following`` also the later ones of its series; the others are told why.

    Returns how many were cancelled. Raises ``NotAllowed``, ``Already``, ``Refused`` without a reason.
    """
    require_planning(meeting, by)
    reason = cleaned(reason, "Напишите, почему встречи не будет", LONGEST_REASON)
    program, found = _locked(meeting)
    if held_by(found):
        raise Refused("При этой встрече есть лист наблюдения урока. Сначала уберите его")
    rows = Meeting.every.filter(pk=found.pk)
    if following and found.series:
        rows = Meeting.every.filter(series=found.series, program=program, held_on__gte=found.held_on)
    sides = invited(found)
    number = rows.filter(state=PLANNED).update(state=CANCELLED, cancel_reason=reason, version=F("version") + 1)
    words = f"встреча {when_words(found)} отменена"
    if number > 1:
        words = f"отменены встречи: {number}, начиная с {when_words(found)}"
    record(program, "cancel_meeting", by=by, words=words, meeting=found.pk, participations=[p.pk for p in sides])
    _tell(found, sides, by, "meeting_cancelled", words=reason)
    return number


def require_answering(attendance: MeetingAttendance, user: User) -> None:
    """Refuse a user who answers for somebody else. Raises ``NotAllowed``."""
    if attendance.participation.person_id != user.person_id:
        raise NotAllowed("Ответить, что время не подходит, может только тот, кого позвали")


@transaction.atomic
def does_not_suit(attendance: MeetingAttendance, *, by: User, reason: str) -> MeetingAttendance:
    """Answer that the time of a planned meeting does not suit; whoever planned it is told and moves it.

    Raises ``NotAllowed``, ``Already`` when the answer is given, ``Refused`` without words or for one's own plan.
    """
    require_answering(attendance, by)
    program, found = _locked(attendance.meeting)
    if found.logged_by.person_id == by.person_id:
        raise Refused("Вы сами назначили эту встречу: перенесите её или отмените")
    reason = cleaned(reason, "Напишите, какое время Вам подходит", LONGEST_OBJECTION)
    open_now = MeetingAttendance.objects.filter(pk=attendance.pk, objected_at__isnull=True)
    if not open_now.update(objection=reason, objected_at=timezone.now(), objected_by=by):
        raise Already("Вы уже ответили об этой встрече")
    person = attendance.participation.person
    words = f"ответ: время встречи {when_words(found)} не подходит"
    record(program, "unsuitable", by=by, words=words, meeting=found.pk, participations=[attendance.participation_id])
    planner = found.logged_by.person
    about = {"program": program, "meeting": found, "who": person, "words": reason, "person": planner}
    mail_person(planner, "meeting_unsuitable", asks=str(attendance.pk), **about)
    attendance.refresh_from_db()
    return attendance


def _tell(meeting: Meeting, sides: list[Participation], by: User, letter: str, *, words: str) -> None:
    for side in sides:
        if side.person_id != by.person_id:
            mail_person(side.person, letter, program=meeting.program, meeting=meeting, words=words, person=side.person)
