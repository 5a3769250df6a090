"""The legal life of a roadmap, as a table (п. 3.3, 3.4)."""

from mentoring_site.workflow import Complaint, Transition, Workflow, requirement


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
        lambda r, u: u.can("roadmap.write"),
        "куратор",
        "передана на утверждение",
        (every_stage_planned, tasks_whole),
    ),
    Transition(
        "send_back",
        "Вернуть на доработку",
        ("submitted",),
        "draft",
        lambda r, u: u.can("roadmap.write") or u.can("roadmap.approve"),
        "директор или куратор",
        "возвращена на доработку",
    ),
    Transition(
        "approve",
        "Утвердить приказом",
        ("submitted",),
        "approved",
        lambda r, u: u.can("orders.register"),
        "тот, кто регистрирует приказ",
        "утверждена приказом",
        (every_stage_planned, tasks_whole),
    ),
    Transition(
        "supersede",
        "Заменить новой редакцией",
        ("approved",),
        "superseded",
        lambda r, u: u.can("orders.register"),
        "тот, кто регистрирует приказ",
        "заменена новой редакцией",
    ),
)
