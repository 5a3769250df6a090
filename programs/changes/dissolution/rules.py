"""The workflow of the end of a pair without a program (п. 7.1 by analogy)."""

from typing import Any

from mentoring_site.workflow import Complaint, requirement
from programs.changes.rules import change_workflow, paper_named
from programs.pairings.models import Pairing


@requirement("Пара закреплена приказом")
def assigned(change: Any) -> Complaint | None:
    if change.pairing.state != Pairing.State.ASSIGNED:
        return Complaint("Пара уже не закреплена: прекращать нечего", "Куратор отменяет")
    return None


@requirement("Утверждённой программы у пары нет")
def no_program(change: Any) -> Complaint | None:
    """A program that runs ends with its pair by an order of completion (п. 7.1)."""
    if change.has_program:
        return Complaint(
            "У пары есть утверждённая программа: пара завершается вместе с ней (п. 7.1)",
            "Куратор начинает завершение на странице программы",
        )
    return None


DISSOLUTION = change_workflow("прекращение закрепления", "о", assigned, no_program, paper_named)
