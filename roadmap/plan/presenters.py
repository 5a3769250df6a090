"""What pages and papers of the roadmap show: badges, terms, rows of stages, buttons."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from mentoring_site.evidence.presenters import NOTHING, File, Shown, on_day_of, revision_file, shown, with_evidence
from mentoring_site.russian import joined, period, plural, rudate, ruday, school_year
from mentoring_site.ui.elements import Action, Badge, Check, Crumb, Fact, Tab, Tone
from mentoring_site.workflow import action, readiness
from people.accounts.models import User
from people.rights import Right
from roadmap.plan.acts import may_mark
from roadmap.plan.coverage import Coverage
from roadmap.plan.models import Roadmap, Stage, Task
from roadmap.proofs import kinds
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
PART, YEAR, PROOFS, HISTORY = "part", "year", "proofs", "history"
SOON = timedelta(days=14)
MOST_NOW = 8
"""So many tasks stand above the stages; all of them stand in their stages too."""
MINE = Badge("Ваше", "you")
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
    """A task in the table of its stage, or among what goes on now; ``mine`` marks the reader's own there."""

    number: str
    text: str
    url: str
    note: str
    result: str
    badge: Badge
    term: str
    who: str
    mine: Badge | None = None


@dataclass(frozen=True)
class ProofRow:
    """A line with what proved it on a day."""

    number: str
    text: str
    url: str
    files: list[File]


@dataclass(frozen=True)
class StageRows:
    """A stage with its tasks, folded unless ``is_open``; ``label`` counts them, ``late`` counts those that are late.

    ``silence`` says what of a stage that has begun is missing, ``news`` counts what is written about it. ``add_url``
    leads to a new task of a draft.
    """

    title: str
    label: str
    late: str
    add_url: str
    is_open: bool
    rows: list[TaskRow]
    silence: str = ""
    news: str = ""
    tell_url: str = ""
    numbers: str = ""


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


def tabs(roadmap: Roadmap, part: str, *, history: bool) -> list[Tab]:
    """Return the parts of a roadmap's page; the history only for those who see drafts."""
    parts = [
        ("", "Мероприятия"),
        (YEAR, "Год на одной линии"),
        (PROOFS, "Подтверждения"),
        *([(HISTORY, "История")] if history else []),
    ]
    url = roadmap.get_absolute_url()
    return [Tab(label, f"{url}?{PART}={key}" if key else url, current=key == part) for key, label in parts]


def is_editable(roadmap: Roadmap, user: User) -> bool:
    """Whether the user may change the roadmap's tasks now."""
    return roadmap.state == State.DRAFT and user.can(Right.ROADMAP_WRITE)


def stage_rows(
    roadmap: Roadmap, stage: Stage, *, editable: bool, heard: Coverage | None = None, tells: bool = False
) -> StageRows:
    """Return a stage with its prefetched tasks; of a roadmap that is not approved yet the first one stands open.

    ``heard`` is what is heard of it (coverage.py); ``tells`` says that the reader writes news.
    """
    tasks = list(stage.tasks.all())
    done = sum(task.done_on is not None for task in tasks)
    late = sum(task_badge(roadmap, task).tone == "late" for task in tasks)
    counted = roadmap.state in (State.APPROVED, State.SUPERSEDED)
    total = plural(len(tasks), "мероприятие,мероприятия,мероприятий") if tasks else "мероприятий пока нет"
    return StageRows(
        title=str(stage),
        label=f"сделано {done} из {len(tasks)}" if counted and tasks else total,
        late=f"просрочено: {late}" if late else "",
        add_url=reverse("roadmap:task_new", args=[roadmap.pk, stage.pk]) if editable else "",
        is_open=not counted and stage.number == 1,
        rows=[_task_row(roadmap, stage, task) for task in tasks],
        tell_url=f"{reverse('reports:news_new')}?stage={stage.number}" if tells and heard and not heard.news else "",
        silence=heard.silence if heard and roadmap.state == State.APPROVED else "",
        news=plural(heard.news, "новость,новости,новостей") if heard and heard.news else "",
    )


def now_rows(roadmap: Roadmap, user: User) -> list[TaskRow]:
    """Return what is late or goes on in an approved roadmap, or begins or ends soon: the reader's own first."""
    if roadmap.state != State.APPROVED:
        return []
    soon = timezone.localdate() + SOON
    tasks = [
        task
        for stage in roadmap.stages.all()
        for task in stage.tasks.all()
        if task.done_on is None and any(day and day <= soon for day in (task.starts_on, task.due_on))
    ]
    own = {task.pk for task in tasks if user.person_id in {person.pk for person in task.responsible.all()}}
    tasks.sort(key=lambda task: (task.pk not in own, task.due_on is None, task.due_on))
    return [
        replace(_task_row(roadmap, task.stage, task), mine=MINE if task.pk in own else None)
        for task in tasks[:MOST_NOW]
    ]


def proof_rows(roadmap: Roadmap, day: date) -> list[ProofRow]:
    """Return the lines of a roadmap that something proved at the end of a day, with what (its tasks are read)."""
    tasks = [task for stage in roadmap.stages.all() for task in stage.tasks.all()]
    stood = on_day_of(tasks, day)
    return [
        ProofRow(
            f"{task.stage.number}.{task.number}",
            task.text,
            reverse("roadmap:task", args=[roadmap.pk, task.pk]),
            [revision_file(revision) for revision in stood[task.pk]],
        )
        for task in tasks
        if task.pk in stood
    ]


def _task_row(roadmap: Roadmap, stage: Stage, task: Task) -> TaskRow:
    return TaskRow(
        number=f"{stage.number}.{task.number}",
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


def task_evidence(roadmap: Roadmap, task: Task, user: User) -> Shown:
    """Return what proves a task of a roadmap that was approved; what the system has found done needs no other proof."""
    if not task.done_on and roadmap.state not in (State.APPROVED, State.SUPERSEDED):
        return NOTHING
    changes = roadmap.state == State.APPROVED and may_mark(task, user)
    prefetch_related_objects([task], with_evidence())
    return shown(task, changes=changes, expected=bool(task.done_on) and task.done_by_id is not None)


def task_facts(task: Task) -> list[Fact]:
    """Return what a task's page shows."""
    names, printed = _names(task), responsible_words(task)
    return Fact.known(
        [
            ("Этап", str(task.stage)),
            ("Срок", term_words(task)),
            ("Ответственные", printed),
            ("Среди своих дел видят", names if names != printed else ""),
            ("Результат, вид документа", task.expected_result),
            ("Закроется, когда приложены", kinds.words(task.proof_kinds) if not task.done_on else ""),
            ("Ещё не приложено", _lacking(task)),
            ("Сделано", ruday(task.done_on) if task.done_on else ""),
            ("Что получилось", task.done_note),
        ]
    )


def _lacking(task: Task) -> str:
    """Return the kinds of evidence that a task begun to be proved still waits for (its evidence is read)."""
    if task.done_on or not task.proof_kinds:
        return ""
    standing = kinds.standing(task.evidence.all())
    return kinds.words(kinds.missing(task.proof_kinds, standing)) if standing else ""


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
