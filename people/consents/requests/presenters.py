"""What pages about requests and leaks show."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from mentoring_site.russian import near, rudate, upper_first
from mentoring_site.ui.elements import Action, Badge, Fact
from people.accounts.models import User
from people.consents.duties.presenters import DutyRow, duty_row
from people.consents.requests.models import DataRequest
from people.retention.rules import kept
from people.rights import Right


@dataclass(frozen=True)
class RequestRow:
    """A request in the register: what waits first, until when."""

    url: str
    title: str
    who: str
    received: date
    badge: Badge
    waits: str
    until: str
    near: str
    responsible: str


def badge(request: DataRequest) -> Badge:
    """Return the state of a request; its duties are fetched already."""
    if request.closed_at:
        refused = request.outcome == DataRequest.Outcome.REFUSED
        return Badge(request.get_outcome_display(), "stopped" if refused else "done")
    if any(duty.is_late for duty in request.duties.all()):
        return Badge("просрочено", "late")
    return Badge("в работе", "you")


def row(request: DataRequest, user: User) -> RequestRow:
    """Return a row of the register."""
    first = next((duty for duty in request.duties.all() if duty.done_at is None), None)
    return RequestRow(
        url=request.get_absolute_url(),
        title=upper_first(request.get_kind_display()),
        who=request.person.short_name if request.person else request.incident.people,
        received=request.received_on,
        badge=badge(request),
        waits=upper_first(first.get_kind_display()) if first else "",
        until=first.until if first else "",
        near=near(first.due_on) if first else "",
        responsible=request.responsible.short_name,
    )


def duties(request: DataRequest, user: User) -> list[DutyRow]:
    """Return what is due, with the printed answer beside it."""
    paper = reverse("people:data_request_answer", args=[request.pk]) if request.closed_at and request.person else ""
    return [duty_row(duty, user, paper_url=paper) for duty in request.duties.all()]


def facts(request: DataRequest) -> list[Fact]:
    """Return what is recorded of a request."""
    closed = request.closed_by
    rows = [
        ("Чьи данные", request.person.full_name if request.person else ""),
        ("Как поступило", request.get_channel_display()),
        ("Входящий номер", request.number),
        ("Поступило или выявлено", rudate(request.received_on)),
        ("О чём", request.words),
        ("Кто отвечает", request.responsible.full_name),
        ("Записано", f"{request.recorded_by.person.short_name}, {_moment(request.recorded_at)}"),
        ("Чем закончилось", request.get_outcome_display()),
        ("Ответ", request.answer),
        ("Номер и дата ответа", _answered(request)),
        ("Хранить", str(kept("request", request.answered_on)) if request.closed_at else ""),
        ("Закрыто", f"{closed.person.short_name}, {_moment(request.closed_at)}" if closed else ""),
    ]
    return Fact.known(rows)


def _answered(request: DataRequest) -> str:
    if not request.answered_on:
        return ""
    return (
        f"№ {request.answer_number} от {rudate(request.answered_on)}"
        if request.answer_number
        else rudate(request.answered_on)
    )


def _moment(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%d.%m.%Y в %H:%M}" if moment else ""


def incident_facts(request: DataRequest) -> list[Fact]:
    """Return what is known of a leak."""
    known = request.incident
    rows = [("Выявлен", _moment(known.noticed_at))]
    rows += [
        ("Какие данные", known.categories),
        ("Чьи данные и сколько человек", known.people),
        ("Предполагаемые причины", known.cause),
        ("Предполагаемый вред", known.harm),
        ("Что принято", known.measures),
        ("Кто представляет школу", known.contact),
        ("Результаты внутреннего расследования", known.findings),
        ("Чьи действия стали причиной", known.culprits),
    ]
    return Fact.known(rows)


def actions(request: DataRequest, user: User) -> list[Action]:
    """Return what can be done with an open request."""
    found = []
    if request.is_incident:
        paper = reverse("people:incident_paper", args=[request.pk])
        found.append(Action("paper", "Сведения для Роскомнадзора (PDF)", paper))
    elif request.closed_at:
        paper = reverse("people:data_request_answer", args=[request.pk])
        found.append(Action("paper", "Ответ человеку (PDF)", paper))
    if request.closed_at or not user.can(Right.CONSENTS_RECORD):
        return found
    if request.is_incident:
        describe = reverse("people:incident_describe", args=[request.pk])
        found.insert(0, Action("describe", "Дополнить сведения", describe))
    words = "Закрыть инцидент" if request.is_incident else "Записать ответ и закрыть"
    close = reverse("people:data_request_close", args=[request.pk])
    return [Action("close", words, close, primary=True), *found]
