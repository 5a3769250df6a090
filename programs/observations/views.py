"""Pages of a sheet of observation: begun, filled in the lesson, read, printed, taken away."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site.edits import save_edit
from mentoring_site.form_handling import act_and_redirect, act_with_form
from people.accounts.requests import UserRequest
from people.roles.letterhead import file_name, pdf_response, today
from programs.journal.acts import require_logging
from programs.journal.presenters import may_log
from programs.observations import acts, presenters
from programs.observations.forms import BeginForm, SheetForm
from programs.observations.models import Observation
from programs.program.models import Program
from programs.program.presenters import crumbs
from programs.program.views import get_program, get_program_head


@require_http_methods(["GET", "POST"])
def new(request: UserRequest, pk: int) -> HttpResponseBase:
    """Begin a sheet about a lesson that is going on or was given lately."""
    program = get_program(request, pk)
    back = reverse("programs:journal", args=[pk])
    require_logging(request.user, takes_part=may_log(program, request.user))
    if program.state != Program.State.RUNNING:
        messages.info(request, "Листы наблюдения заполняют, пока программа реализуется")
        return redirect(back)
    form = BeginForm(request.POST or None, program=program, user=request.user)
    if form.is_valid():
        data = dict(form.cleaned_data)
        meeting = data.pop("entry")
        made = act_with_form(
            form, lambda: acts.begin(program, data.pop("template"), by=request.user, meeting=meeting, **data)
        )
        if made:
            return redirect("programs:sheet_fill", made.pk)
    context = {
        "form": form,
        "heading": "Лист наблюдения урока",
        "lead": program.title,
        "submit": "Открыть лист",
        "cancel_url": back,
        "crumbs": crumbs(program, "Лист наблюдения"),
    }
    return render(request, "form.html", context)


def _sheet(request: UserRequest, pk: int) -> Observation:
    return get_object_or_404(Observation.objects.visible_to(request.user).with_entry(), pk=pk)


@require_GET
def sheet(request: UserRequest, pk: int) -> HttpResponseBase:
    """A sheet as it is filled."""
    found = _sheet(request, pk)
    program = get_program_head(request, found.meeting.program_id)
    planned = presenters.is_planned(found) and may_log(program, request.user)
    context = {
        "sheet": found,
        "facts": presenters.facts(found),
        "rows": presenters.rows(found),
        "actions": presenters.actions(found, request.user),
        "held_url": reverse("programs:meeting_held", args=[found.meeting_id]) if planned else "",
        "crumbs": crumbs(found.meeting.program, "Лист наблюдения"),
    }
    return render(request, "programs/observations/sheet.html", context)


@require_http_methods(["GET", "POST"])
def fill(request: UserRequest, pk: int) -> HttpResponseBase:
    """Fill the sheet in the lesson; it may be opened again until both have confirmed the entry."""
    found = _sheet(request, pk)
    acts.require_filling(found, request.user)
    if request.method == "GET" and not presenters.may_fill(found, request.user):
        messages.info(request, acts.AGREED)
        return redirect(found)
    form = SheetForm(request.POST or None, sheet=found)

    def act() -> Observation:
        data = form.cleaned_data
        words = {name: data[name] for name in ("version", "strengths", "advice")}
        return acts.fill(found, by=request.user, marks=form.marks(), **words)

    if form.is_valid() and save_edit(request, form, act, "Лист записан", obj=found):
        return redirect(found)
    context = {
        "form": form,
        "heading": found.template.name,
        "lead": f"{found.lesson}. {found.teacher.person.short_name}",
        "submit": "Записать лист",
        "cancel_url": found.get_absolute_url(),
        "crumbs": crumbs(found.meeting.program, "Лист наблюдения"),
    }
    return render(request, "form.html", context)


@require_GET
def pdf(request: UserRequest, pk: int) -> HttpResponseBase:
    """The sheet on paper."""
    found = _sheet(request, pk)
    name = file_name(today(), f"Лист наблюдения {found.teacher.person.short_name}")
    back = found.get_absolute_url()
    return pdf_response(request, "documents/observation.html", presenters.paper(found), name=name, back=back)


@require_http_methods(["GET", "POST"])
def drop(request: UserRequest, pk: int) -> HttpResponseBase:
    """Take a sheet away, after a question."""
    found = _sheet(request, pk)
    acts.require_filling(found, request.user)
    back = reverse("programs:journal", args=[found.meeting.program_id])
    if request.method == "POST":
        return act_and_redirect(request, lambda: acts.drop(found, by=request.user), success="Лист убран", to=back)
    context = {
        "heading": "Убрать лист наблюдения?",
        "lead": str(found),
        "consequences": ["Отметки и заметки исчезнут. Запись о встрече останется."],
        "submit": "Убрать лист",
        "danger": True,
        "cancel_url": found.get_absolute_url(),
        "crumbs": crumbs(found.meeting.program, "Лист наблюдения"),
    }
    return render(request, "confirm.html", context)
