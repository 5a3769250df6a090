"""Acts of the roadmap: draft, edit tasks, submit, return, approve, mark done (п. 3.3, 3.4, приложение)."""

import calendar
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from mentoring_site.evidence import acts as evidence
from mentoring_site.holds import refuse_held
from mentoring_site.locks import locked
from mentoring_site.models import StoredFile
from mentoring_site.rights import require
from mentoring_site.russian import add_months, joined
from mentoring_site.workflow import Already, NotAllowed, Refused, claim_version, perform, record
from people.accounts.models import User
from people.register.models import Person
from people.rights import Right
from people.roles.holders import signer
from people.roles.letters import mail_person, mail_right_holders
from people.school import workdays
from roadmap.plan import known
from roadmap.plan.models import Roadmap, Stage, Task
from roadmap.plan.template import PROOFS, STAGES
from roadmap.regulation.approvals import Approval

State = Roadmap.State
MOST_TASKS = 60  # of one stage
TAKEN_BACK = "отметка снята"  # a mark of the system that the curator has taken back is not made again
MONTH, SOON = timedelta(days=28), timedelta(days=14)
NOT_IN_FORCE = "Выполнение отмечают в утверждённой карте"
CLOSED = "Карта на утверждении или утверждена и закрыта для правки. Изменения вносят новой редакцией и приказом"


def this_year() -> int:
    """Return the school year of today; August already belongs to the new one."""
    today = timezone.localdate()
    return today.year if today.month >= 8 else today.year - 1


Special = dict[date, str]


def _in_year(school_year: int, month: int, special: Special, *, last: bool) -> date:
    """Return the first or last working day of a month of the school year; August is the one before it begins."""
    year = school_year if month >= 8 else school_year + 1
    return _end_of(date(year, month, 1), special) if last else workdays.on_or_after(date(year, month, 1), special)


def _end_of(day: date, special: Special) -> date:
    """Return the last working day of the month of ``day``."""
    return workdays.on_or_before(day.replace(day=calendar.monthrange(day.year, day.month)[1]), special)


def _days_off(school_year: int) -> Special:
    """Return the special days around a school year and the one before it."""
    return workdays.special_days(date(school_year - 2, 1, 1), date(school_year + 2, 12, 31))


@transaction.atomic
def draft(school_year: int, *, by: User, request_key: UUID | None = None) -> Roadmap:
    """Make the draft of a year's roadmap.

    An approved roadmap of the same year is copied with what is done: so it is edited by a new version. Else last
    year's roadmap is moved by a year, else the 7-stage template of the Положение is taken. Returns the draft, or the
    one made by the same ``request_key``. Raises ``NotAllowed``, ``Refused`` when there is one.
    """
    require(by, Right.ROADMAP_WRITE)
    if request_key and (made := Roadmap.objects.filter(request_key=request_key).first()):
        return made
    if Roadmap.objects.filter(school_year=school_year, state__in=Roadmap.OPEN_STATES).exists():
        raise Refused("Проект дорожной карты на этот год уже есть")
    try:
        with transaction.atomic():
            begins = date(school_year, 9, 1)
            roadmap = Roadmap.objects.create(
                school_year=school_year,
                created_by=by,
                request_key=request_key,
                since=begins if begins > timezone.localdate() else None,
            )
    except IntegrityError as error:
        raise Refused("Проект дорожной карты на этот год уже есть") from error
    approved = Roadmap.objects.filter(state=State.APPROVED).prefetch_related("stages__tasks__responsible")
    if same := approved.filter(school_year=school_year).first():
        _copy(same, roadmap, years=0)
        words = "составлен проект новой редакции"
    elif last := approved.filter(school_year=school_year - 1).first():
        _copy(last, roadmap, years=1)
        words = "составлен проект по карте прошлого года"
    else:
        _fill(roadmap)
        words = "составлен проект по образцу Положения"
    record(roadmap, "draft", by=by, words=words, target=State.DRAFT)
    return roadmap


