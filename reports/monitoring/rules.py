"""When a monitoring is completed and what it requires (п. 3.4). The models import this table."""

from typing import Any

from django.urls import reverse

from mentoring_site.workflow import Complaint, Transition, Workflow, requirement
from people.rights import Right

CURATOR, COUNCIL = "Заполняет куратор", "Записывает методический совет"


def _missing(monitoring: Any, text: str, who: str, page: str, link: str) -> Complaint:
    return Complaint(text, who, reverse(f"reports:monitoring_{page}", args=[monitoring.pk]), link)


@requirement("Рабочая группа названа")
def group_named(monitoring: Any) -> Complaint | None:
    """A working group with its head."""
    if any(member.is_head for member in monitoring.members.all()):
        return None
    return _missing(monitoring, "Назовите рабочую группу и её руководителя", CURATOR, "edit", "Изменить")


@requirement("SWOT-анализ написан")
def weighed(monitoring: Any) -> Complaint | None:
    """All four fields."""
    if all((monitoring.strengths, monitoring.weaknesses, monitoring.opportunities, monitoring.threats)):
        return None
    return _missing(monitoring, "Напишите все четыре части SWOT-анализа", CURATOR, "swot", "Написать")


@requirement("Выводы и предложения записаны")
def concluded(monitoring: Any) -> Complaint | None:
    """What follows, and what is proposed."""
    if monitoring.conclusions and monitoring.proposals:
        return None
    return _missing(monitoring, "Запишите выводы и предложения", CURATOR, "conclusions", "Записать")


@requirement("Методический совет дал оценку")
def assessed(monitoring: Any) -> Complaint | None:
    """The council's word (п. 3.5)."""
    if monitoring.verdict:
        return None
    return _missing(monitoring, "Нужна оценка методического совета", COUNCIL, "assess", "Записать оценку")


@requirement("Протокол рабочей группы записан")
def minuted(monitoring: Any) -> Complaint | None:
    """The working group has met."""
    if monitoring.minutes_on:
        return None
    return _missing(monitoring, "Запишите протокол рабочей группы", CURATOR, "minutes", "Записать")


MONITORING = Workflow(
    Transition(
        "complete",
        "Завершить мониторинг",
        ("going",),
        "completed",
        "мониторинг завершён",
        (group_named, weighed, concluded, assessed, minuted),
        right=Right.MONITORING_WRITE,
    ),
)
