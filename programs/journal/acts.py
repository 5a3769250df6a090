"""Acts of a running program: activities done and checked, meetings, the thread (п. 2.3, 4.1, 4.2, 5.1, 5.2)."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from mentoring_site.evidence.acts import attach, destroy
from mentoring_site.holds import refuse_held
from mentoring_site.locks import locked
from mentoring_site.mail import letters_of
from mentoring_site.models import StoredFile
from mentoring_site.rights import require
from mentoring_site.russian import joined, rudate
from mentoring_site.workflow import Already, NotAllowed, Refused, claim_version, record
from people.accounts.models import User
from people.consents.closed import refuse_closed
from people.rights import ACTING, CHAIR, DIRECTOR, Right
from people.roles.instead import decides, require_impartial
from people.roles.letters import mail_person
from programs.journal import former_plan
from programs.journal.models import Meeting, MeetingAttendance, Message, StepAnswer
from programs.journal.steps import OpenStep, answer
from programs.pairings.models import Pairing, Participation
from programs.program.models import Activity, ActivityResult, Program
from programs.program.rules import parties

MINUTES = (30, 45, 60, 90)  # lengths offered on the phone
SHORTEST, LONGEST = 5, 600  # minutes that a meeting may last
LONGEST_TEXT = 4000
LONGEST_OBJECTION = 2000
PARTICIPANT, MENTOR = "участник программы", "наставник"
"""Who act in the journal besides those whose roles give the right."""

POSTERS = f"Писать в разговор может {joined([PARTICIPANT, *Right.PROGRAMS_SEE_ALL.holders], 'или')}"

_RESULT_CHECKED: list[Callable[..., None]] = []


def on_result_checked(handler: Callable[..., None]) -> None:
    """Call ``handler(result, by=user)`` after each check or return of a result; called once when the app is ready."""
    if handler not in _RESULT_CHECKED:
        _RESULT_CHECKED.append(handler)


def lock_running(program: Program) -> Program:
    """Return the program read again under a lock until the end of the transaction.

    Raises ``Refused`` when it does not run.
    """
    fresh = locked(program)
    if fresh.state != Program.State.RUNNING:
        raise Refused("Отметки ставят, пока программа реализуется")
    return fresh


def refuse_closed_sides(program: Program, *sides: Participation) -> None:
    """Nothing new is written about whose consent to processing has ended, or with such a mentor (152-ФЗ, ст. 21)."""
    mentors = program.pairing.participations.live().filter(part=Participation.Part.MENTOR).select_related("person")
    refuse_closed([*(p.person for p in mentors), *(side.person for side in sides)])


def cleaned(text: str, empty: str, longest: int = LONGEST_TEXT) -> str:
    """Return the text without outer spaces. Raises ``Refused`` when it is empty or too long."""
    text = (text or "").strip()
    if not text:
        raise Refused(empty)
    if len(text) > longest:
        raise Refused(f"Слишком длинно: можно не больше {longest} знаков, сейчас {len(text)}")
    return text


def is_mentor(program: Program, user: User) -> bool:
    """Whether the user is the mentor of the program now."""
    return program.pairing.participations.live().filter(person=user.person_id, part=Participation.Part.MENTOR).exists()


def require_doing(activity: Activity, participation: Participation, user: User, *, mentor: bool) -> None:
    """Refuse a user who may not mark the activity done for this mentee. Raises ``NotAllowed``."""
    allowed = may_do(activity, participation, user, mentor=mentor)
    require(user, Right.PROGRAMS_ACT_FOR_OTHERS, unless=allowed, also="сам наставляемый", act="отметить выполнение")


def may_do(activity: Activity, participation: Participation, user: User, *, mentor: bool) -> bool:
    """Whether the user may mark the activity done for this mentee: oneself, the mentor one's own part, the curator.

    ``mentor`` says whether the user is the mentor of the program.
    """
    own = participation.person_id == user.person_id or (mentor and activity.responsible == Activity.Responsible.MENTOR)
    return own or user.can(Right.PROGRAMS_ACT_FOR_OTHERS)


def require_checking(program: Program, user: User) -> None:
    """Refuse a user who may not check results of the program. Raises ``NotAllowed``."""
    _require_impartial(program, user, unless=is_mentor(program, user), also=MENTOR, act="проверить результат")


def _require_impartial(program: Program, user: User, *, unless: bool, also: str, act: str) -> None:
    """The curator writes down from paper; a curator who takes part does not speak for the other side."""
    sides = () if unless else parties(program)
    require_impartial(user, Right.PROGRAMS_ACT_FOR_OTHERS, sides, unless=unless, also=also, act=act)


def require_logging(user: User, *, takes_part: bool) -> None:
    """Refuse a user who may not log meetings of a program. Raises ``NotAllowed``."""
    require(user, Right.PROGRAMS_ACT_FOR_OTHERS, unless=takes_part, also=PARTICIPANT, act="записать встречу")


@transaction.atomic
def categorize(activity: Activity, *, by: User, category: str, partner: str = "") -> Activity:
    """Say which duty of the mentor an activity serves (п. 4.2); it is counted and changes nothing of the approved plan.

    Raises ``NotAllowed``; ``Refused`` outside a running program and for a structure that is not named.
    """
    require_categorizing(activity.program, by)
    program = lock_running(activity.program)
    structures = category == Activity.Category.STRUCTURES
    if category not in ("", *Activity.Category.values):
        raise Refused("Такой категории нет")
    partner = partner.strip()[:200] if structures else ""
    if structures and not partner:
        raise Refused("Назовите отделение или совет, с которым взаимодействуете")
    Activity.objects.filter(pk=activity.pk).update(category=category, partner=partner)
    activity.refresh_from_db()
    words = f"«{activity.title[:200]}»: {activity.get_category_display() if category else 'без категории'}"
    record(program, "categorize", by=by, words=words, activity=activity.pk)
    return activity


def require_categorizing(program: Program, user: User) -> None:
    """Refuse a user who may not choose categories: the duty is the mentor's. Raises ``NotAllowed``."""
    act = "выбрать категорию мероприятия"
    require(user, Right.PROGRAMS_ACT_FOR_OTHERS, unless=is_mentor(program, user), also=MENTOR, act=act)


