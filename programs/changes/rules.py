"""The workflow that all changes of a pair or a program at work share (п. 4.1, 5.1, 7.1, 7.2): final by an order."""

from typing import Any

from mentoring_site.workflow import Complaint, Requirement, Transition, Workflow, requirement
from people.rights import Right


@requirement("Бумага, на которую сошлётся приказ, названа с датой")
def paper_named(change: Any) -> Complaint | None:
    """An order rests on a dated paper: a statement, an order of leave or dismissal, a memo."""
    if not change.paper or not change.paper_on:
        return Complaint(
            "Не названа бумага, на которую сошлётся приказ: заявление, приказ, записка с датой",
            "Куратор отменяет и готовит заново, с бумагой",
        )
    return None


def change_workflow(noun: str, ending: str, *requirements: Requirement) -> Workflow:
    """Return the workflow of one type of change.

    ``ending`` is the ending of «передан…» that agrees with ``noun``. The requirements must be met both when the change
    is submitted for an order and when that order is registered.
    """
    curator, submitted = Right.PROGRAMS_CHANGE, f"{noun}: передан{ending} на приказ"
    registered = f"{noun}: введен{ending} приказом"
    return Workflow(
        Transition("ready", "Передать на приказ", ("proposed",), "ready", submitted, requirements, right=curator),
        Transition(
            "reopen", "Вернуть к правке", ("ready",), "proposed", f"{noun}: возвращен{ending} к правке", right=curator
        ),
        Transition(
            "withdraw", "Отменить", ("proposed", "ready"), "withdrawn", f"{noun}: отменен{ending}", right=curator
        ),
        Transition(
            "register",
            "Ввести приказом",
            ("ready",),
            "registered",
            registered,
            requirements,
            right=Right.ORDERS_REGISTER,
        ),
    )
