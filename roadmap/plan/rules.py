"""The legal life of a roadmap, of the Положение and of minutes, as tables (п. 3.1, 3.3–3.5)."""

from mentoring_site.workflow import Complaint, Transition, Workflow, requirement
from people.rights import Right


@requirement("На каждом этапе есть мероприятия")
def every_stage_planned(roadmap):
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
def tasks_whole(roadmap):
    found = []
    for stage in roadmap.stages.all():
        for task in stage.tasks.all():
            missing = [
                w
                for w, have in (
                    ("срок", task.due_on),
                    ("ответственный", task.responsible_words or task.has_responsible),
                    ("ожидаемый результат", task.expected_result),
                )
                if not have
            ]
            if missing:
                found.append(
                    Complaint(
                        f"Мероприятие {stage.number}.{task.number}: не указано — {', '.join(missing)}",
                        "Указывает куратор",
                        roadmap.get_absolute_url(),
                        "Открыть карту",
                    )
                )
    return found


ROADMAP = Workflow(
    Transition(
        "submit",
        "Передать на утверждение",
        ("draft",),
        "submitted",
        "передана на утверждение",
        (every_stage_planned, tasks_whole),
        may=lambda r, u: u.can(Right.ROADMAP_WRITE),
        who="куратор",
    ),
    Transition(
        "send_back",
        "Вернуть на доработку",
        ("submitted",),
        "draft",
        "возвращена на доработку",
        may=lambda r, u: u.can(Right.ROADMAP_WRITE) or u.can(Right.ROADMAP_APPROVE),
        who="директор или куратор",
    ),
    Transition(
        "approve",
        "Утвердить приказом",
        ("submitted",),
        "approved",
        "утверждена приказом",
        (every_stage_planned, tasks_whole),
        may=lambda r, u: u.can(Right.ORDERS_REGISTER),
        who="тот, кто регистрирует приказ",
    ),
    Transition(
        "supersede",
        "Заменить новой редакцией",
        ("approved",),
        "superseded",
        "заменена новой редакцией",
        may=lambda r, u: u.can(Right.ORDERS_REGISTER),
        who="тот, кто регистрирует приказ",
    ),
)