@transaction.atomic
def do(
    activity: Activity,
    participation: Participation,
    *,
    by: User,
    result: str,
    files: Iterable[StoredFile] = (),
    version: int | None = None,
) -> ActivityResult:
    """A mentee did an activity: result and files (п. 5.2); again after a return. The curator may record it from paper.

    What the plan asks of the mentor alone the mentor marks, and it counts as checked. ``version`` is what the form was
    opened on (0: nothing was written yet). Raises ``NotAllowed``; ``Refused`` without a result or outside a running
    program; ``Already`` when it is checked or was written since.
    """
    program = lock_running(activity.program)
    own = by.person_id == participation.person_id
    mentor = is_mentor(program, by)
    require_doing(activity, participation, by, mentor=mentor)
    if (
        participation.part != Participation.Part.MENTEE
        or participation.pairing_id != program.pairing_id
        or participation.until
    ):
        raise Refused("Мероприятие выполняет наставляемый этой программы")
    refuse_closed_sides(program, participation)
    result = cleaned(result, "Напишите, что сделано")
    row = ActivityResult.objects.select_for_update().filter(activity=activity, participation=participation).first()
    _check_row(row, version)
    by_mentor = mentor and not own and activity.responsible == Activity.Responsible.MENTOR
    row = _save_result(row, activity, participation, result=result, by=by, checked=by_mentor)
    attach(row, files, by=by)
    note = "" if own or by_mentor else " (записано с бумаги)"
    words = f"«{activity.title[:200]}»: {'проведено наставником' if by_mentor else 'отмечено выполненным'}{note}"
    act = record(program, "do", by=by, words=words, activity=activity.pk, participation=participation.pk)
    if not by_mentor:
        with letters_of(act):
            _tell_mentors(program, row)
    return row


def _tell_mentors(program: Program, row: ActivityResult) -> None:
    mentors = program.pairing.participations.live().filter(part=Participation.Part.MENTOR)
    for side in mentors.select_related("person__user"):
        about = {"program": program, "activity": row.activity, "person": side.person}
        mail_person(side.person, "activity_done", asks=str(row.pk), **about)


