"""The workflow of a record of training: the person writes it down, a keeper compares it with the document (п. 5.1).

Nobody confirms one's own record (``mentoring_site/interest.py``).
"""

from typing import Any

from mentoring_site.workflow import Transition, Workflow
from people.rights import Right

ONESELF = "сам человек"


def is_own(training: Any, user: Any) -> bool:
    """Whether the record is about the user."""
    return training.person_id == user.person_id


def _about(training: Any) -> list[int]:
    return [training.person_id]


def _who_answered(training: Any, user: Any) -> bool:
    return training.answered_by_id == user.pk


KEEP = Right.TRAINING_EDIT

TRAINING = Workflow(
    Transition("confirm", "Подтвердить", ("entered",), "confirmed", "подтверждено по документу",
               right=KEEP, parties=_about),
    Transition("send_back", "Вернуть", ("entered",), "returned", "возвращено на уточнение",
               right=KEEP, parties=_about),
    Transition("submit", "Отправить снова", ("returned",), "entered", "уточнено и отправлено снова",
               right=KEEP, may=is_own, who=ONESELF),
    Transition("undo_answer", "Отменить ответ", ("confirmed", "returned"), "entered", "ответ отменён",
               may=_who_answered, who="тот, кто ответил"),
)  # fmt: skip
