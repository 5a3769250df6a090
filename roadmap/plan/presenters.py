"""What pages and papers of the roadmap show: badges, terms, rows of stages, buttons."""

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils import timezone

from mentoring_site.russian import joined, period, rudate, ruday, school_year
from mentoring_site.ui.elements import Action, Badge, Check, Crumb, Fact, Tone
from mentoring_site.workflow import action, readiness
from people.accounts.models import User
from people.rights import Right
from roadmap.plan.acts import may_mark
from roadmap.plan.models import Roadmap, Stage, Task
from roadmap.regulation.approvals import grifs
from roadmap.regulation.presenters import crumbs, order_words

State = Roadmap.State
TONES: dict[str, Tone] = {
    State.DRAFT: "draft",
    State.SUBMITTED: "others",
    State.APPROVED: "done",
    State.SUPERSEDED: "stopped",
}
NEXT_STEP = {State.DRAFT: "submit", State.SUBMITTED: "approve"}
"""The transition whose requirements a page lists."""
SAID_BELOW = ("Чего не хватает, сказано ниже",)


@dataclass(frozen=True)
class RoadmapRow:
    """A line of the list of roadmaps: ``value`` of ``max`` tasks are done."""

    title: str
    url: str
    badge: Badge
    order: str
    value: int
    max: int
    label: str


@dataclass(frozen=True)
class TaskRow:
    """A task in the table of its stage."""

    text: str
    url: str
    note: str
    result: str
    badge: Badge
    term: str
    who: str


@dataclass(frozen=True)
class StageRows:
    """A stage with its tasks: ``value`` of ``max`` are done; ``add_url`` leads to a new task of a draft."""

    title: str
    value: int
    max: int
    label: str
    add_url: str
    rows: list[TaskRow]


def badge(roadmap: Roadmap) -> Badge:
    """Return the state of a roadmap by word and shape."""
    return Badge(roadmap.get_state_display(), TONES[roadmap.state])


def task_badge(roadmap: Roadmap, task: Task) -> Badge:
    """Return how a task stands: done, late, under way, ahead."""
    today = timezone.localdate()
    approved = roadmap.state == State.APPROVED
    if task.done_on:
        return Badge("сделано", "done")
    if approved and task.due_on and task.due_on < today:
        return Badge("просрочено", "late")
    if approved and task.starts_on and task.starts_on <= today:
        return Badge("идёт", "others")
    return Badge("впереди", "ahead")


def responsible_words(task: Task) -> str:
    """Return who is responsible as the paper prints it, else the names of those who see it among their tasks."""
    return task.responsible_words or _names(task)


def _names(task: Task) -> str:
    return joined([person.short_name for person in task.responsible.all()])


def term_words(task: Task) -> str:
    """Return «1–30 сентября», «до 20 мая» or «в течение года»."""
    if task.starts_on and task.due_on:
        return period(task.starts_on, task.due_on)
    return f"до {ruday(task.due_on)}" if task.due_on else "в течение года"


def order_of(roadmap: Roadmap) -> str:
    """Return the order that approved the roadmap in words."""
    return order_words(roadmap.order_number, roadmap.order_date)


def list_row(roadmap: Roadmap) -> RoadmapRow:
    """Return the line of a roadmap read ``with_progress()``."""
    return RoadmapRow(
        title=str(roadmap),
        url=roadmap.get_absolute_url(),
        badge=badge(roadmap),
        order=order_of(roadmap),
        value=roadmap.done,
        max=max(roadmap.tasks, 1),
        label=f"{roadmap.done} из {roadmap.tasks}",
    )


def is_editable(roadmap: Roadmap, user: User) -> bool:
    """Whether the user may change the roadmap's tasks now."""
    return roadmap.state == State.DRAFT and user.can(Right.ROADMAP_WRITE)


def stage_rows(roadmap: Roadmap, stage: Stage, *, editable: bool) -> StageRows:
    """Return a stage with its prefetched tasks."""
    tasks = list(stage.tasks.all())
    done = sum(task.done_on is not None for task in tasks)
    return StageRows(
        title=str(stage),
        value=done,
        max=len(tasks),
        label=f"{done} из {len(tasks)}",
        add_url=reverse("roadmap:task_new", args=[roadmap.pk, stage.pk]) if editable else "",
        rows=[_task_row(roadmap, task) for task in tasks],
    )


def _task_row(roadmap: Roadmap, task: Task) -> TaskRow:
    return TaskRow(
        text=task.text,
        url=reverse("roadmap:task", args=[roadmap.pk, task.pk]),
        note=task.done_note,
        result=task.expected_result,
        badge=task_badge(roadmap, task),
        term=term_words(task),
        who=responsible_words(task),
    )


