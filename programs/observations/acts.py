"""Acts about sheets of observation: begun for an entry of the journal, filled in the lesson, taken away."""

from datetime import time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mentoring_site import holds
from mentoring_site.locks import locked
from mentoring_site.models import Hold
from mentoring_site.workflow import Already, NotAllowed, Refused, claim_version, record
from people.accounts.models import User
from programs.catalogs.models import SheetTemplate
from programs.journal.acts import cleaned, is_agreed, lock_running, meeting_sides, refuse_closed_sides
from programs.journal.models import Meeting
from programs.journal.planning import acts as planning
from programs.observations.models import Mark, Observation
from programs.pairings.models import Participation
from programs.program.models import Program

SHEETS = {"begin_sheet", "fill_sheet", "drop_sheet"}
"""Acts about the sheet of one entry."""
LESSON = 45  # minutes of an entry that begins with its sheet
LONGEST = 2000
LONGEST_NOTE = 300
LATELY = timedelta(days=14)
AGREED = "Запись о встрече подтвердили обе стороны: лист остаётся таким, каким его прочли"


def entries(program: Program, user: User) -> list[Meeting]:
    """Return the entries to which a sheet may belong now: planned for these days or held lately, read by the user."""
    today = timezone.localdate()
    found = Meeting.every.read_by(user).filter(
        program=program, held_on__gte=today - LATELY, held_on__lte=today + timedelta(days=1)
    )
    return list(found.exclude(state=Meeting.State.CANCELLED).order_by("-held_on", "-pk"))


@transaction.atomic
def begin(
    program: Program,
    template: SheetTemplate,
    *,
    by: User,
    teacher: Participation,
    lesson: str,
    meeting: Meeting | None = None,
    request_key: UUID | None = None,
) -> Observation:
    """Begin a sheet about the lesson of ``teacher``; without a ``meeting`` an entry is planned for now.

    Returns the sheet, or the one made by the same ``request_key``. Raises ``NotAllowed``; ``Refused`` outside a running
    program, for an entry that both have confirmed, without words about the lesson.
    """
    program = locked(program)
    if request_key and (made := Observation.objects.filter(request_key=request_key, created_by=by).first()):
        return made
    program = lock_running(program)
    mine, _ = meeting_sides(program, [teacher], by)
    lesson = cleaned(lesson, "Напишите, что за урок: предмет, класс, тема", 200)
    if teacher.pairing_id != program.pairing_id or teacher.until is not None:
        raise Refused("Урок ведёт участник этой программы")
    if mine is not None and mine.pk == teacher.pk:
        raise Refused("Лист заполняет тот, кто смотрит урок, а не ведёт его")
    refuse_closed_sides(program, teacher)
    meeting = _entry(program, by, teacher, lesson) if meeting is None else _open(meeting, by)
    sheet = Observation.objects.create(
        meeting=meeting,
        template=template,
        teacher=teacher,
        lesson=lesson,
        criteria=[{"text": c.text, "mark": "", "note": ""} for c in template.criteria.all()],
        created_by=by,
        request_key=request_key,
    )
    Hold.objects.create(object=meeting, holder=sheet)  # claimed above, a planned one too
    _record(sheet, "begin_sheet", "начат лист наблюдения", by)
    return sheet


def _entry(program: Program, by: User, teacher: Participation, lesson: str) -> Meeting:
    """Plan an entry for this minute: the observer and the teacher, in a group nobody else."""
    now = timezone.localtime()
    sides = program.pairing.participations.live().filter(part=Participation.Part.MENTOR) | (
        program.pairing.participations.filter(pk=teacher.pk)
    )
    if teacher.part == Participation.Part.MENTOR:
        sides = program.pairing.participations.live()
        own = sides.filter(person=by.person_id)
        sides = sides.filter(pk=teacher.pk) | own if own.exists() else sides
    [made] = planning.plan(
        program,
        by=by,
        first_on=now.date(),
        starts_at=time(now.hour, now.minute),
        minutes=LESSON,
        format=Meeting.Format.TOGETHER,
        about=f"Посещение урока: {lesson}"[:500],
        participants=list(sides),
    )
    return made


def _open(meeting: Meeting, by: User) -> Meeting:
    """Return the entry under a lock. Raises ``NotAllowed``; ``Refused`` when both have confirmed it."""
    if not meeting.is_read_by(by):
        raise NotAllowed("Лист кладут к записи, которую читают: тех, кто был на встрече")
    found = Meeting.every.select_for_update(of=("self",)).filter(pk=meeting.pk).first()
    if found is None or found.state == Meeting.State.CANCELLED:
        raise Already("Этой записи уже нет. Выберите другую")
    if is_agreed(found):
        raise Refused(AGREED)
    return found


def require_filling(sheet: Observation, user: User) -> None:
    """Refuse a user who did not watch the lesson. Raises ``NotAllowed``."""
    if sheet.created_by_id != user.pk:
        raise NotAllowed("Лист заполняет тот, кто смотрел урок")


@transaction.atomic
def fill(
    sheet: Observation, *, by: User, version: int, marks: list[tuple[str, str]], strengths: str = "", advice: str = ""
) -> Observation:
    """Write the marks and notes, as often as one likes until both have confirmed the entry.

    ``marks`` are (mark, note) of the criteria in their order. Raises ``NotAllowed``, ``Stale``, ``Refused``.
    """
    require_filling(sheet, by)
    lock_running(sheet.meeting.program)
    _open(sheet.meeting, by)
    claim_version(sheet, version)
    if len(marks) != len(sheet.criteria) or any(mark not in ("", *Mark.values) for mark, _ in marks):
        raise Refused("Критерии листа изменились. Откройте лист заново")
    criteria = [
        {"text": c["text"], "mark": mark, "note": note.strip()[:LONGEST_NOTE]}
        for c, (mark, note) in zip(sheet.criteria, marks, strict=True)
    ]
    values: dict[str, Any] = {"criteria": criteria, "strengths": strengths.strip()[:LONGEST]}
    values |= {"advice": advice.strip()[:LONGEST], "filled_at": timezone.now()}
    Observation.objects.filter(pk=sheet.pk).update(**values)
    _record(sheet, "fill_sheet", "заполнен лист наблюдения", by)
    sheet.refresh_from_db()
    return sheet


@transaction.atomic
def drop(sheet: Observation, *, by: User) -> None:
    """Take a sheet away. Raises ``NotAllowed``; ``Refused`` when both have confirmed the entry; ``Already``."""
    require_filling(sheet, by)
    lock_running(sheet.meeting.program)
    _open(sheet.meeting, by)
    fresh = locked(sheet)
    _record(fresh, "drop_sheet", "убран лист наблюдения", by)
    holds.release(by=fresh)
    fresh.delete()


def _record(sheet: Observation, verb: str, words: str, by: User) -> None:
    sides = sorted(sheet.meeting.attendances.values_list("participation", flat=True))
    record(sheet.meeting.program, verb, by=by, words=words, meeting=sheet.meeting_id, participations=sides)
