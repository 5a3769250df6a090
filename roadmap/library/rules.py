"""The workflow of a methodical material (п. 3.5): put by who made it, looked at by the council, kept or put away."""

from typing import Any

from django.urls import reverse

from mentoring_site.workflow import Complaint, Transition, Workflow, requirement
from people.rights import Right
from people.roles.instead import decides_instead

IN_WORK = ("draft", "returned")
ADDER = "тот, кто добавил"


def parties(material: Any) -> set[int]:
    """Return who made the material: that person does not review it (``mentoring_site/interest.py``)."""
    return {material.created_by.person_id}


def adds(material: Any, user: Any) -> bool:
    """Whether the user has put the material here."""
    return material.created_by_id == user.pk


def _reviews_instead(material: Any, user: Any) -> bool:
    return decides_instead(user, Right.PRACTICES_REVIEW, parties(material))


@requirement("Приложен файл или ссылка")
def has_content(material: Any) -> Complaint | None:
    if any(row.removed_at is None for row in material.evidence.all()):
        return None
    url = reverse("evidence:add", args=["library", material.pk])
    return Complaint("Не приложены ни файл, ни ссылка", "Прикладывает тот, кто добавил материал", url, "Приложить")


READY = (has_content,)
REVIEWER = "директор, если больше некому"

MATERIAL = Workflow(
    Transition("submit", "Передать на рассмотрение совета", IN_WORK, "review", "передан на рассмотрение совета",
               READY, may=adds, who=ADDER),
    Transition("accept", "Принять в библиотеку", ("review",), "accepted", "принят советом", READY,
               right=Right.PRACTICES_REVIEW, may=_reviews_instead, who=REVIEWER, parties=parties),
    Transition("send_back", "Вернуть с замечаниями", ("review",), "returned", "возвращён советом с замечаниями",
               right=Right.PRACTICES_REVIEW, may=_reviews_instead, who=REVIEWER, parties=parties),
    Transition("rework", "Обновить", ("accepted", "archived"), "draft", "взят в работу, чтобы обновить",
               may=adds, who=ADDER),
    Transition("archive", "Убрать в архив", ("draft", "returned", "accepted"), "archived", "убран в архив",
               right=Right.LIBRARY_WRITE, may=adds, who=ADDER),
)  # fmt: skip