def checks(roadmap: Roadmap, user: User) -> list[Check]:
    """Return what the next step requires, for those who see drafts. A link to this very page is left out."""
    if roadmap.state not in NEXT_STEP or not user.can(Right.ROADMAP_SEE):
        return []
    editable = is_editable(roadmap, user)
    found = []
    for check in readiness(roadmap, NEXT_STEP[State(roadmap.state)]):
        if not editable or check.url == roadmap.get_absolute_url():
            check = replace(check, url="", link="")
        found.append(replace(check, waiting=not check.met and not editable))
    return found


def actions(roadmap: Roadmap, user: User) -> list[Action]:
    """Return the buttons of a roadmap's page."""
    found = []
    if roadmap.state == State.SUBMITTED and user.can(Right.ORDERS_DRAFT):
        url = f"{reverse('reports:order_new')}?kind=roadmap&roadmap={roadmap.pk}"
        found.append(Action("order", "Подготовить приказ", url, primary=True))
    for name, primary in (("submit", True), ("send_back", False)):
        act = action(roadmap, name, user, reverse(f"roadmap:{name}", args=[roadmap.pk]), primary=primary)
        if act:
            found.append(replace(act, reasons=SAID_BELOW) if act.reasons else act)
    if roadmap.state in Roadmap.OPEN_STATES and user.can(Right.ROADMAP_WRITE):
        url = reverse("roadmap:particulars", args=[roadmap.pk])
        found.append(Action("particulars", "Введение в действие и грифы", url))
    if roadmap.state == State.APPROVED and user.can(Right.ROADMAP_WRITE):
        found.append(Action("done", "Отметить несколько", reverse("roadmap:done_many", args=[roadmap.pk])))
        found.append(Action("new", "Составить новую редакцию", reverse("roadmap:new")))
    return found


def adoption(roadmap: Roadmap) -> list[Fact]:
    """Return from which day the roadmap is in force and who has adopted it."""
    marks = grifs(roadmap.approvals)  # as on the paper
    return Fact.known([("Вводится в действие с", rudate(roadmap.since) if roadmap.since else "")]) + [
        Fact(mark["word"].capitalize(), ", ".join(filter(None, [mark["body"], mark["paper"]]))) for mark in marks
    ]


def task_actions(roadmap: Roadmap, task: Task, user: User) -> list[Action]:
    """Return the buttons of a task's page."""

    def button(name: str, label: str, *, primary: bool = False, danger: bool = False) -> Action:
        url = reverse(f"roadmap:task_{name}", args=[roadmap.pk, task.pk])
        return Action(name, label, url, primary=primary, danger=danger)

    if is_editable(roadmap, user):
        return [
            button("edit", "Изменить мероприятие", primary=True),
            button("drop", "Убрать из карты", danger=True),
        ]
    if roadmap.state != State.APPROVED:
        return []
    if task.done_on:
        return [button("unmark", "Снять отметку")] if user.can(Right.ROADMAP_WRITE) else []
    return [button("done", "Отметить выполнение", primary=True)] if may_mark(task, user) else []


def task_facts(task: Task) -> list[Fact]:
    """Return what a task's page shows."""
    names, printed = _names(task), responsible_words(task)
    return Fact.known(
        [
            ("Этап", str(task.stage)),
            ("Срок", term_words(task)),
            ("Ответственные", printed),
            ("Среди своих дел видят", names if names != printed else ""),
            ("Ожидаемый результат", task.expected_result),
            ("Сделано", ruday(task.done_on) if task.done_on else ""),
            ("Что получилось", task.done_note),
        ]
    )


def recorded_now(task_pk: int | None) -> list[Fact]:
    """Return what is recorded now about a task that somebody else may have changed."""
    task = Task.objects.filter(pk=task_pk).prefetch_related("responsible").first() if task_pk else None
    if task is None:
        return []
    return Fact.known(
        [
            ("Сейчас: мероприятие", task.text),
            ("Сейчас: срок", term_words(task)),
            ("Сейчас: ответственные", responsible_words(task)),
            ("Сейчас: результат", task.expected_result),
        ]
    )


def crumbs_of(roadmap: Roadmap, last: str) -> list[Crumb]:
    """Return breadcrumbs of a page below a roadmap's page."""
    return crumbs(Crumb(school_year(roadmap.school_year), roadmap.get_absolute_url()), Crumb(last))
