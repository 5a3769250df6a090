"""Requests about personal data and leaks: the register, one of them, recording, closing, papers (152-ФЗ)."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from mentoring_site import history as mentoring_site_history
from mentoring_site.edits import save_edit
from mentoring_site.form_handling import act_with_form
from mentoring_site.rights import require
from mentoring_site.ui.elements import Crumb
from mentoring_site.views_log import Kind as Look
from mentoring_site.views_log import note
from people.consents import presenters as consent_presenters
from people.consents.register_views import tabs
from people.consents.requests import acts, documents, presenters
from people.consents.requests.forms import CloseForm, IncidentDetailsForm, IncidentForm, RequestForm
from people.consents.requests.list_page import REQUESTS, with_terms
from people.consents.requests.models import DataRequest
from people.register.models import Person
from people.rights import Right

RECORD = "записывать обращения о персональных данных"


def register(request):
    """Every request and leak with the nearest term."""
    require(request.user, Right.CONSENTS_SEE_ALL, act="видеть обращения о персональных данных")
    visible = with_terms(DataRequest.objects.visible_to(request.user))
    may = request.user.can(Right.CONSENTS_RECORD)
    return REQUESTS.answer(request, visible, tabs=tabs("requests"), may=may)


def _seen(request, pk) -> DataRequest:
    found = DataRequest.objects.visible_to(request.user).select_related(
        "person", "responsible", "recorded_by__person", "closed_by__person", "incident"
    )
    return get_object_or_404(found.prefetch_related("duties__done_by__person"), pk=pk)


def _crumbs(request, last: str, shown: DataRequest | None = None) -> list[Crumb]:
    sees_all = request.user.can(Right.CONSENTS_SEE_ALL)
    found = [Crumb("Обращения и инциденты", reverse("people:data_requests"))] if sees_all else []
    if shown:
        found.append(Crumb(shown.title, shown.get_absolute_url()))
    return [*found, Crumb(last)]


def data_request(request, pk):
    """One request or leak: what is known, what is due until when, its history and papers."""
    shown = _seen(request, pk)
    if shown.person_id:
        note(request.user, shown.person_id, Look.CONSENTS)
    context = {
        "shown": shown,
        "badge": presenters.badge(shown),
        "facts": presenters.facts(shown),
        "incident": presenters.incident_facts(shown) if shown.is_incident else [],
        "duties": presenters.duties(shown, request.user),
        "actions": presenters.actions(shown, request.user),
        "entries": mentoring_site_history.entries([shown]) if request.user.can(Right.CONSENTS_SEE_ALL) else [],
        "crumbs": _crumbs(request, shown.title),
    }
    return render(request, "people/consents/data_request.html", context)


def new(request):
    """Record a request of a person, or what the school has found about the data of one."""
    require(request.user, Right.CONSENTS_RECORD, act=RECORD)
    people = Person.objects.visible_to(request.user)
    form = RequestForm(request.POST or None, people=people, initial={"person": request.GET.get("person")})
    if request.method == "POST" and form.is_valid():
        made = act_with_form(form, lambda: acts.open_request(by=request.user, **form.cleaned_data))
        if made:
            return redirect(made)
    return _new(request, form, "Записать обращение", "Срок по закону посчитается от дня, который Вы укажете.")


def new_incident(request):
    """Record a leak: two clocks start from the minute when it was noticed (ст. 21, ч. 3.1)."""
    require(request.user, Right.CONSENTS_RECORD, act=RECORD)
    form = IncidentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = act_with_form(form, lambda: _open_incident(request.user, dict(form.cleaned_data)))
        if made:
            return redirect(made)
    lead = "За 24 часа о нём сообщают Роскомнадзору, за 72 часа — о результатах расследования."
    return _new(request, form, "Записать инцидент", lead)


def _open_incident(user, data: dict) -> DataRequest:
    words, responsible, key = data.pop("words"), data.pop("responsible"), data.pop("request_key")
    return acts.open_request(
        DataRequest.Kind.LEAK,
        by=user,
        person=None,
        channel=DataRequest.Channel.FOUND,
        received_on=timezone.localdate(data["noticed_at"]),
        words=words,
        responsible=responsible,
        incident=data,
        request_key=key,
    )


def _new(request, form, heading: str, lead: str):
    context = {
        "form": form,
        "heading": heading,
        "lead": lead,
        "submit": "Записать",
        "cancel_url": reverse("people:data_requests"),
        "crumbs": _crumbs(request, heading),
    }
    return render(request, "form.html", context)


def describe(request, pk):
    """Write what is known of a leak by now."""
    shown = _seen(request, pk)
    require(request.user, Right.CONSENTS_RECORD, act="описывать инцидент")
    if not shown.is_incident:
        raise Http404("Это не инцидент")
    form = IncidentDetailsForm(
        request.POST or None, instance=shown.incident, initial={"version": shown.incident.version}
    )
    changed: list = []
    if request.method == "POST" and form.is_valid():
        act = lambda: acts.describe(shown, by=request.user, **form.cleaned_data)  # noqa: E731
        if save_edit(request, form, act, "Сведения об инциденте сохранены.", changed):
            return redirect(shown)
    context = {
        "form": form,
        "heading": "Сведения об инциденте",
        "facts": changed,
        "submit": "Сохранить",
        "cancel_url": shown.get_absolute_url(),
        "crumbs": _crumbs(request, "Сведения", shown),
    }
    return render(request, "form.html", context)


def close(request, pk):
    """Record the answer and close."""
    shown = _seen(request, pk)
    require(request.user, Right.CONSENTS_RECORD, act="закрывать обращения о персональных данных")
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if act_with_form(form, lambda: acts.close(shown, by=request.user, **data), request):
            return redirect(shown)
    heading = "Закрыть инцидент" if shown.is_incident else "Ответ на обращение"
    context = {
        "form": form,
        "heading": heading,
        "lead": shown.title,
        "facts": presenters.facts(shown)[:5],
        "submit": "Записать и закрыть",
        "cancel_url": shown.get_absolute_url(),
        "crumbs": _crumbs(request, heading, shown),
    }
    return render(request, "form.html", context)


@require_GET
def answer(request, pk):
    """The answer to the person as PDF."""
    shown = _seen(request, pk)
    if not shown.closed_at or not shown.person:
        raise Http404("Ответ ещё не записан")
    name = f"Ответ на обращение {shown.person.short_name}"
    return consent_presenters.pdf("documents/data_answer.html", documents.answer_facts(shown), name)


@require_GET
def incident_paper(request, pk):
    """What is told to Роскомнадзор about a leak, as PDF."""
    shown = _seen(request, pk)
    if not shown.is_incident:
        raise Http404("Это не инцидент")
    return consent_presenters.pdf("documents/incident.html", documents.incident_facts(shown), "Сведения об инциденте")
