"""What waits: tasks of support for who was given them, done ones and programs without a mark for the council."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.inbox import Group, HeldItem, InboxItem
from mentoring_site.russian import plural, ruday
from people.accounts.models import User
from people.rights import Right
from programs.pairings.models import Participation, present
from programs.program.models import Program
from programs.program.states import LIVE
from programs.support.marks import stage_now
from programs.support.models import CouncilMark, SupportTask

AT_MOST = 30
DONE, RETURNED = SupportTask.State.DONE, SupportTask.State.RETURNED
PROGRAMS = "программа,программы,программ"


def items(user: User) -> Iterator[InboxItem]:
    """Return the user's own open tasks, those that the council or curator looks at, programs that wait for a mark."""
    yield from (_to_do(task) for task in _own(user) if task.state != DONE)
    if user.can(Right.PROGRAMS_SUPPORT):
        done = SupportTask.objects.filter(state=DONE, program__state__in=LIVE).exclude(assignee=user.person_id)
        for task in done.with_requirements().order_by("done_at", "pk")[:AT_MOST]:
            if task.WORKFLOW["accept"].allows(task, user):
                yield _to_look_at(task)
    else:
        yield from (_to_look_at(task) for task in _own(user) if task.assignee_id != user.person_id)
    if user.can(Right.PROGRAMS_ASSESS):
        yield from _to_mark(user)


def _own(user: Any) -> list[SupportTask]:
    """Return the user's own tasks that wait for somebody, and the done ones that the user may accept as a curator.

    Read once for a user object, that is for a request; who may accept is said as in ``rules._looks``.
    """
    if not hasattr(user, "_own_support"):
        takes_part = present().filter(person=user.person_id, pairing=OuterRef("program__pairing")).order_by()
        mine = Q(assignee=user.person_id, state__in=(*SupportTask.OPEN, DONE))
        mine |= Q(~Exists(takes_part), program__curator=user.person_id, state=DONE)
        found = SupportTask.objects.filter(mine, program__state__in=LIVE).select_related("program", "assignee")
        user._own_support = list(found.order_by("due_on", "pk")[:AT_MOST])
    return user._own_support


def _to_do(task: SupportTask) -> InboxItem:
    returned = task.state == RETURNED
    return InboxItem(
        f"{'Доработать поручение совета' if returned else 'Поручение совета'}: {task}",
        "Совет вернул его и написал, что поправить" if returned else f"Поддержка программы «{task.program.title}»",
        f"{task.get_absolute_url()}do/",
        "Прочитать и исправить" if returned else "Отметить выполнение",
        until=task.due_on,
        group=Group.PROGRAMS,
        key=f"support:{task.pk}",
    )


def _to_look_at(task: SupportTask) -> InboxItem:
    return InboxItem(
        f"Посмотреть выполненное поручение: {task}",
        f"{task.assignee.short_name}, отмечено {ruday(task.done_at)}",
        f"{task.get_absolute_url()}check/",
        "Посмотреть",
        since=task.done_at,
        group=Group.COUNCIL,
        key=f"support:{task.pk}:check",
    )


def to_mark(user: User | None = None) -> list[Program]:
    """Return the running programs whose time of a mark has come and that nobody of the council has marked."""
    running = Program.objects.running().only("pk", "state", "started_on", "starts_on", "ends_on")
    if user is not None:
        mine = Participation.objects.filter(person=user.person_id, pairing=OuterRef("pairing"))
        running = running.exclude(curator=user.person_id).filter(~Exists(mine))
    marked = CouncilMark.objects.filter(program=OuterRef("pk")).order_by()
    rows = running.annotate(
        middle=Exists(marked.filter(stage=CouncilMark.Stage.MIDDLE)), end=Exists(marked.filter(stage="end"))
    )
    today = timezone.localdate()
    return [one for one in rows if (stage := stage_now(one, today)) and not getattr(one, stage)]


def _to_mark(user: User) -> Iterator[InboxItem]:
    waiting = to_mark(user)
    if not waiting:
        return
    one = len(waiting) == 1
    yield InboxItem(
        f"Оценить {'программу' if one else 'программы: ' + plural(len(waiting), PROGRAMS)}",
        "Пришло время оценки совета в середине или в конце программы (п. 3.5)",
        reverse("programs:support_of", args=[waiting[0].pk])
        if one
        else reverse("programs:council_marks") + "?mark=due",
        "Открыть программу" if one else "Открыть список",
        group=Group.COUNCIL,
        key=f"council-marks:{max(program.pk for program in waiting)}",
    )


def held(user: User) -> Iterator[HeldItem]:
    """Return the user's own done tasks that wait for the council; no query besides that of ``items``."""
    for task in _own(user):
        if task.state != DONE or task.assignee_id != user.person_id:
            continue
        key = f"support:{task.pk}"
        yield HeldItem(
            f"Поручение совета: {task}", "методический совет", task.get_absolute_url(), key, since=task.done_at
        )