def caught_up(starts_on: date | None, due_on: date | None, school_year: int, special: Special) -> tuple:
    """Return the days of a task for a school that begins in the middle of a year: what is past moves to today.

    A task keeps its length in months and ends a month from today at the earliest, within the school year.
    """
    today = timezone.localdate()
    if due_on is None or due_on >= today + SOON or not date(school_year, 8, 1) <= today < date(school_year + 1, 6, 1):
        return starts_on, due_on
    length = (due_on.year - starts_on.year) * 12 + due_on.month - starts_on.month if starts_on else 0
    last = _end_of(add_months((today + MONTH).replace(day=1), length), special)
    return workdays.on_or_after(today, special), min(last, _in_year(school_year, 6, special, last=True))


def _fill(roadmap: Roadmap) -> None:
    """Fill a draft from the template of the Положение."""
    special, year = _days_off(roadmap.school_year), roadmap.school_year
    for number, (title, tasks) in enumerate(STAGES, 1):
        stage = Stage.objects.create(roadmap=roadmap, number=number, title=title)
        rows = []
        for n, (text, first, until, who, result) in enumerate(tasks, 1):
            planned = _in_year(year, first, special, last=False), _in_year(year, until, special, last=True)
            starts_on, due_on = caught_up(*planned, year, special)
            row = {"number": n, "text": text, "responsible_words": who, "expected_result": result}
            row["proof_kinds"] = PROOFS.get(text, [])
            rows.append(Task(stage=stage, starts_on=starts_on, due_on=due_on, **row))
        Task.objects.bulk_create(rows)


def _copy(source: Roadmap, roadmap: Roadmap, *, years: int) -> None:
    """Copy stages and tasks; within one year what is done stays done, for a new year the dates move.

    Whoever has left does not answer in the new year: ``left.py`` names them.
    """
    special = _days_off(roadmap.school_year)
    working = set(Person.objects.at_work().values_list("pk", flat=True)) if years else set()
    for old_stage in source.stages.all():
        stage = Stage.objects.create(roadmap=roadmap, number=old_stage.number, title=old_stage.title)
        for old in old_stage.tasks.all():
            days = _moved(old.starts_on, years, special, last=False), _moved(old.due_on, years, special, last=True)
            starts_on, due_on = caught_up(*days, roadmap.school_year, special) if years else days
            task = Task.objects.create(
                stage=stage,
                number=old.number,
                text=old.text,
                starts_on=starts_on,
                due_on=due_on,
                responsible_words=old.responsible_words,
                expected_result=old.expected_result,
                proof_kinds=old.proof_kinds,
                origin=old,
                **({} if years else _done(old)),
            )
            task.responsible.set([p for p in old.responsible.all() if not years or p.pk in working])
            if not years:
                evidence.copy(old, task)


def _done(task: Task) -> dict[str, Any]:
    done = {"done_on": task.done_on, "done_note": task.done_note, "done_by_id": task.done_by_id}
    return done | {"is_proved": task.is_proved}


def _moved(day: date | None, years: int, special: Special, *, last: bool) -> date | None:
    """Return the working day some years later; the last one of a month stays the last, the first one the first."""
    if day is None or not years:
        return day
    month = day.replace(day=1, year=day.year + years)
    if last and day >= _end_of(day, special):
        return _end_of(month, special)
    if not last and day <= workdays.on_or_after(day.replace(day=1), special):
        return workdays.on_or_after(month, special)
    moved = month.replace(day=min(day.day, calendar.monthrange(month.year, month.month)[1]))
    return workdays.inside(moved, month, _end_of(month, special), special)


def _require_editable(roadmap: Roadmap, by: User) -> None:
    """Raise ``NotAllowed`` or ``Refused`` unless the user may change this roadmap now."""
    require(by, Right.ROADMAP_WRITE)
    if roadmap.state != State.DRAFT:
        raise Refused(CLOSED)


