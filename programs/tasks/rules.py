"""The workflow of a mentor's task (п. 4.1, 5.2).

Each side takes its own steps; who writes down from paper what others say, and takes no part, takes them for both.
"""

from typing import Any

from mentoring_site.workflow import Complaint, Transition, Workflow, requirement
from people.rights import Right
from programs.journal.acts import speaks_for_others
from programs.pairings.models import Participation


def leads(task: Any, user: Any) -> bool:
    """Whether the user is the mentor of the program now."""
    mentor = Participation.Part.MENTOR
    return any(p.person_id == user.person_id and p.part == mentor for p in task.program.pairing.people)


def _mentor(task: Any, user: Any) -> bool:
    return leads(task, user) or speaks_for_others(task.program, user)


def _mentee(task: Any, user: Any) -> bool:
    return task.participation.person_id == user.person_id or speaks_for_others(task.program, user)


def _who_did(task: Any, user: Any) -> bool:
    return task.done_by_id == user.pk


def _who_answered(task: Any, user: Any) -> bool:
    return task.answered_by_id == user.pk


@requirement("Программа реализуется")
def runs(task: Any) -> Complaint | None:
    if task.program.state != task.program.State.RUNNING:
        return Complaint("Задания выполняют и проверяют, пока программа реализуется")
    return None


@requirement("Наставляемый участвует в программе")
def takes_part(task: Any) -> Complaint | None:
    if task.participation.until is not None:
        return Complaint("Участие наставляемого в программе закончилось: задание осталось в истории")
    return None


PAPER = " или ".join(Right.PROGRAMS_ACT_FOR_OTHERS.holders)
BY_MENTOR, BY_MENTEE = f"наставник или с бумаги {PAPER}", f"сам наставляемый или с бумаги {PAPER}"
AT_WORK = (runs, takes_part)

TASK = Workflow(
    Transition("do", "Отметить выполнение", ("given", "returned"), "done", "отмечено выполненным", AT_WORK,
               may=_mentee, who=BY_MENTEE),
    Transition("accept", "Принять", ("done",), "accepted", "принято наставником", AT_WORK, may=_mentor, who=BY_MENTOR),
    Transition("send_back", "Вернуть на доработку", ("done",), "returned", "возвращено на доработку", AT_WORK,
               may=_mentor, who=BY_MENTOR),
    Transition("drop", "Снять задание", ("given", "returned"), "dropped", "снято", (runs,), may=_mentor, who=BY_MENTOR),
    Transition("undo_do", "Отменить отметку", ("done",), "given", "отметка о выполнении отменена", AT_WORK,
               may=_who_did, who="тот, кто отметил"),
    Transition("undo_answer", "Отменить ответ", ("accepted", "returned"), "done", "ответ на задание отменён", AT_WORK,
               may=_who_answered, who="тот, кто ответил"),
)  # fmt: skip