def _check_row(row: ActivityResult | None, version: int | None) -> None:
    """Refuse to write over a checked or a newer result."""
    if row is not None and row.state == ActivityResult.State.CHECKED:
        raise Already("Мероприятие уже проверено наставником")
    if version is not None and version != (row.version if row else 0):
        raise Already("Результат уже записан. Откройте мероприятие, чтобы прочитать его")


def _save_result(
    row: ActivityResult | None,
    activity: Activity,
    participation: Participation,
    *,
    result: str,
    by: User,
    checked: bool,
) -> ActivityResult:
    """Write the result as done, or as checked at once when the mentor did it."""
    now = timezone.now()
    columns = {
        "state": ActivityResult.State.CHECKED if checked else ActivityResult.State.DONE,
        "result": result,
        "done_at": now,
        "done_by": by,
        "checked_at": now if checked else None,
        "checked_by": by if checked else None,
    }
    if row is None:
        return ActivityResult.objects.create(activity=activity, participation=participation, **columns)
    moved = ActivityResult.objects.filter(pk=row.pk, version=row.version).update(**columns, version=row.version + 1)
    if not moved:
        raise Already("Результат уже записан. Откройте мероприятие, чтобы прочитать его")
    row.refresh_from_db()
    return row


def check(result: ActivityResult, *, by: User, comment: str = "", version: int | None = None) -> ActivityResult:
    """The mentor checks a done activity in person (п. 4.1).

    Raises ``NotAllowed``; ``Already`` when it is answered or was rewritten since ``version``.
    """
    return _answer(result, ActivityResult.State.CHECKED, "принято наставником", by=by, comment=comment, version=version)


def send_back(result: ActivityResult, *, by: User, comment: str, version: int | None = None) -> ActivityResult:
    """The mentor returns a done activity with a comment (п. 4.1).

    Raises as ``check``, and ``Refused`` without a comment.
    """
    if not comment.strip():
        raise Refused("Напишите, что исправить")
    return _answer(
        result, ActivityResult.State.RETURNED, "возвращено на доработку", by=by, comment=comment, version=version
    )


@transaction.atomic
def _answer(
    result: ActivityResult, state: str, words: str, *, by: User, comment: str, version: int | None
) -> ActivityResult:
    program = lock_running(result.activity.program)
    mentor = is_mentor(program, by)
    _require_impartial(program, by, unless=mentor, also=MENTOR, act="проверить результат")
    refuse_closed_sides(program, result.participation)
    if len(comment) > LONGEST_TEXT:
        raise Refused(f"Слишком длинно: можно не больше {LONGEST_TEXT} знаков")
    seen = result.version if version is None else version
    moved = ActivityResult.objects.filter(pk=result.pk, state=ActivityResult.State.DONE, version=seen).update(
        state=state, comment=comment.strip(), checked_at=timezone.now(), checked_by=by, version=seen + 1
    )
    if not moved:
        raise Already("Пока Вы читали, результат уже проверили или исправили. Прочитайте его ещё раз")
    result.refresh_from_db()
    note = "" if mentor else " (записано с бумаги)"
    words = f"«{result.activity.title[:200]}»: {words}{note}"
    record(program, state, by=by, words=words, activity=result.activity_id, participation=result.participation_id)
    person = result.participation.person
    about = {"program": program, "activity": result.activity, "person": person}
    mail_person(person, f"activity_{state}", asks=str(result.pk), **about)
    for handler in _RESULT_CHECKED:
        handler(result, by=by)
    return result


