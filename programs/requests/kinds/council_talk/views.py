"""Pages of a talk with the council: another day, what came of it, its confirmation (п. 3.5)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.workflow import NotAllowed
from people.accounts.requests import UserRequest
from programs.requests import presenters
from programs.requests.kinds.council_talk import acts
from programs.requests.kinds.council_talk.forms import HeldForm, MoveForm
from programs.requests.models import Request

CODES = ("consultation", "mediation")


def _get(request: UserRequest, pk: int) -> Request:
    visible = Request.objects.visible_to(request.user).filter(kind__in=CODES)  # whoever knows of these reads them
    return get_object_or_404(visible.with_requirements(), pk=pk)


def _led(request: UserRequest, pk: int) -> Request:
    found = _get(request, pk)
    if not acts.leads(found, request.user):
        raise NotAllowed("Это делает тот, кто ведёт беседу, или председатель методического совета")
    return found


def _form(request: UserRequest, found: Request, form: Any, heading: str, submit: str) -> HttpResponseBase:
    return render(
        request,
        "form.html",
        {
            "heading": heading,
            "lead": f"{found.title}: {found.author.short_name}",
            "form": form,
            "submit": submit,
            "cancel_url": found.get_absolute_url(),
            "crumbs": presenters.crumbs(found, heading),
        },
    )


@require_http_methods(["GET", "POST"])
def move(request: UserRequest, pk: int) -> HttpResponseBase:
    """Another day, place or mediator."""
    found = _led(request, pk)
    case = found.council_case
    initial = {"mediator": case.mediator_id, "meets_at": case.meets_at, "place": case.place}
    form = MoveForm(request.POST or None, asked=found, initial=initial)
    if form.is_valid() and act_with_form(form, lambda: acts.move(found, by=request.user, **form.invitation())):
        messages.success(request, "Беседа перенесена")
        return redirect(found)
    return _form(request, found, form, "Перенести беседу", "Перенести")


@require_http_methods(["GET", "POST"])
def held(request: UserRequest, pk: int) -> HttpResponseBase:
    """What came of the talk."""
    found = _led(request, pk)
    case = found.council_case
    readers = found.type.route(found.route).promise.sentence
    initial = {"result": case.result, **({"held_on": case.held_on, "reached": "yes"} if case.held_on else {})}
    form = HeldForm(request.POST or None, mediation=found.person is not None, readers=readers, initial=initial)
    if form.is_valid() and act_with_form(form, lambda: acts.hold(found, by=request.user, **form.cleaned_data)):
        messages.success(request, "Беседа записана")
        return redirect(found)
    return _form(request, found, form, "Записать беседу", "Записать")


@require_POST
def confirm(request: UserRequest, pk: int) -> HttpResponseBase:
    """A side confirms; whoever leads the talk records a side's paper."""
    found, side = _get(request, pk), request.POST.get("side", "")
    act = lambda: acts.confirm(found, by=request.user, side=side)  # noqa: E731
    return act_and_redirect(request, act, success="Договорённость подтверждена", to=found)
