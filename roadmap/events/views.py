"""The list of events, one event, its short minutes (п. 3.3, 3.4)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from mentoring_site import history
from mentoring_site.ui.elements import Crumb
from mentoring_site.ui.list_page import Column, EmptyState, ListPage, Workbook
from people.accounts.requests import UserRequest
from people.rights import Right
from people.roles.letterhead import file_name, pdf_response
from roadmap.events import beside, documents, presenters
from roadmap.events.filters import EventFilter
from roadmap.events.models import Event, Participant
from roadmap.events.next_year import NEXT_YEAR
from roadmap.events.rules import keeps


def _counted(found: Any, user: Any) -> Any:
    return found.with_counts()


LIST = ListPage(
    title=presenters.LIST_TITLE,
    url="roadmap:events",
    template="roadmap/events/events.html",
    filters=EventFilter,
    noun="событие,события,событий",
    columns=(Column("Событие", ("title",)), Column("Когда", ("newest", "oldest")), Column("Состояние"), Column("Люди")),
    orderings={
        "newest": ("-starts_on", "-pk"),
        "oldest": ("starts_on", "pk"),
        "title": ("title", "pk"),
    },
    row=presenters.list_row,
    nothing=EmptyState("Событий пока нет. Здесь появятся те, на которые Вас пригласят."),
    none_found="Таких событий нет.",
    prepare=_counted,
    workbook=Workbook(
        "События",
        "События",
        presenters.WORKBOOK_COLUMNS,
        presenters.workbook_cells,
        prepare=lambda found, user: found.select_related("host"),
        dated=True,
    ),
    bulk=(NEXT_YEAR,),
)


def visible_event(request: UserRequest, pk: int) -> Event:
    """Return an event that the user may see, with what its steps require. Raises ``Http404``."""
    visible = Event.objects.visible_to(request.user).with_requirements()
    return get_object_or_404(visible.select_related("task__stage"), pk=pk)


def events_next_year(request: UserRequest) -> HttpResponseBase:
    """Carry events over to the next school year."""
    return NEXT_YEAR.answer(request, LIST, Event.objects.visible_to(request.user))


def visible_row(request: UserRequest, event: Event, row_pk: int) -> Participant:
    """Return a participant of an event whom the user may see, or whose outcome. Raises ``Http404``."""
    rows = event.participants.visible_to(request.user) | event.participants.outcomes_visible_to(request.user)
    return get_object_or_404(rows.distinct().select_related("person", "event"), pk=row_pk)


@require_GET
def events(request: UserRequest) -> HttpResponseBase:
    """Events that the user may see; the same list as XLSX."""
    visible = Event.objects.visible_to(request.user)
    outside_url = reverse("roadmap:event_outside")
    if not request.user.can(Right.EVENTS_WRITE):
        return LIST.answer(request, visible, outside_url=outside_url)
    new_url = reverse("roadmap:event_new")
    nothing = EmptyState(
        "Событий пока нет. Обычно год начинают с установочной сессии наставников.",
        new_url,
        "Подготовить первое событие",
    )
    return LIST.answer(request, visible, nothing=nothing, new_url=new_url, outside_url=outside_url)


@require_GET
def event(request: UserRequest, pk: int) -> HttpResponseBase:
    """One event: what, when, who comes, what it gave, what is to be done."""
    found, user = visible_event(request, pk), request.user
    sees = presenters.sees_people(found, user)
    people = presenters.people(found, user)
    with_notes = found.has_begun and (sees or found.state == Event.State.HELD)
    return render(
        request,
        "roadmap/events/event.html",
        {
            "event": found,
            "title": found.title,
            "badge": presenters.badge(found),
            "crumbs": presenters.crumbs(Crumb(found.title)),
            "checks": presenters.checks(found, user),
            "actions": presenters.actions(found, user),
            "facts": presenters.facts(found, user),
            "asked": presenters.asked(found, user),
            "programme": [line.strip() for line in found.programme.splitlines() if line.strip()],
            "people": people,
            "counts": presenters.counts(one.row for one in people) if sees and people else "",
            "sees": sees,
            "invites_later": presenters.invites_later(found),
            "outcomes": presenters.outcomes(found, user),
            "brought": [one for one in people if one.row.brought_home],
            "with_notes": with_notes,
            "decisions": [line.strip() for line in found.decisions.splitlines() if line.strip()],
            "minutes_url": reverse("roadmap:event_minutes", args=[pk])
            if sees and (found.discussed or found.decisions)
            else "",
            "sheet_url": reverse("roadmap:event_sheet_pdf", args=[pk])
            if keeps(found, user) and not found.outside and people
            else "",
            "evidence": presenters.materials(found, user),
            "papers": beside.papers(found, user),
            "ics_url": reverse("reports:event_ics", args=[pk]) if found.state == Event.State.ANNOUNCED else "",
            "series": Event.objects.visible_to(user).filter(series=found.series).exclude(pk=pk).order_by("starts_on")
            if found.series
            else (),
            "entries": history.entries([found], user=user) if sees else [],
        },
    )


@require_GET
def minutes_pdf(request: UserRequest, pk: int) -> HttpResponseBase:
    """The short minutes of an event as a paper to be signed."""
    found = visible_event(request, pk)
    if not presenters.sees_people(found, request.user) or not (found.discussed or found.decisions):
        messages.info(request, "Протокол печатают, когда записано, что обсудили и решили")
        return redirect(found)
    name = file_name(f"{found.starts_on}", "Протокол", found.title)
    return pdf_response(request, "documents/event_minutes.html", documents.minutes_facts(found), name=name, back=found)
