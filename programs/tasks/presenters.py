"""What pages of tasks show."""

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils import timezone

from mentoring_site.evidence.presenters import Shown, shown
from mentoring_site.russian import near, ruday
from mentoring_site.ui.elements import Action, Badge, Fact, Tone
from mentoring_site.workflow import action
from people.accounts.models import User
from programs.journal.acts import speaks_for_others
from programs.program.models import Program
from programs.program.presenters import takes_part
from programs.tasks.models import MentorTask

TONES: dict[str, Tone] = {
    "given": "ahead",
    "done": "others",
    "returned": "you",
    "accepted": "done",
    "dropped": "stopped",
}


@dataclass(frozen=True)
class Row:
    """A task in a list."""

    text: str
    url: str
    who: str
    due: str
    badge: Badge
    program: str


def badge(task: MentorTask) -> Badge:
    """Return how a task stands; one that waits past its day is late."""
    if task.is_overdue() and task.program.state == Program.State.RUNNING:
        return Badge("просрочено", "late")
    return Badge(task.get_state_display(), TONES[task.state])


def row(task: MentorTask, user: User) -> Row:
    """Return a task read with its program and its mentee."""
    waits = task.state in MentorTask.OPEN and task.due_on >= timezone.localdate()
    due = f"{ruday(task.due_on)}, {near(task.due_on)}" if waits and near(task.due_on) else ruday(task.due_on)
    name = task.participation.person.short_name
    return Row(task.text, task.get_absolute_url(), name, due, badge(task), task.program.title)


def cells(task: MentorTask, user: User) -> tuple:
    """Return the cells of a workbook."""
    done = timezone.localdate(task.done_at) if task.done_at else None
    name, state = task.participation.person.full_name, badge(task).word
    return task.text, name, task.program.title, task.due_on, state, done, task.result, task.comment


def facts(task: MentorTask) -> list[Fact]:
    """Return what the page of a task shows."""
    given = f"{task.created_by.person.short_name}, {ruday(task.created_at)}"
    done = f"{task.done_by.person.short_name}, {ruday(task.done_at)}" if task.done_by else ""
    answered = f"{task.answered_by.person.short_name}, {ruday(task.answered_at)}" if task.answered_by else ""
    return Fact.known(
        [
            ("Кому", task.participation.person.full_name),
            ("До какого дня", ruday(task.due_on)),
            ("Кто дал", given),
            ("Что сделано", task.result),
            ("Отмечено", done),
            ("Слово наставника", task.comment),
            ("Ответ", answered),
        ]
    )


def evidence(task: MentorTask, user: User) -> Shown:
    """Return the evidence of a task read ``with_evidence``; its mentee may change it until it is accepted."""
    open_now = task.state not in (MentorTask.State.ACCEPTED, MentorTask.State.DROPPED)
    does = task.program.state == Program.State.RUNNING and task.WORKFLOW["do"].allows(task, user)
    return shown(task, changes=open_now and does, expected=task.state == MentorTask.State.ACCEPTED)


def actions(task: MentorTask, user: User) -> list[Action]:
    """Return the buttons of a task: the next step first."""

    def button(name: str, path: str, *, primary: bool = False) -> Action | None:
        return action(task, name, user, f"{task.get_absolute_url()}{path}/", primary=primary)

    checks = button("accept", "check", primary=True)
    found = [button("do", "do", primary=True), checks and replace(checks, label="Проверить"), button("drop", "drop")]
    return [one for one in found if one]


def may_give(program: Program, user: User) -> bool:
    """Whether the user gives tasks now: the mentor, and who writes down from paper and takes no part."""
    if program.state != Program.State.RUNNING:
        return False
    mine = takes_part(program, user)
    leads = mine is not None and mine.part == "mentor" and mine.until is None
    return leads or speaks_for_others(program, user)


def new_url(program: Program, user: User) -> str:
    """Return where a task is given, or an empty string."""
    return reverse("programs:mentor_task_new", args=[program.pk]) if may_give(program, user) else ""


def file_facts(found: Shown) -> list[Fact]:
    """Return the files that the mentor looks at before answering."""
    return [Fact("Файл", one.name, url=one.url) for one in (*found.pictures, *found.files)]
