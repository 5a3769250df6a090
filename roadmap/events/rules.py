"""The workflow of an event and what each step requires (п. 3.3, 3.4). The models import this table."""

from typing import Any

from django.urls import reverse

from mentoring_site.rights import require
from mentoring_site.russian import full_stop, rudate
from mentoring_site.workflow import Complaint, Transition, Workflow, requirement
from people.rights import Right

WHO = "Записывает ответственный за событие или куратор"
HOST = "ответственный за событие"


def is_host(event: Any, user: Any) -> bool:
    """Whether the user answers for the event."""
    return bool(event.host_id) and event.host_id == user.person_id


def keeps(event: Any, user: Any) -> bool:
    """Whether the user may change the event: who keeps all events, and whoever answers for this one."""
    return user.can(Right.EVENTS_WRITE) or is_host(event, user)


def require_keeper(event: Any, user: Any) -> None:
    """Refuse whoever neither keeps all events nor answers for this one. Raises ``NotAllowed``."""
    require(user, Right.EVENTS_WRITE, unless=is_host(event, user), also=HOST)


@requirement("Названы место или ссылка")
def place_known(event: Any) -> Complaint | None:
    """People are invited somewhere."""
    if event.place.strip() or event.link.strip():
        return None
    url = reverse("roadmap:event_edit", args=[event.pk])
    return Complaint("Не сказано, где оно пройдёт: нет ни места, ни ссылки", WHO, url, "Указать")


@requirement("Назван ответственный")
def host_known(event: Any) -> Complaint | None:
    """Somebody answers for an event of the school."""
    if event.host_id:
        return None
    url = reverse("roadmap:event_edit", args=[event.pk])
    return Complaint("Не назван ответственный", "Называет куратор", url, "Назвать")


@requirement("День события наступил")
def day_has_come(event: Any) -> Complaint | None:
    """Nothing is held before its day."""
    if event.has_begun:
        return None
    return Complaint(
        f"Событие назначено на {full_stop(rudate(event.starts_on))} Записать его можно в этот день и позже"
    )


@requirement("Отмечено, кто был")
def somebody_came(event: Any) -> Complaint | None:
    """An event that nobody attended is no proof of anything (п. 3.4)."""
    if event.somebody:
        return None
    url = reverse("roadmap:event_attendance", args=[event.pk])
    return Complaint(
        "Не отмечено, кто был на событии", "Отмечает ответственный за событие или куратор", url, "Отметить"
    )


EVENT = Workflow(
    Transition(
        "announce",
        "Объявить событие",
        ("draft",),
        "announced",
        "событие объявлено",
        (host_known, place_known),
        right=Right.EVENTS_WRITE,
        may=is_host,
        who=HOST,
    ),
    Transition(
        "hold",
        "Отметить проведённым",
        ("draft", "announced"),
        "held",
        "событие проведено",
        (day_has_come, somebody_came),
        right=Right.EVENTS_WRITE,
        may=is_host,
        who=HOST,
    ),
    Transition(
        "reopen",
        "Вернуть: ещё не проведено",
        ("held",),
        "announced",
        "отметка о проведении снята",
        right=Right.EVENTS_WRITE,
        may=is_host,
        who=HOST,
    ),
    Transition(
        "cancel",
        "Отменить событие",
        ("announced",),
        "cancelled",
        "событие отменено",
        right=Right.EVENTS_WRITE,
        may=is_host,
        who=HOST,
    ),
    Transition(
        "reinstate",
        "Вернуть событие",
        ("cancelled",),
        "announced",
        "событие снова объявлено",
        right=Right.EVENTS_WRITE,
        may=is_host,
        who=HOST,
    ),
)
