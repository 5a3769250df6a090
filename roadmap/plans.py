"""Acts of the roadmap: draft from the template, edit tasks, submit, return, approve, mark done (п. 3.3, 3.4, приложение)."""

import calendar
from datetime import date

from django.db import transaction
from django.utils import timezone

from mentoring_site.mail import send_template
from mentoring_site.workflow import Already, NotAllowed, Refused, claim, perform, record
from people.heads import signer
from roadmap.models import Roadmap, Stage, Task
from roadmap.template import STAGES


def _in_year(school_year: int, month: int, *, last: bool) -> date:
    """Return the first or last day of a month of the school year; August is the one before it begins."""
    year = school_year if month >= 8 else school_year + 1
    return date(year, month, calendar.monthrange(year, month)[1] if last else 1)


@transaction.atomic
def draft(school_year: int, *, by, request_key=None) -> Roadmap:
    """Make the draft of a year's roadmap from the 7-stage template, or from last year's roadmap when there is one.

    Returns the draft, or the one made by the same ``request_key``. Raises ``NotAllowed``, ``Refused`` when there is one.
    """
    if not by.can("roadmap.write"):
        raise NotAllowed("Дорожную карту составляет куратор (п. 3.4)")
    if request_key and (made := Roadmap.objects.filter(request_key=request_key).first()):
        return made
    if Roadmap.objects.filter(school_year=school_year, state__in=["draft", "submitted"]).exists():
        raise Refused("Проект дорожной карты на этот год уже есть")
    roadmap = Roadmap.objects.create(school_year=school_year, created_by=by, request_key=request_key)
    for number, (title, tasks) in enumerate(STAGES, 1):
        stage = Stage.objects.create(roadmap=roadmap, number=number, title=title)
        Task.objects.bulk_create(
            Task(
                stage=stage,
                number=n,
                text=text,
                starts_on=_in_year(school_year, first, last=False),
                due_on=_in_year(school_year, until, last=True),
                responsible_words=who,
                expected_result=result,
            )
            for n, (text, first, until, who, result) in enumerate(tasks, 1)
        )
    record(roadmap, "draft", by=by, words="составлен проект по образцу Положения", target="draft")
    return roadmap


def _editable(roadmap, by):
    if not by.can("roadmap.write"):
        raise NotAllowed("Дорожную карту правит куратор (п. 3.4)")
    if roadmap.state != "draft":
        raise Refused("Карта на утверждении или утверждена и закрыта для правки. Изменения вносят новым приказом")


@transaction.atomic
def save_task(roadmap, task: Task, responsible, *, by, version: int) -> Task:
    """Add or change a task of a draft. Raises ``NotAllowed``, ``Refused``, ``Stale``."""
    _editable(roadmap, by)
    claim(roadmap, version)
    if task.pk is None and not task.number:
        task.number = (task.stage.tasks.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    task.save()
    task.responsible.set(responsible)
    record(roadmap, "task", by=by, words=f"мероприятие {task.stage.number}.{task.number} записано", task=task.pk)
    return task


@transaction.atomic
def drop_task(roadmap, task: Task, *, by, version: int) -> None:
    """Take a task out of a draft. Raises ``NotAllowed``, ``Refused``, ``Stale``."""
    _editable(roadmap, by)
    claim(roadmap, version)
    record(roadmap, "drop_task", by=by, words=f"мероприятие {task.stage.number}.{task.number} убрано", task=task.pk)
    task.delete()


def submit(roadmap, *, by) -> Roadmap:
    """The curator hands the roadmap over to the director. Raises what ``perform`` raises."""
    roadmap = perform(roadmap, "submit", by=by)
    director, _ = signer()
    if director and director.email:
        send_template(
            "roadmap_submitted",
            to=director.email,
            context={"person": director, "roadmap": roadmap},
            person_id=director.pk,
        )
    return roadmap


def send_back(roadmap, *, by, reason: str) -> Roadmap:
    """Return a roadmap to drafting with a reason. Raises what ``perform`` raises."""
    if not reason.strip():
        raise Refused("Напишите, что доработать")
    return perform(roadmap, "send_back", by=by, reason=reason)


@transaction.atomic
def approve(roadmap, *, by, number: str, date) -> Roadmap:
    """Enact the director's order (п. 3.3); last version of the same year is superseded. Called by registration."""
    for old in Roadmap.objects.filter(school_year=roadmap.school_year, state="approved").exclude(pk=roadmap.pk):
        perform(old, "supersede", by=by, number=number)
    return perform(roadmap, "approve", by=by, columns={"order_number": number, "order_date": date}, number=number)


@transaction.atomic
def mark_done(task: Task, *, by, note: str) -> Task:
    """Mark a task of an approved roadmap done, with what came of it. Raises ``NotAllowed``, ``Refused``, ``Already``."""
    if not by.can("roadmap.write") and not task.responsible.filter(pk=by.person_id).exists():
        raise NotAllowed("Отмечает ответственный или куратор")
    if task.stage.roadmap.state != "approved":
        raise Refused("Выполнение отмечают в утверждённой карте")
    if not note.strip():
        raise Refused("Напишите, что получилось: документ, ссылка, число участников")
    if not Task.objects.filter(pk=task.pk, done_on__isnull=True).update(
        done_on=timezone.localdate(), done_note=note, done_by=by
    ):
        raise Already("Мероприятие уже отмечено")
    record(
        task.stage.roadmap,
        "done",
        by=by,
        words=f"мероприятие {task.stage.number}.{task.number} выполнено",
        task=task.pk,
    )
    task.refresh_from_db()
    return task
