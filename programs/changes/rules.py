"""The workflow that all changes of a pair or a program at work share (п. 4.1, 5.1, 7.1, 7.2): final by an order."""

from mentoring_site.workflow import Requirement, Transition, Workflow
from people.rights import Right


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
