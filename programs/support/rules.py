"""The workflow of a task of methodical support (п. 3.5).

Whoever was given it does it; the council looks, but never the one who did it, nor a participant of the program.
"""

from typing import Any

from mentoring_site.workflow import Complaint, Transition, Workflow, requirement
from people.rights import Right
from programs.program.rules import parties
from programs.program.states import LIVE


def _assignee(task: Any, user: Any) -> bool:
    return user.person_id == task.assignee_id


def _looks(task: Any, user: Any) -> bool:
    """The council, or the responsible curator where nobody else of the council is left (п. 3.4)."""
    if user.person_id in {task.assignee_id, *parties(task.program)}:
        return False
    return user.can(Right.PROGRAMS_SUPPORT) or user.person_id == task.program.curator_id


def _gives(task: Any, user: Any) -> bool:
    return user.can(Right.PROGRAMS_SUPPORT)


def _who_did(task: Any, user: Any) -> bool:
    return task.done_by_id == user.pk


def _who_answered(task: Any, user: Any) -> bool:
    return task.answered_by_id == user.pk


@requirement("Программа не закончена")
def goes_on(task: Any) -> Complaint | None:
    if task.program.state not in LIVE:
        return Complaint("Программа закончена: её поддержка осталась в истории")
    return None


GIVER = Right.PROGRAMS_SUPPORT.who
LOOKER = f"{GIVER} или куратор программы, но не тот, кому поручено, и не участник программы"
OPEN = (goes_on,)

SUPPORT = Workflow(
    Transition("do", "Отметить выполнение", ("given", "returned"), "done", "поручение выполнено", OPEN,
               may=_assignee, who="тот, кому поручено"),
    Transition("accept", "Принять", ("done",), "accepted", "поручение принято", OPEN, may=_looks, who=LOOKER),
    Transition("send_back", "Вернуть на доработку", ("done",), "returned", "поручение возвращено", OPEN,
               may=_looks, who=LOOKER),
    Transition("drop", "Снять поручение", ("given", "returned"), "dropped", "поручение снято", may=_gives, who=GIVER),
    Transition("undo_do", "Отменить отметку", ("done",), "given", "отметка о выполнении отменена", OPEN,
               may=_who_did, who="тот, кто отметил"),
    Transition("undo_answer", "Отменить ответ", ("accepted", "returned"), "done", "ответ отменён", OPEN,
               may=_who_answered, who="тот, кто ответил"),
)  # fmt: skip
