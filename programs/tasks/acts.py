"""Acts about tasks: given, done with evidence, accepted or returned, dropped, taken back (п. 4.1, 5.2)."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mentoring_site.evidence.acts import attach
from mentoring_site.locks import locked
from mentoring_site.mail import letters_of
from mentoring_site.models import Act, StoredFile
from mentoring_site.rights import require
from mentoring_site.workflow import Refused, perform, record
from people.accounts.models import User
from people.rights import Right
from people.roles.letters import mail_person
from programs.journal.acts import LONGEST_TEXT, MENTOR, cleaned, is_mentor, lock_running, refuse_closed_sides
from programs.journal.acts import speaks_for_others as speaks
from programs.pairings.models import Participation
from programs.program.models import Program
from programs.tasks.models import MentorTask

LONGEST_TASK = 2000
ON_PAPER = " (записано с бумаги)"


def require_giving(program: Program, user: User) -> None:
    """Refuse a user who gives no tasks in the program. Raises ``NotAllowed``."""
    allowed = is_mentor(program, user) or speaks(program, user)
    require(user, Right.PROGRAMS_ACT_FOR_OTHERS, unless=allowed, also=MENTOR, act="дать задание")


@transaction.atomic
def give(
    program: Program,
    sides: Iterable[Participation],
    *,
    by: User,
    text: str,
    due_on: dt.date,
    request_key: UUID | None = None,
) -> list[MentorTask]:
    """Give a task, to several mentees of a group to each one of one's own; they get a letter.

    Returns the tasks, or those made by the same ``request_key``. Raises ``NotAllowed``; ``Refused`` without words, for
    a day past or after the program, without a mentee.
    """
    program = locked(program)
    if request_key and (made := list(MentorTask.objects.filter(request_key=request_key, program=program))):
        return made
    program = lock_running(program)
    require_giving(program, by)
    mentees = program.pairing.participations.live().filter(part=Participation.Part.MENTEE)
    chosen = list(mentees.filter(pk__in=[s.pk for s in sides]).select_related("person__user").order_by("pk"))
    if not chosen:
        raise Refused("Выберите, кому задание")
    if due_on < timezone.localdate():
        raise Refused("Этот день уже прошёл: выберите день, до которого задание можно сделать")
    if program.ends_on and due_on > program.ends_on:
        raise Refused("Программа закончится раньше: выберите день внутри её срока")
    text = cleaned(text, "Напишите, что сделать", LONGEST_TASK)
    refuse_closed_sides(program, *chosen)
    return [_given(program, side, by, text=text, due_on=due_on, request_key=request_key) for side in chosen]


def _given(program: Program, side: Participation, by: User, **values: Any) -> MentorTask:
    task = MentorTask.objects.create(program=program, participation=side, created_by=by, **values)
    words = "задание дано" + ("" if is_mentor(program, by) else ON_PAPER)
    act = record(task, "give", by=by, words=words, target=task.state, participation=side.pk)
    with letters_of(act):
        mail_person(side.person, "task_given", asks=str(task.pk), person=side.person, task=task)
    return task


@transaction.atomic
def do(
    task: MentorTask, *, by: User, result: str, files: Iterable[StoredFile] = (), version: int | None = None
) -> MentorTask:
    """The mentee did the task, or did it again after a return; the mentor gets a letter (п. 5.2).

    Raises what ``perform`` raises, ``Refused`` without words.
    """
    result = cleaned(result, "Напишите, что сделано")
    lock_running(task.program)
    refuse_closed_sides(task.program, task.participation)
    columns = {"result": result, "done_at": timezone.now(), "done_by": by}
    task = _moved(task, "do", by, version, columns)
    attach(task, files, by=by)
    mentors = task.program.pairing.participations.live().filter(part=Participation.Part.MENTOR)
    with letters_of(_last(task, by)):
        for side in mentors.select_related("person__user").exclude(person=by.person_id):
            mail_person(side.person, "task_done", asks=str(task.pk), person=side.person, task=task)
    return task


def accept(task: MentorTask, *, by: User, comment: str = "", version: int | None = None) -> MentorTask:
    """The mentor accepts the task in person (п. 4.1). Raises what ``perform`` raises."""
    return _answer(task, "accept", by, comment, version)


def send_back(task: MentorTask, *, by: User, comment: str, version: int | None = None) -> MentorTask:
    """The mentor returns the task and says what to correct. Raises as ``accept``, ``Refused`` without words."""
    return _answer(task, "send_back", by, cleaned(comment, "Напишите, что исправить"), version)


@transaction.atomic
def _answer(task: MentorTask, name: str, by: User, comment: str, version: int | None) -> MentorTask:
    if len(comment) > LONGEST_TEXT:
        raise Refused(f"Слишком длинно: можно не больше {LONGEST_TEXT} знаков")
    lock_running(task.program)
    columns = {"comment": comment.strip(), "answered_at": timezone.now(), "answered_by": by}
    task = _moved(task, name, by, version, columns)
    person = task.participation.person
    with letters_of(_last(task, by)):
        asks = str(task.pk) if name == "send_back" else ""
        mail_person(person, f"task_{task.state}", asks=asks, person=person, task=task)
    return task


@transaction.atomic
def drop(task: MentorTask, *, by: User) -> MentorTask:
    """The mentor takes a task off; the mentee gets a letter. Raises what ``perform`` raises."""
    lock_running(task.program)
    task = _moved(task, "drop", by, None, {})
    person = task.participation.person
    with letters_of(_last(task, by)):
        mail_person(person, "task_dropped", person=person, task=task)
    return task


def _moved(task: MentorTask, name: str, by: User, version: int | None, columns: dict[str, Any]) -> MentorTask:
    """Move the state; a page that was opened on another version is refused, nothing is answered unread."""
    fresh = locked(task)
    if version is not None and version != fresh.version:
        raise Refused("Пока Вы читали, задание изменилось. Прочитайте его ещё раз")
    return perform(fresh, name, by=by, columns=columns, participation=fresh.participation_id)


def _last(task: MentorTask, by: User) -> Act:
    act = Act.objects.about(task).filter(actor=by).last()
    assert act is not None
    return act