@transaction.atomic
def log_meeting(
    program: Program,
    *,
    by: User,
    held_on: dt.date,
    minutes: int,
    format: str,
    about: str,
    participants: Iterable[Participation],
    next_step: str = "",
    activity: Activity | None = None,
    files: Iterable[StoredFile] = (),
    request_key: UUID | None = None,
    besides: int | None = None,
    planned: Meeting | None = None,
    answers: Iterable[tuple[OpenStep, str]] = (),
) -> Meeting:
    """Log a past meeting with its participants; whoever logs it has confirmed it. The curator may log for the pair.

    ``planned`` is the planned meeting that has taken place: the same row becomes the record, whatever changed.
    ``besides`` is the pk of the meeting of the same people, day and length that the writer was asked about: this one is
    another. ``answers`` say what became of the step that the last entry ended with.

    Returns the meeting, or the one made by the same ``request_key``. Raises ``NotAllowed``; ``Refused`` for a
    future date, a date before the start or no other side; ``SecondMeeting`` when there is such a meeting; ``Already``
    when the planned one is logged or cancelled.
    """
    program = locked(program)
    if request_key and (made := Meeting.objects.filter(request_key=request_key, program=program).first()):
        return made
    program = lock_running(program)
    mine, sides = meeting_sides(program, participants, by)
    _check_meeting(program, held_on, minutes, sides, format=format, activity=activity)
    refuse_closed_sides(program, *sides)
    _ask_about_second(program, held_on, minutes, sides, besides=besides)
    values = {
        "held_on": held_on,
        "minutes": minutes,
        "format": format,
        "about": cleaned(about, "Напишите, о чём говорили"),
        "next_step": next_step.strip(),
        "activity": activity,
        "logged_by": by,
        "request_key": request_key,
    }
    meeting = _come_about(planned, values) if planned else Meeting.objects.create(program=program, **values)
    attach(meeting, files, by=by)
    words = f"записана встреча {rudate(held_on)}{'' if mine else ' (со слов участников)'}"
    keys = sorted(p.pk for p in sides)
    act = record(program, "meeting", by=by, words=words, meeting=meeting.pk, participations=keys)
    with letters_of(act):
        _record_attendance(meeting, sides, by)
    for step, outcome in answers:
        answer(step.meeting, step.participation, outcome, by=by, said_in=meeting)
    return meeting


def _come_about(planned: Meeting, values: dict[str, Any]) -> Meeting:
    """Turn a planned meeting into the record of a held one. Raises ``Already`` when it is not planned any more."""
    still = Meeting.every.filter(pk=planned.pk, state=Meeting.State.PLANNED)
    now = still.select_for_update(of=("self",)).first()
    columns = {"state": Meeting.State.HELD, "logged_at": timezone.now(), "former_plan": now and former_plan.read(now)}
    if not still.update(**columns, version=F("version") + 1, **values):
        raise Already("Эта встреча уже записана или отменена")
    MeetingAttendance.objects.filter(meeting=planned.pk).delete()
    return Meeting.objects.select_related("program").get(pk=planned.pk)


def meeting_sides(
    program: Program, participants: Iterable[Participation], by: User
) -> tuple[Participation | None, list[Participation]]:
    """Return the part of whoever logs a meeting (None for the curator) and everybody who was there.

    Raises ``NotAllowed``.
    """
    live = {p.pk: p for p in program.pairing.participations.live().select_related("person__user")}
    mine = next((p for p in live.values() if p.person_id == by.person_id), None)
    require_logging(by, takes_part=mine is not None)
    sides = {p.pk: live[p.pk] for p in participants if p.pk in live} | ({mine.pk: mine} if mine else {})
    return mine, list(sides.values())


def _record_attendance(
    meeting: Meeting, sides: list[Participation], by: User, *, letter: str = "meeting_logged"
) -> None:
    """Write down who was at a meeting; the others than who logs it are asked to confirm."""
    now = timezone.now()
    for side in sides:
        own = side.person_id == by.person_id
        MeetingAttendance.objects.create(
            meeting=meeting, participation=side, confirmed_at=now if own else None, confirmed_by=by if own else None
        )
        if not own:
            about = {"program": meeting.program, "meeting": meeting, "person": side.person}
            mail_person(side.person, letter, asks=str(meeting.pk), **about)


def _check_meeting(
    program: Program,
    held_on: dt.date,
    minutes: int,
    sides: list[Participation],
    *,
    format: str,
    activity: Activity | None,
) -> None:
    if held_on > timezone.localdate():
        raise Refused("Встречу записывают, когда она прошла: дата ещё не наступила")
    if held_on < program.started_on:
        raise Refused(f"Программа началась {rudate(program.started_on)}: встреча не может быть раньше")
    check_substance(program, minutes, sides, format=format, activity=activity)


