"""The workflow of a roadmap (п. 3.3, 3.4) and what each step requires. The models import this table."""

from collections.abc import Iterator
from typing import Any

from mentoring_site.workflow import Complaint, Transition, Workflow, requirement
from people.rights import Right


@requirement("На каждом этапе есть мероприятия")
def every_stage_has_tasks(roadmap: Any) -> list[Complaint]:
    """Appendix of the Положение: seven stages."""
    return [
        Complaint(
            f"Этап {stage.number} «{stage.title}» без мероприятий",
            "Добавляет куратор",
            roadmap.get_absolute_url(),
            "Открыть карту",
        )
        for stage in roadmap.stages.all()
        if not stage.tasks.all()
    ]


@requirement("У каждого мероприятия есть срок, ответственный и ожидаемый результат")
def tasks_are_complete(roadmap: Any) -> list[Complaint]:
    """Whoever reads a task knows until when, by whom and with what result."""
    return [
        Complaint(
            f"Мероприятие {stage.number}.{task.number}: не указано — {', '.join(missing)}",
            "Указывает куратор",
            roadmap.get_absolute_url(),
            "Открыть карту",
        )
        for stage in roadmap.stages.all()
        for task in stage.tasks.all()
        if (missing := list(_missing(task)))
    ]


def _missing(task: Any) -> Iterator[str]:
    if not task.due_on:
        yield "срок"
    if not (task.responsible_words or task.has_responsible):
        yield "ответственный"
    if not task.expected_result:
        yield "ожидаемый результат"


ROADMAP = Workflow(
    Transition(
        "submit",
        "Передать на утверждение",
        ("draft",),
        "submitted",
        "передана на утверждение",
        (every_stage_has_tasks, tasks_are_complete),
        right=Right.ROADMAP_WRITE,
    ),
    Transition(
        "send_back",
        "Вернуть на доработку",
        ("submitted",),
        "draft",
        "возвращена на доработку",
        right=Right.ROADMAP_APPROVE,
        may=lambda roadmap, user: user.can(Right.ROADMAP_WRITE),
        who=Right.ROADMAP_WRITE.who,
    ),
    Transition(
        "approve",
        "Утвердить приказом",
        ("submitted",),
        "approved",
        "утверждена приказом",
        (every_stage_has_tasks, tasks_are_complete),
        right=Right.ORDERS_REGISTER,
    ),
    Transition(
        "supersede",
        "Заменить новой редакцией",
        ("approved",),
        "superseded",
        "заменена новой редакцией",
        right=Right.ORDERS_REGISTER,
    ),
)
