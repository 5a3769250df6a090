"""Acts about tasks of support: given, done with evidence, accepted or returned, dropped (п. 3.5)."""

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
from people.consents.closed import refuse_closed
from people.register.models import Person
from people.rights import CHAIR, SECRETARY, Right
from people.roles.letters import mail_person
from programs.journal.acts import LONGEST_TEXT, cleaned
from programs.pairings.letters import holders
from programs.program.models import Program
from programs.program.rules import parties
from programs.program.states import LIVE
from programs.support.models import SupportTask

LONGEST_TASK = 2000


def lock_live(program: Program) -> Program:
    """Return the program read again under a lock. Raises ``Refused`` when it has ended."""
    fresh = locked(program)
    if fresh.state not in LIVE:
        raise Refused("Программа закончена: поддержку для неё больше не поручают")
    return fresh


@transaction.atomic
def give(
    program: Program,
    assignee: Person,
    *,
    by: User,
    category: str,
    text: str,
    due_on: dt.date,
    request_key: UUID | None = None,
) -> SupportTask:
    """Give a member of the council or another employee a task for a program; the person gets a letter.

    Returns the task, or the one made by the same ``request_key``. Raises ``NotAllowed``; ``Refused`` without words, for
    a day past, for who does not work in the school today.
    """
    require(by, Right.PROGRAMS_SUPPORT)
    program = locked(program)
    if request_key and (made := SupportTask.objects.filter(request_key=request_key).first()):
        return made
    program = lock_live(program)
    if due_on < timezone.localdate():
        raise Refused("Этот день уже прошёл: выберите день, до которого поручение можно выполнить")
    if program.ends_on and due_on > program.ends_on:
        raise Refused("Программа закончится раньше: выберите день внутри её срока")
    text = cleaned(text, "Напишите, что сделать", LONGEST_TASK)
    if not Person.objects.at_work().filter(pk=assignee.pk).exists():
        raise Refused(f"{assignee.short_name}: сегодня в школе не работает, поручить нельзя")
    refuse_closed([assignee])
    made = SupportTask.objects.create(
        program=program,
        assignee=assignee,
        category=category,
        text=text,
        due_on=due_on,
        created_by=by,
        request_key=request_key,
    )
    act = record(made, "give", by=by, words="совет поручил поддержку программы", target=made.state)
    if assignee.pk != by.person_id:
        with letters_of(act):
            mail_person(assignee, "support_given", asks=str(made.pk), person=assignee, support=made)
    return made


@transaction.atomic
def do(
    task: SupportTask, *, by: User, result: str, files: Iterable[StoredFile] = (), version: int | None = None
) -> SupportTask:
    """The task is done, or done again after a return; who looks at it gets a letter. Raises what ``perform`` raises.

    That is the council, or the program's curator where nobody else of the council is left.
    """
    result = cleaned(result, "Напишите, что сделано")
    lock_live(task.program)
    columns = {"result": result, "done_at": timezone.now(), "done_by": by}
    task = _moved(task, "do", by, version, columns)
    attach(task, files, by=by)
    apart = {by.person_id, task.assignee_id, *parties(task.program)}
    council = [person for person in holders(CHAIR, SECRETARY) if person.pk not in apart]
    curator = [task.program.curator] if task.program.curator_id not in apart else []
    with letters_of(_last(task, by)):
        for person in council or curator:
            mail_person(person, "support_done", asks=str(task.pk), person=person, support=task)
    return task


def accept(task: SupportTask, *, by: User, comment: str = "", version: int | None = None) -> SupportTask:
    """The council accepts what was done. Raises what ``perform`` raises."""
    return _answer(task, "accept", by, comment, version)


def send_back(task: SupportTask, *, by: User, comment: str, version: int | None = None) -> SupportTask:
    """The council returns it and says what to correct. Raises as ``accept``, ``Refused`` without words."""
    return _answer(task, "send_back", by, cleaned(comment, "Напишите, что исправить"), version)


@transaction.atomic
def _answer(task: SupportTask, name: str, by: User, comment: str, version: int | None) -> SupportTask:
    if len(comment) > LONGEST_TEXT:
        raise Refused(f"Слишком длинно: можно не больше {LONGEST_TEXT} знаков")
    lock_live(task.program)
    columns = {"comment": comment.strip(), "answered_at": timezone.now(), "answered_by": by}
    task = _moved(task, name, by, version, columns)
    with letters_of(_last(task, by)):
        asks = str(task.pk) if name == "send_back" else ""
        mail_person(task.assignee, f"support_{task.state}", asks=asks, person=task.assignee, support=task)
    return task


@transaction.atomic
def drop(task: SupportTask, *, by: User) -> SupportTask:
    """The council takes a task off; who was given it gets a letter. Raises what ``perform`` raises."""
    task = _moved(task, "drop", by, None, {})
    if task.assignee_id != by.person_id:
        with letters_of(_last(task, by)):
            mail_person(task.assignee, "support_dropped", person=task.assignee, support=task)
    return task


def _moved(task: SupportTask, name: str, by: User, version: int | None, columns: dict[str, Any]) -> SupportTask:
    """Move the state; a page that was opened on another version is refused, nothing is answered unread."""
    fresh = locked(task)
    if version is not None and version != fresh.version:
        raise Refused("Пока Вы читали, поручение изменилось. Прочитайте его ещё раз")
    return perform(fresh, name, by=by, columns=columns)


def _last(task: SupportTask, by: User) -> Act:
    act = Act.objects.about(task).filter(actor=by).last()
    assert act is not None
    return act
