"""Pages of the plan as a whole: its order, difficulties without an activity, files that help (п. 1.2)."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring_site.files import serve
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.forms import BaseForm, VersionedMixin
from people.accounts.requests import UserRequest
from people.promises import Promise
from programs.program import presenters as program_presenters
from programs.program.drafting import plan_acts
from programs.program.drafting.acts import edit_refusal
from programs.program.models import Program
from programs.program.rules import require_drafting
from programs.program.views import get_program

MOST = 2000  # signs of an order: two hundred activities


class ReasonForm(VersionedMixin, BaseForm):
    """Why a difficulty has no activity of its own."""

    reason = forms.CharField(
        label="Почему без мероприятия",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"Пустое поле снова попросит мероприятие. {Promise.PROGRAM.sentence}",
    )


def _get(request: UserRequest, pk: int) -> Program:
    program = get_program(request, pk)
    require_drafting(program, request.user)
    return program


@require_POST
def arrange(request: UserRequest, pk: int) -> HttpResponseBase:
    """Put the activities into the order that a button or a drag asks for."""
    program = _get(request, pk)
    order, version = request.POST.get("order", ""), request.POST.get("version", "")
    keys = [int(key) for key in order.split(",") if key.isdecimal()] if len(order) < MOST else []
    to = reverse("programs:program_plan", args=[program.pk])
    moved = request.POST.get("moved", "")
    return act_and_redirect(
        request,
        lambda: plan_acts.arrange(
            program, keys, by=request.user, version=int(version) if version.isdecimal() and len(version) < 16 else 0
        ),
        success="План переставлен: сроки остались на своих местах",
        to=f"{to}#activity-{moved}" if moved.isdecimal() else to,
    )


@require_http_methods(["GET", "POST"])
def left_out(request: UserRequest, pk: int, statement: int) -> HttpResponseBase:
    """Say why a difficulty has no activity of its own."""
    program = _get(request, pk)
    found = next((s for s in program.difficulties.all() if s.pk == statement), None)
    if found is None:
        raise Http404
    plan_url = reverse("programs:program_plan", args=[program.pk])
    if why := edit_refusal(program, request.user):
        messages.info(request, why)
        return redirect(program)
    reasons = {row.statement_id: row.reason for row in program.left_out.all()}
    initial = {"version": program.version, "reason": reasons.get(statement, "")}
    form = ReasonForm(request.POST or None, initial=initial)
    if form.is_valid():
        data, done = form.cleaned_data, True

        def act() -> bool:
            plan_acts.leave_out(program, found, data["reason"], by=request.user, version=data["version"])
            return done

        if act_with_form(form, act):
            messages.success(request, "Сохранено")
            return redirect(plan_url)
    context = {
        "form": form,
        "heading": "Затруднение без мероприятия",
        "lead": f"«{found.text}»",
        "cancel_url": plan_url,
        "crumbs": program_presenters.crumbs(program, "План"),
    }
    return render(request, "form.html", context)


@require_safe
def material(request: UserRequest, pk: int, activity: int, file_pk: int) -> HttpResponseBase:
    """A file that helps with an activity, for those who may read the program."""
    program = get_program(request, pk)
    found = next((row for row in program.activities.all() if row.pk == activity), None)
    if found is None:
        raise Http404
    return serve(get_object_or_404(found.materials, pk=file_pk))