def check_substance(
    program: Program, minutes: int, sides: list[Participation], *, format: str, activity: Activity | None
) -> None:
    """Refuse what no meeting can be, held or planned: its length, its form, its activity, who takes part."""
    if not SHORTEST <= minutes <= LONGEST:
        raise Refused("Встреча длится от 5 минут до 10 часов")
    if format not in Meeting.Format.values:
        raise Refused("Встреча бывает личная и дистанционная")
    if activity is not None and activity.program_id != program.pk:
        raise Refused("Такого мероприятия в плане этой программы нет")
    if {p.part for p in sides} != {Participation.Part.MENTOR, Participation.Part.MENTEE}:
        raise Refused("Во встрече участвуют наставник и хотя бы один наставляемый")


class SecondMeeting(Refused):
    """A meeting of the same people, day and length is written down already: is this another one?"""

    def __init__(self, meeting: Meeting):
        self.meeting = meeting
        super().__init__(f"Ещё одна встреча в этот день? {rudate(meeting.held_on)} уже записана встреча той же длины")


def _ask_about_second(
    program: Program,
    held_on: dt.date,
    minutes: int,
    sides: list[Participation],
    *,
    besides: int | None,
    itself: int | None = None,
) -> None:
    """Raise ``SecondMeeting`` unless the latest such meeting is the one that the writer was asked about."""
    same = Meeting.objects.filter(program=program, held_on=held_on, minutes=minutes).order_by("-pk")
    for meeting in same.prefetch_related("attendances"):
        if meeting.pk != itself and {a.participation_id for a in meeting.attendances.all()} == {p.pk for p in sides}:
            if meeting.pk != besides:
                raise SecondMeeting(meeting)
            return


def _lock_meeting(meeting: Meeting) -> Meeting:
    """Return the meeting read again under a lock, after its program: what is checked is what is written about.

    Raises ``Already`` when it is gone.
    """
    locked(meeting.program)
    return locked(meeting, gone="Эту запись о встрече уже убрали")


@transaction.atomic
def confirm_meeting(attendance: MeetingAttendance, *, by: User) -> MeetingAttendance:
    """The other side confirms a meeting by one tap, also after an objection; the curator may record it.

    Raises ``NotAllowed``, ``Already``.
    """
    own = by.person_id == attendance.participation.person_id
    _require_impartial(attendance.meeting.program, by, unless=own, also="участник встречи", act="подтвердить встречу")
    meeting = _lock_meeting(attendance.meeting)
    if not MeetingAttendance.objects.filter(pk=attendance.pk, confirmed_at__isnull=True).update(
        confirmed_at=timezone.now(), confirmed_by=by, **NO_OBJECTION
    ):
        raise Already("Встреча уже подтверждена")
    Meeting.objects.filter(pk=meeting.pk).update(former_plan=None)
    note = "" if own else " (со слов участника)"
    words = f"подтверждена встреча {rudate(meeting.held_on)}{note}"
    record(meeting.program, "confirm_meeting", by=by, words=words, meeting=meeting.pk)
    attendance.refresh_from_db()
    return attendance


NO_OBJECTION: dict[str, Any] = {"objection": "", "objected_at": None, "objected_by": None}


def require_objecting(attendance: MeetingAttendance, user: User) -> None:
    """Refuse a user whose word about the meeting it is not. Raises ``NotAllowed``."""
    own = user.person_id == attendance.participation.person_id
    act = "возразить против записи"
    _require_impartial(attendance.meeting.program, user, unless=own, also="участник встречи", act=act)