@transaction.atomic
def save_task(roadmap: Roadmap, task: Task, responsible: Iterable[Person], *, by: User, version: int) -> Task:
    """Add or change a task of a draft. Raises ``NotAllowed``, ``Refused``, ``Stale``."""
    _require_editable(roadmap, by)
    claim_version(roadmap, version)
    fresh = task.pk is None
    if fresh:
        numbers = list(task.stage.tasks.values_list("number", flat=True))
        if len(numbers) >= MOST_TASKS:
            raise Refused(f"На одном этапе не больше {MOST_TASKS} мероприятий")
        task.number = max([0, *numbers]) + 1
    task.save()
    task.responsible.set(responsible)
    word = "добавлено" if fresh else "изменено"
    record(roadmap, "task", by=by, words=f"мероприятие {task.stage.number}.{task.number} {word}", task=task.pk)
    return task


@transaction.atomic
def drop_task(roadmap: Roadmap, task: Task, *, by: User, version: int) -> None:
    """Take a task out of a draft; the later ones of the stage move up.

    Raises ``NotAllowed``, ``Refused``, ``Stale``.
    """
    _require_editable(roadmap, by)
    claim_version(roadmap, version)
    record(roadmap, "drop_task", by=by, words=f"мероприятие {task.stage.number}.{task.number} убрано", task=task.pk)
    stage = task.stage
    task.delete()
    for number, later in enumerate(stage.tasks.all(), 1):
        if later.number != number:
            Task.objects.filter(pk=later.pk).update(number=number)


@transaction.atomic
def save_particulars(
    roadmap: Roadmap, *, by: User, version: int, since: date | None, approvals: list[Approval]
) -> Roadmap:
    """Write from which day an open roadmap is in force and which bodies have adopted it; both stand in the order.

    Raises ``NotAllowed``, ``Stale``; ``Refused`` for a roadmap that is approved or stands in an order past its visas.
    """
    require(by, Right.ROADMAP_WRITE)
    if roadmap.state not in Roadmap.OPEN_STATES:
        raise Refused(CLOSED)
    refuse_held(roadmap, "Карта стоит в приказе, который уже завизирован. Сначала верните его в проекты", firm=True)
    claim_version(roadmap, version)
    Roadmap.objects.filter(pk=roadmap.pk).update(since=since, approvals=approvals)
    record(roadmap, "particulars", by=by, words="указано, с какого дня действует карта и кто её принял")
    roadmap.refresh_from_db()
    return roadmap


@transaction.atomic
def submit(roadmap: Roadmap, *, by: User) -> Roadmap:
    """The curator hands the roadmap over to the director. Raises what ``perform`` raises."""
    roadmap = perform(roadmap, "submit", by=by, columns={"returned_why": ""})
    director, _ = signer()
    if director and director.pk != by.person_id:
        mail_person(director, "roadmap_submitted", asks=str(roadmap.pk), person=director, roadmap=roadmap)
    return roadmap


@transaction.atomic
def send_back(roadmap: Roadmap, *, by: User, reason: str) -> Roadmap:
    """Return a roadmap to drafting with a reason; whoever drafts it gets a letter.

    Raises what ``perform`` raises, ``Refused`` without a reason.
    """
    if not reason.strip():
        raise Refused("Напишите, что доработать")
    refuse_held(roadmap, "Карта стоит в проекте приказа. Сначала уберите её оттуда или верните приказ в проекты")
    roadmap = perform(roadmap, "send_back", by=by, columns={"returned_why": reason.strip()[:2000]})
    mail_right_holders(Right.ROADMAP_WRITE, "roadmap_returned", but=by, asks=str(roadmap.pk), roadmap=roadmap)
    return roadmap


@transaction.atomic
def approve(roadmap: Roadmap, *, by: User, number: str, date: date) -> Roadmap:
    """Enact the director's order (п. 3.3); the version in force of the same year is superseded. Called by registration.

    What was done by the old version while the new one was on its way stays done.
    """
    in_force = Roadmap.objects.filter(school_year=roadmap.school_year, state=State.APPROVED).exclude(pk=roadmap.pk)
    for old in in_force.select_for_update():  # nothing is marked in it until its marks are copied
        for task in Task.objects.filter(stage__roadmap=old, done_on__isnull=False).select_related("stage"):
            new = Task.objects.filter(_same_line(task), stage__roadmap=roadmap, done_on__isnull=True)
            new.update(**_done(task))
        _bring_evidence(old, roadmap)
        perform(old, "supersede", by=by, number=number)
    approved = perform(roadmap, "approve", by=by, columns={"order_number": number, "order_date": date}, number=number)
    known.tick(approved)
    return approved


