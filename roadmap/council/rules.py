"""The workflow of minutes (п. 3.5) and what their signing requires. The models import this table."""

from typing import Any

from django.urls import reverse

from mentoring_site.workflow import Complaint, Transition, Workflow, requirement
from people.rights import Right


@requirement("Указаны председательствующий, секретарь и присутствовавшие")
def attendance_known(minutes: Any) -> Complaint | None:
    """Minutes name who led the meeting, who wrote it down and who was there."""
    missing = [
        word
        for word, have in (
            ("председательствующий", minutes.chair_id),
            ("секретарь", minutes.secretary_id),
            ("присутствовавшие", minutes.present.all() or minutes.invited),
        )
        if not have
    ]
    if not missing:
        return None
    url = reverse("roadmap:minutes_edit", args=[minutes.pk])
    return Complaint(f"Не указано: {', '.join(missing)}", "Указывает секретарь совета", url, "Указать")


@requirement("По каждому вопросу повестки записано решение")
def decisions_recorded(minutes: Any) -> Complaint | list[Complaint]:
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
def votes_fit(minutes: Any) -> list[Complaint]:
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
        "подписан на бумаге",
        (attendance_known, decisions_recorded, votes_fit),
        right=Right.MINUTES_WRITE,
    ),
)