@transaction.atomic
def object_to_meeting(attendance: MeetingAttendance, *, by: User, reason: str) -> MeetingAttendance:
    """«Было не так»: a side does not agree with what was written; the curator may record it.

    Whoever wrote the meeting down corrects it or takes it back, else the curator does; both get a letter. Raises
    ``NotAllowed``; ``Refused`` without a reason or for one's own record; ``Already`` when this side has answered.
    """
    require_objecting(attendance, by)
    program = lock_running(attendance.meeting.program)
    meeting = _lock_meeting(attendance.meeting)
    person = attendance.participation.person
    if meeting.logged_by.person_id == person.pk:
        raise Refused("Кто записал встречу, тот исправляет запись или убирает её")
    reason = cleaned(reason, "Напишите, что было не так", LONGEST_OBJECTION)
    open_now = MeetingAttendance.objects.filter(pk=attendance.pk, confirmed_at__isnull=True, objected_at__isnull=True)
    if not open_now.update(objection=reason, objected_at=timezone.now(), objected_by=by):
        raise Already("Ответ об этой встрече уже записан: она подтверждена, или с записью не согласились")
    note = "" if by.person_id == person.pk else " (со слов участника)"
    words = f"возражение: встреча {rudate(meeting.held_on)} была не такой{note}"
    record(program, "object_meeting", by=by, words=words, meeting=meeting.pk)
    for told in {meeting.logged_by.person, program.curator}:
        if told.pk != by.person_id:
            about = {"program": program, "meeting": meeting, "who": person, "person": told}
            mail_person(told, "meeting_objected", asks=str(attendance.pk), **about)
    attendance.refresh_from_db()
    return attendance


def may_correct(meeting: Meeting, program: Program, user: User) -> bool:
    """Whether the user may correct what was written: who wrote it, and a curator who takes no part."""
    return meeting.logged_by_id == user.pk or speaks_for_others(program, user)


def speaks_for_others(program: Program, user: User) -> bool:
    """Whether the user writes down from paper what the people of the program say, and is none of them."""
    right = Right.PROGRAMS_ACT_FOR_OTHERS
    may = user.can(right) or user.roles & {DIRECTOR, ACTING, CHAIR}  # the others cost no query
    return bool(may) and decides(user, right, parties(program))


def is_agreed(meeting: Meeting) -> bool:
    """Whether somebody else than who wrote the meeting down has confirmed it and nobody objects (prefetched)."""
    sides = list(meeting.attendances.all())
    by_others = any(a.confirmed_by_id not in (None, meeting.logged_by_id) for a in sides)
    return by_others and not any(a.objected_at for a in sides)


def require_correcting(meeting: Meeting, user: User) -> None:
    """Refuse a user who may not correct a meeting. Raises ``NotAllowed``."""
    own = meeting.logged_by_id == user.pk
    act = "исправить запись о встрече"
    _require_impartial(meeting.program, user, unless=own, also="тот, кто записал встречу", act=act)


@transaction.atomic
def correct_meeting(
    meeting: Meeting,
    *,
    by: User,
    version: int,
    held_on: dt.date,
    minutes: int,
    format: str,
    about: str,
    participants: Iterable[Participation],
    next_step: str = "",
    activity: Activity | None = None,
    files: Iterable[StoredFile] = (),
    besides: int | None = None,
) -> Meeting:
    """Correct what was written about a meeting; everybody else is asked to confirm it again.

    Raises ``NotAllowed``, ``Stale``, ``Already``; ``Refused`` as ``log_meeting`` does, and when the others have
    confirmed the record as it stands.
    """
    require_correcting(meeting, by)
    program = lock_running(meeting.program)
    meeting = _lock_meeting(meeting)
    if is_agreed(meeting):
        raise Refused("Другая сторона уже подтвердила встречу: запись исправляют, когда с ней не согласны")
    if not meeting.is_read_by(by):  # what was talked about stays as its people have written it
        about, next_step, activity, files = meeting.about, meeting.next_step, meeting.activity, ()
    _, sides = meeting_sides(program, participants, by)
    _check_meeting(program, held_on, minutes, sides, format=format, activity=activity)
    _ask_about_second(program, held_on, minutes, sides, besides=besides, itself=meeting.pk)
    about = cleaned(about, "Напишите, о чём говорили")
    claim_version(meeting, version)
    Meeting.objects.filter(pk=meeting.pk).update(
        held_on=held_on, minutes=minutes, format=format, about=about, next_step=next_step.strip(), activity=activity
    )
    meeting.refresh_from_db()
    attach(meeting, files, by=by)
    MeetingAttendance.objects.filter(meeting=meeting).delete()
    StepAnswer.objects.filter(meeting=meeting).exclude(participation__in=sides).delete()
    _record_attendance(meeting, sides, by, letter="meeting_corrected")
    words = f"исправлена запись о встрече {rudate(held_on)}"
    record(
        program, "correct_meeting", by=by, words=words, meeting=meeting.pk, participations=sorted(p.pk for p in sides)
    )
    return meeting


