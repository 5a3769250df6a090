"""The legal life of what changes a pair or a programme at work, as tables (п. 4.1, 5.1, 7.1, 7.2):
final by an order.
"""

from mentoring_site.workflow import Transition, Workflow
from people.rights import Right


def _curator(change, user):
    return user.can(Right.PROGRAMS_ACT_FOR_OTHERS)


def _registers(change, user):
    return user.can(Right.ORDERS_REGISTER)


def _life(noun: str, done: str, *requirements) -> Workflow:
    """Return the life of one sort of change; ``done`` is the ending of «передан…» that agrees with ``noun``."""
    return Workflow(
        Transition(
            "ready",
            "Передать на приказ",
            ("proposed",),
            "ready",
            f"{noun}: передан{done} на приказ",
            requirements,
            may=_curator,
            who="куратор",
        ),
        Transition(
            "reopen",
            "Вернуть к правке",
            ("ready",),
            "proposed",
            f"{noun}: возвращен{done} к правке",
            may=_curator,
            who="куратор",
        ),
        Transition(
            "withdraw",
            "Отменить",
            ("proposed", "ready"),
            "withdrawn",
            f"{noun}: отменен{done}",
            may=_curator,
            who="куратор",
        ),
        Transition(
            "register",
            "Ввести приказом",
            ("ready",),
            "registered",
            f"{noun}: введен{done} приказом",
            requirements,
            may=_registers,
            who="тот, кто регистрирует приказ",
        ),
    )
