"""The workflow of minutes (п. 3.5) and what their signing requires. The models import this table."""

from typing import Any

from django.urls import reverse

from mentoring_site.russian import joined
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


@requirement("Голосов не больше, чем присутствовавших, о ком вопрос — не голосуют")
def votes_fit(minutes: Any) -> list[Complaint]:
    """Only where the names of all are recorded: others who were there may have no vote.

    Whom a question is about has no vote on it (``mentoring_site/interest.py``).
    """
    if minutes.invited or not minutes.present.all():
        return []
    return [found for item in minutes.items.all() if (found := _too_many_votes(minutes, item))]


def _too_many_votes(minutes: Any, item: Any) -> Complaint | None:
    present = list(minutes.present.all())
    interested = [person.short_name for person in present if person.pk in _parties(item)]
    count = len(present) - len(interested)
    votes = sum(filter(None, (item.votes_for, item.votes_against, item.votes_abstained)))
    if votes <= count:
        return None
    said = f", без тех, кого он касается ({joined(interested)}), — {count}" if interested else ""
    return Complaint(
        f"Вопрос {item.number}: голосов {votes}, а присутствовало {len(present)}{said}",
        "Исправляет секретарь совета",
        reverse("roadmap:item_edit", args=[minutes.pk, item.pk]),
        "Исправить",
    )


def _parties(item: Any) -> set[int]:
    """Return the keys of the people whom the programs and pairs of a question are about."""
    pairings = [*item.pairings.all(), *(program.pairing for program in item.programs.all())]
    return {side.person_id for pairing in pairings for side in pairing.participations.all() if side.until is None}


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
