"""What pages of support and of marks show."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from mentoring_site.evidence.presenters import Shown, shown
from mentoring_site.russian import joined, near, ruday
from mentoring_site.ui.elements import Action, Badge, Crumb, Fact, Tone
from mentoring_site.workflow import action
from people.accounts.models import User
from people.rights import Right
from programs.pairings.rules import mentees_of, mentor_of
from programs.program.models import Program
from programs.program.presenters import crumbs as program_crumbs
from programs.program.presenters import takes_part
from programs.program.states import LIVE
from programs.support.marks import may_mark, stage_now
from programs.support.models import CouncilMark, SupportTask

TONES: dict[str, Tone] = {
    "given": "ahead",
    "done": "others",
    "returned": "you",
    "accepted": "done",
    "dropped": "stopped",
}
SCALE = dict(CouncilMark.SCALE)
LABELS = {
    "plan": "План выполняется в срок",
    "needs": "Программа отвечает затруднениям и запросам",
    "method": "Методических материалов хватает",
    "bond": "Наставник и наставляемый работают вместе",
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


@dataclass(frozen=True)
class MarkCard:
    """One mark: when, who, each criterion in words, the conclusion."""

    title: str
    who: str
    facts: list[Fact]
    conclusion: str


def badge(task: SupportTask) -> Badge:
    """Return how a task stands; one that waits past its day is late."""
    if task.is_overdue() and task.program.state in LIVE:
        return Badge("просрочено", "late")
    return Badge(task.get_state_display(), TONES[task.state])


def row(task: SupportTask, user: User) -> Row:
    """Return a task read with its program and assignee."""
    waits = task.state in SupportTask.OPEN and not task.is_overdue()
    due = f"{ruday(task.due_on)}, {near(task.due_on)}" if waits and near(task.due_on) else ruday(task.due_on)
    return Row(task.text, task.get_absolute_url(), task.assignee.short_name, due, badge(task), task.program.title)


def cells(task: SupportTask, user: User) -> tuple:
    """Return the cells of a workbook."""
    return (
        task.text,
        task.get_category_display(),
        task.assignee.full_name,
        task.program.title,
        task.due_on,
        badge(task).word,
        task.result,
        task.comment,
    )


def sees_program(task: SupportTask, user: User) -> bool:
    """Whether the user may open the program: a named employee reads only the task."""
    return user.can(Right.PROGRAMS_SEE_ALL) or takes_part(task.program, user) is not None


def crumbs(task: SupportTask, user: User, last: str = "Поручение") -> list[Crumb]:
    """Return the way to a task; who does not see the program comes from the list of tasks."""
    if sees_program(task, user):
        return program_crumbs(task.program, last)
    return [Crumb("Поручения совета", reverse("programs:support_tasks")), Crumb(last)]


def facts(task: SupportTask) -> list[Fact]:
    """Return what the page of a task shows."""
    given = f"{task.created_by.person.short_name}, {ruday(task.created_at)}"
    done = f"{task.done_by.person.short_name}, {ruday(task.done_at)}" if task.done_by else ""
    answered = f"{task.answered_by.person.short_name}, {ruday(task.answered_at)}" if task.answered_by else ""
    return Fact.known(
        [
            ("Кому поручено", task.assignee.full_name),
            ("Какая поддержка", task.get_category_display()),
            ("До какого дня", ruday(task.due_on)),
            ("Кто поручил", given),
            ("Что сделано", task.result),
            ("Отмечено", done),
            ("Слово совета", task.comment),
            ("Ответ", answered),
        ]
    )


def evidence(task: SupportTask, user: User) -> Shown:
    """Return the materials of a task read ``with_evidence``; who was given it may change them until it is accepted."""
    open_now = task.state not in (SupportTask.State.ACCEPTED, SupportTask.State.DROPPED)
    does = task.program.state in LIVE and task.WORKFLOW["do"].allows(task, user)
    return shown(task, changes=open_now and does, expected=task.state == SupportTask.State.ACCEPTED)


def file_facts(found: Shown) -> list[Fact]:
    """Return the files that the council looks at before answering."""
    return [Fact("Файл", one.name, url=one.url) for one in (*found.pictures, *found.files)]


def actions(task: SupportTask, user: User) -> list[Action]:
    """Return the buttons of a task: the next step first."""

    def button(name: str, path: str, *, primary: bool = False) -> Action | None:
        return action(task, name, user, f"{task.get_absolute_url()}{path}/", primary=primary)

    checks = button("accept", "check", primary=True)
    found = [button("do", "do", primary=True), checks and replace(checks, label="Проверить"), button("drop", "drop")]
    return [one for one in found if one]


def new_url(program: Program, user: User) -> str:
    """Return where a task of support is given, or an empty string."""
    may = user.can(Right.PROGRAMS_SUPPORT) and program.state in LIVE
    return reverse("programs:support_new", args=[program.pk]) if may else ""


def mark_url(program: Program, user: User, marks: Iterable[CouncilMark]) -> str:
    """Return where the user marks the program now, or an empty string."""
    stage = stage_now(program)
    if stage is None or not may_mark(program, user):
        return ""
    mine = any(mark.author_id == user.pk and mark.stage == stage for mark in marks)
    return "" if mine else reverse("programs:council_mark_new", args=[program.pk])


def mark_card(mark: CouncilMark) -> MarkCard:
    """Return a mark in words."""
    return MarkCard(
        title=f"Оценка {mark.get_stage_display()} программы",
        who=f"{mark.author.person.short_name}, {ruday(mark.made_at)}",
        facts=[Fact(LABELS[name], SCALE[getattr(mark, name)]) for name in CouncilMark.CRITERIA],
        conclusion=mark.conclusion,
    )


@dataclass(frozen=True)
class ProgramRow:
    """A program in the list of marks."""

    title: str
    url: str
    people: str
    middle: Badge
    end: Badge
    ends: str


def _stage_badge(marks: list[CouncilMark], due: bool) -> Badge:
    if not marks:
        return Badge("ждёт оценки", "others") if due else Badge("ещё рано", "ahead")
    low = min(mark.lowest for mark in marks)
    return Badge(average(marks), "late" if low == 1 else "done")


def average(marks: list[CouncilMark]) -> str:
    """Return «3,5 из 4»."""
    mean = sum(mark.total for mark in marks) / len(marks) / len(CouncilMark.CRITERIA)
    return f"{mean:.1f} из 4".replace(".", ",", 1)


def marks_of(program: Program, stage: str) -> list[CouncilMark]:
    """Return the prefetched marks of one stage."""
    return [mark for mark in program.council_marks.all() if mark.stage == stage]


def program_row(program: Any, user: User) -> ProgramRow:
    """Return a row of a program read with people and marks."""
    middle, end, now = marks_of(program, "middle"), marks_of(program, "end"), stage_now(program)
    return ProgramRow(
        title=program.title,
        url=reverse("programs:support_of", args=[program.pk]),
        people=people_words(program),
        middle=_stage_badge(middle, now == "middle") if middle or now != "end" else Badge("не было", "stopped"),
        end=_stage_badge(end, now == "end") if end or program.state in LIVE else Badge("не было", "stopped"),
        ends=ruday(program.ends_on) if program.ends_on else "",
    )


def people_words(program: Program) -> str:
    """Return «Басангов О. С. — Лиджиева К. Б.»."""
    mentor = mentor_of(program.pairing)
    mentees = joined([m.person.short_name for m in mentees_of(program.pairing)])
    return f"{mentor.person.short_name if mentor else 'без наставника'} — {mentees}"


def program_cells(program: Any, user: User) -> tuple:
    """Return the cells of a program under the columns of the workbook."""
    found = [marks_of(program, stage) for stage in ("middle", "end")]
    words = ["\n".join(f"{m.author.person.short_name}: {m.conclusion}" for m in marks) for marks in found]
    return (
        program.title,
        people_words(program),
        program.ends_on,
        average(found[0]) if found[0] else "",
        words[0],
        average(found[1]) if found[1] else "",
        words[1],
    )
