"""Materials of programs and of the roadmap: taken from the library, taken off (п. 3.5; приложение, этап 4)."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.rights import require
from people.accounts.requests import UserRequest
from people.rights import Right
from programs.program.models import Program
from programs.program.presenters import crumbs
from roadmap.library import acts, presenters
from roadmap.library.forms import IntoProgramForm, ProveForm, TakeForm
from roadmap.library.models import ProgramMaterial
from roadmap.library.views import find


@require_http_methods(["GET", "POST"])
def take(request: UserRequest, pk: int) -> HttpResponseBase:
    """Choose a material of the library for a program."""
    user = request.user
    program = get_object_or_404(Program.objects.visible_to(user), pk=pk)
    require(user, Right.LIBRARY_WRITE, unless=acts.may_take(program, user), also="наставник программы")
    form = TakeForm(request.POST or None, offered=presenters.offered(program, user))
    if form.is_valid() and act_with_form(form, lambda: acts.take(program, by=user, **form.cleaned_data), request):
        messages.success(request, f"В программе: {form.cleaned_data['material']}")
        return redirect(program)
    context = {
        "form": form,
        "heading": "Материал для программы",
        "lead": program.title,
        "submit": "Взять в программу",
        "cancel_url": program.get_absolute_url(),
        "crumbs": crumbs(program, "Материал"),
        "hint": "Материал прочтут участники программы, и тогда, когда он не для их роли.",
    }
    return render(request, "form.html", context)


@require_http_methods(["GET", "POST"])
def into_program(request: UserRequest, pk: int) -> HttpResponseBase:
    """Choose a program for a material."""
    user, found = request.user, find(request, pk)
    offered = presenters.own_programs(user)
    require(user, Right.LIBRARY_WRITE, unless=offered.exists(), also="наставник программы")
    form = IntoProgramForm(request.POST or None, offered=offered)
    if form.is_valid():
        data = form.cleaned_data
        made = act_with_form(form, lambda: acts.take(data["program"], found, by=user, note=data["note"]), request)
        if made:
            messages.success(request, f"Материал в программе «{data['program']}»")
            return redirect(found)
    context = {
        "form": form,
        "heading": "Взять в программу",
        "lead": found.title,
        "submit": "Взять в программу",
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs_of(found, "В программу"),
    }
    return render(request, "form.html", context)


@require_POST
def drop(request: UserRequest, pk: int) -> HttpResponseBase:
    """Take a material off a program."""
    found = ProgramMaterial.objects.visible_to(request.user).select_related("program__pairing", "material")
    taken = get_object_or_404(found, pk=pk)
    may = acts.may_take(taken.program, request.user)
    require(request.user, Right.LIBRARY_WRITE, unless=may, also="наставник программы")
    return act_and_redirect(
        request,
        lambda: acts.put_off(taken, by=request.user),
        success=f"Убрано из программы: {taken.material}",
        to=taken.program,
    )


@require_http_methods(["GET", "POST"])
def prove(request: UserRequest, pk: int) -> HttpResponseBase:
    """Put the material to a task of the roadmap: that the mentors' materials are prepared (прил., этап 4)."""
    found = find(request, pk)
    require(request.user, Right.ROADMAP_WRITE)
    form = ProveForm(request.POST or None, offered=presenters.tasks(request.user))
    if form.is_valid() and act_with_form(
        form, lambda: acts.prove(found, form.cleaned_data["task"], by=request.user), request
    ):
        messages.success(request, "Материал приложен к мероприятию дорожной карты")
        return redirect(found)
    context = {
        "form": form,
        "heading": "К какому мероприятию дорожной карты",
        "lead": found.title,
        "submit": "Приложить",
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs_of(found, "Дорожная карта"),
    }
    return render(request, "form.html", context)
