"""The legal life of a roadmap, of the Положение and of minutes, as tables (п. 3.1, 3.3–3.5)."""

from django.urls import reverse

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

REGULATION = Workflow(
    Transition(
        "approve",
        "Утвердить приказом",
        ("draft",),
        "approved",
        lambda r, u: u.can("orders.register"),
        "тот, кто регистрирует приказ",
        "утверждено приказом",
    ),
    Transition(
        "supersede",
        "Заменить новой редакцией",
        ("approved",),
        "superseded",
        lambda r, u: u.can("orders.register"),
        "тот, кто регистрирует приказ",
        "заменено новой редакцией",
    ),
)
"""A version of the Положение comes with the order that approves it (п. 3.1, 9.1)."""


@requirement("Указаны председательствующий, секретарь и присутствовавшие")
def attended(minutes):
    missing = [
        word
        for word, have in (
            ("председательствующий", minutes.chair_id),
            ("секретарь", minutes.secretary_id),
            ("присутствовавшие", minutes.present.all() or minutes.invited),
        )
        if not have
    ]
    if missing:
        url = reverse("roadmap:minutes_edit", args=[minutes.pk])
        return Complaint(f"Не указано: {', '.join(missing)}", "Указывает секретарь совета", url, "Указать")


@requirement("По каждому вопросу повестки записано решение")
def decided(minutes):
    """A meeting without decisions needs no minutes, a question without a decision cannot be cited."""
    items = list(minutes.items.all())
    if not items:
        url = reverse("roadmap:item_new", args=[minutes.pk])
        return Complaint("В повестке нет ни одного вопроса", "Добавляет секретарь совета", url, "Добавить вопрос")
    return [
        Complaint(
            f"Вопрос {item.number}: не записано решение",
            "Записывает секретарь совета",
            reverse("roadmap:item_edit", args=[minutes.pk, item.pk]),
            "Записать",
        )
        for item in items
        if not item.decided.strip()
    ]


@requirement("Голосов не больше, чем присутствовавших")
def votes_fit(minutes):
    """Only where the names of all are recorded: others who were there may have no vote."""
    count = len(minutes.present.all())
    return [
        Complaint(
            f"Вопрос {item.number}: голосов {votes}, а присутствовало {count}",
            "Исправляет секретарь совета",
            reverse("roadmap:item_edit", args=[minutes.pk, item.pk]),
            "Исправить",
        )
        for item in minutes.items.all()
        if count
        and not minutes.invited
        and (votes := sum(filter(None, (item.votes_for, item.votes_against, item.votes_abstained)))) > count
    ]


MINUTES = Workflow(
    Transition(
        "sign",
        "Записать подписание",
        ("draft",),
        "signed",
        lambda m, u: u.can("minutes.write"),
        "председатель или секретарь совета, куратор",
        "подписан на бумаге",
        (attended, decided, votes_fit),
    ),
)