def _same_line(task: Task) -> Q:
    """Return the condition that a line of another edition is this one: written over from it, or in the same words."""
    return Q(origin=task) | Q(stage__number=task.stage.number, text=task.text)


def _bring_evidence(old: Roadmap, new: Roadmap) -> None:
    """Let the lines of a new edition have the evidence that those of the old one have by now."""
    proved = Task.objects.filter(stage__roadmap=old, evidence__isnull=False).select_related("stage").distinct()
    for task in proved:
        for line in Task.objects.filter(_same_line(task), stage__roadmap=new):
            evidence.destroy(line.evidence.all())
            evidence.copy(task, line)


def may_mark(task: Task, user: User) -> bool:
    """Whether the user may mark the task: who is responsible for it (prefetched), and the curator."""
    return user.can(Right.ROADMAP_WRITE) or any(p.pk == user.person_id for p in task.responsible.all())


def require_mark(task: Task, user: User) -> None:
    """Raise ``NotAllowed`` unless the user may mark the task."""
    if not may_mark(task, user):
        raise NotAllowed(f"Отметить выполнение может {joined(['ответственный', *Right.ROADMAP_WRITE.holders], 'или')}")


@transaction.atomic
def mark_done(task: Task, *, by: User, note: str, files: Iterable[StoredFile] = ()) -> Task:
    """Mark a task of an approved roadmap done, with what came of it and what proves it.

    Raises ``NotAllowed``, ``Refused``, ``Already``.
    """
    require_mark(task, by)
    roadmap = locked(task.stage.roadmap)
    if roadmap.state != State.APPROVED:
        raise Refused(NOT_IN_FORCE)
    if not note.strip():
        raise Refused("Напишите, что получилось: документ, ссылка, число участников")
    if not Task.objects.filter(pk=task.pk, done_on__isnull=True).update(
        done_on=timezone.localdate(), done_note=note.strip()[:500], done_by=by
    ):
        raise Already("Мероприятие уже отмечено")
    evidence.attach(task, files, by=by)
    record(roadmap, "done", by=by, words=f"мероприятие {task.stage.number}.{task.number} выполнено", task=task.pk)
    task.refresh_from_db()
    return task


@transaction.atomic
def mark_several(tasks: Iterable[Task], *, by: User, note: str = "") -> list[Task]:
    """Mark several tasks of one approved roadmap done: all or none.

    ``note`` says of all of them what came of it; without one each is said to have brought what was expected. Raises
    what ``mark_done`` raises, ``Refused`` when none is chosen.
    """
    chosen = list(tasks)
    if not chosen:
        raise Refused("Отметьте хотя бы одно мероприятие")
    return [mark_done(task, by=by, note=note or task.expected_result or "Выполнено") for task in chosen]


@transaction.atomic
def unmark(task: Task, *, by: User) -> Task:
    """The curator takes back a mark made by mistake. Raises ``NotAllowed``, ``Refused``, ``Already``."""
    require(by, Right.ROADMAP_WRITE)
    roadmap = locked(task.stage.roadmap)
    if roadmap.state != State.APPROVED:
        raise Refused("Отметки меняют в утверждённой карте")
    if not Task.objects.filter(pk=task.pk, done_on__isnull=False).update(
        done_on=None, done_note=TAKEN_BACK, done_by=None, is_proved=False
    ):
        raise Already("Отметки уже нет")
    words = f"снята отметка о выполнении мероприятия {task.stage.number}.{task.number}"
    record(roadmap, "unmark", by=by, words=words, task=task.pk)
    task.refresh_from_db()
    return task
