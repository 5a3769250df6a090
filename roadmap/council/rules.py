"""The workflow of a meeting (п. 3.5) and what its minutes require. The models import this table."""

from typing import Any

from django.urls import reverse

from mentoring_site.russian import joined
from mentoring_site.workflow import Complaint, Transition, Workflow, requirement
from people.rights import Right
from roadmap.council.quorum import interested_in, members_of, quorum_of


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


@requirement("В повестке есть вопросы")
def agenda_known(minutes: Any) -> Complaint | None:
    """People are invited to speak of something."""
    if not list(minutes.items.all()):
        url = reverse("roadmap:item_new", args=[minutes.pk])
        return Complaint("В повестке нет ни одного вопроса", "Добавляет секретарь совета", url, "Добавить вопрос")
    return None


@requirement("По каждому вопросу повестки записано решение")
def decisions_recorded(minutes: Any) -> Complaint | list[Complaint] | None:
    """A meeting without decisions needs no minutes, a question without a decision cannot be cited."""
    items = list(minutes.items.all())
    if not items:
        return agenda_known.complaints(minutes)
    return [
        Complaint(
            f"Вопрос {item.number}: не записано решение",
            "Записывает секретарь совета",
            reverse("roadmap:item_edit", args=[minutes.pk, item.pk]),
            "Записать",
        )
        for item in items
        if not item.decided.strip() and not item.postponed
    ]


@requirement("По каждому вопросу есть кворум, без кворума вопрос отложен")
def quorum_or_postponed(minutes: Any) -> list[Complaint]:
    """The quorum of each question, without those whom it is about; unknown where no members are written down."""
    found = []
    for item in minutes.items.all():
        quorum = None if item.postponed else quorum_of(minutes, item)
        if quorum and not quorum.reached:
            found.append(
                Complaint(
                    f"Вопрос {item.number}: {quorum.words}",
                    "Отметить вопрос отложенным или исправить, кто присутствовал, может секретарь совета",
                    reverse("roadmap:item_edit", args=[minutes.pk, item.pk]),
                    "Отложить вопрос",
                )
            )
    return found


@requirement("Голосов не больше, чем присутствовавших, о ком вопрос — не голосуют")
def votes_fit(minutes: Any) -> list[Complaint]:
    """Votes are those of the members who were there and whom the question is not about (``quorum.py``).

    Where no members are written down and others were there too, nobody can count.
    """
    if not minutes.present.all() or (minutes.invited and not members_of(minutes)):
        return []
    return [found for item in minutes.items.all() if (found := _too_many_votes(minutes, item))]


def _too_many_votes(minutes: Any, item: Any) -> Complaint | None:
    parties = interested_in(item)
    members = {person.pk for person in members_of(minutes)}
    present = [person for person in minutes.present.all() if not members or person.pk in members]
    interested = [person.short_name for person in present if person.pk in parties]
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


MINUTES = Workflow(
    Transition(
        "hold",
        "Заседание прошло: записать, кто был",
        ("planned",),
        "draft",
        "заседание прошло, составлен проект протокола",
        (agenda_known,),
        right=Right.MINUTES_WRITE,
    ),
    Transition("cancel", "Отменить заседание", ("planned",), "cancelled", "отменено", right=Right.MINUTES_WRITE),
    Transition(
        "reinstate", "Вернуть заседание", ("cancelled",), "planned", "снова назначено", right=Right.MINUTES_WRITE
    ),
    Transition(
        "sign",
        "Записать подписание",
        ("draft",),
        "signed",
        "подписан на бумаге",
        (attendance_known, decisions_recorded, quorum_or_postponed, votes_fit),
        right=Right.MINUTES_WRITE,
    ),
)