def require_dropping(meeting: Meeting, user: User) -> None:
    """Refuse a user who may not take a meeting back. Raises ``NotAllowed``."""
    own = meeting.logged_by_id == user.pk
    act = "убрать запись о встрече"
    _require_impartial(meeting.program, user, unless=own, also="тот, кто записал встречу", act=act)


@transaction.atomic
def drop_meeting(meeting: Meeting, *, by: User, undone: int | None = None) -> None:
    """Take back a meeting written by mistake, by whoever wrote it, while nobody else has confirmed it.

    What was logged from a planned meeting is the plan again. ``undone`` is the act of the log that wrote it down, where
    it is undone (``mentoring_site/undo.py``).

    Raises ``NotAllowed``; ``Refused`` when somebody else has confirmed; ``Already`` when it is gone.
    """
    require_dropping(meeting, by)
    program = lock_running(meeting.program)
    meeting = _lock_meeting(meeting)
    if meeting.attendances.filter(confirmed_at__isnull=False).exclude(confirmed_by=meeting.logged_by_id).exists():
        raise Refused("Другая сторона уже подтвердила встречу: запись останется в журнале")
    refuse_held(meeting, "При этой записи есть лист наблюдения урока. Сначала уберите его")
    planned = "; встреча снова назначена" if meeting.former_plan else ""
    words = f"убрана запись о встрече {rudate(meeting.held_on)}{planned}"
    sides = sorted(meeting.attendances.values_list("participation", flat=True))
    taken_back = {"undone": undone} if undone else {}
    record(program, "drop_meeting", by=by, words=words, meeting=meeting.pk, participations=sides, **taken_back)
    destroy(meeting.evidence.all())
    if meeting.former_plan:
        StepAnswer.objects.filter(Q(meeting=meeting) | Q(said_in=meeting)).delete()
        former_plan.put_back(meeting)
    else:
        meeting.delete()


def may_post(program: Program, user: User) -> bool:
    """Whether the user may write into the thread: whoever takes part now, the curator, the council, the director."""
    if user.can(Right.PROGRAMS_SEE_ALL):
        return True
    return any(p.person_id == user.person_id for p in program.pairing.people)


def require_posting(program: Program, user: User) -> None:
    """Refuse a user who may not write into the thread. Raises ``NotAllowed``."""
    if not may_post(program, user):
        raise NotAllowed(POSTERS)


@transaction.atomic
def post(
    program: Program, *, by: User, text: str, about: Participation | None = None, request_key: UUID | None = None
) -> Message:
    """Post to the thread of a program: participants, curator, council, director (п. 4.2, 5.1).

    ``about`` is the participation of the one mentee of a group who may read it, None for everybody. Returns the
    message, or the one made by the same ``request_key``. Raises ``NotAllowed``; ``Refused`` without a text.
    """
    text = cleaned(text, "Напишите сообщение")
    found = Program.objects.visible_to(by).with_people().filter(pk=program.pk).first()
    if found is None:
        raise NotAllowed(POSTERS)
    program = found
    require_posting(program, by)
    if about is not None and about.pk not in {p.pk for p in addressees(program, by)}:
        raise Refused("Выберите, кому видно сообщение: так его не отправить")
    try:
        with transaction.atomic():
            message = Message.objects.create(
                program=program, author=by, text=text, about=about, request_key=request_key
            )
    except IntegrityError as error:
        made = Message.objects.filter(request_key=request_key, program=program, author=by).first()
        if made is None:
            raise Refused("Эта форма уже отправлена. Откройте разговор заново") from error
        return made
    for side in program.pairing.participations.live().exclude(person=by.person_id).select_related("person__user"):
        if about is None or side.part == Participation.Part.MENTOR or side.pk == about.pk:
            mail_person(side.person, "message_posted", program=program, message=message, person=side.person)
    return message


def addressees(program: Program, user: User) -> list[Participation]:
    """Return the mentees of a group of whom the user may write apart from the others; a mentee only of oneself."""
    if program.pairing.kind == Pairing.Kind.PAIR:
        return []
    mentees = [p for p in program.pairing.people if p.part == Participation.Part.MENTEE]
    return [p for p in mentees if p.person_id == user.person_id] or mentees
