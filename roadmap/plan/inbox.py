"""What waits in the roadmap: tasks to do for whoever is responsible, a missing or returned roadmap for the curator."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.inbox import Group, InboxItem
from mentoring_site.russian import lower_first, school_year
from people.accounts.models import User
from people.rights import Right
from roadmap.plan.acts import this_year
from roadmap.plan.models import Roadmap, Task

AHEAD = timedelta(days=14)
TASKS_AT_MOST = 10
REASON_LENGTH = 140


def items(user: User) -> list[InboxItem]:
    """Return the user's tasks that are late or due within two weeks; for the curator also the roadmap itself."""
    found = [_task_item(task) for task in _tasks(user)]
    if user.can(Right.ROADMAP_WRITE):
        found += _roadmaps()
    return found


def _tasks(user: User) -> Iterable[Task]:
    """Tasks for which the user is responsible; for the curator also those that name nobody."""
    soon = timezone.localdate() + AHEAD
    tasks = Task.objects.filter(stage__roadmap__state=Roadmap.State.APPROVED, done_on__isnull=True, due_on__lte=soon)
    mine = tasks.filter(responsible=user.person_id)
    if user.can(Right.ROADMAP_WRITE):
        mine = (tasks.filter(responsible__isnull=True) | mine).distinct()
    return mine.select_related("stage__roadmap")[:TASKS_AT_MOST]


def _task_item(task: Task) -> InboxItem:
    return InboxItem(
        f"Выполнить по дорожной карте: {lower_first(task.text)}",
        f"Этап {task.stage.number}: {task.stage.title}",
        reverse("roadmap:task_done", args=[task.stage.roadmap_id, task.pk]),
        "Отметить выполнение",
        since=task.starts_on,
        until=task.due_on,
        group=Group.ROADMAP,
        key=f"task:{task.pk}",
    )


def _roadmaps() -> Iterator[InboxItem]:
    """Roadmaps that the director has returned, and that of this year when nobody has begun it."""
    roadmaps = Roadmap.objects.filter(Q(state=Roadmap.State.DRAFT) | Q(school_year=this_year()))
    for roadmap in roadmaps:
        if roadmap.state != Roadmap.State.DRAFT or not roadmap.returned_why:
            continue
        why = f"Возвращена: {roadmap.returned_why[:REASON_LENGTH]}"
        yield InboxItem(
            f"Доработать: {roadmap}",
            why,
            roadmap.get_absolute_url(),
            "Открыть карту",
            weight=60,
            group=Group.ROADMAP,
            key=f"roadmap:{roadmap.pk}",
        )
    if all(roadmap.school_year != this_year() for roadmap in roadmaps):
        yield InboxItem(
            f"Составить дорожную карту на {school_year(this_year(), full=True)} учебный год",
            "Её разрабатывает куратор и утверждает директор (п. 3.3, 3.4)",
            reverse("roadmap:new"),
            "Составить карту",
            weight=5,
            group=Group.ROADMAP,
            key=f"roadmap:{this_year()}:new",
        )
