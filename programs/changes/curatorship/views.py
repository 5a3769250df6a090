"""The page that hands a program over to another curator."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mentoring_site.form_handling import act_with_form
from mentoring_site.told import by_letter
from mentoring_site.ui.elements import Fact
from people.accounts.requests import UserRequest
from people.rights import Right
from programs.changes.curatorship import acts
from programs.changes.curatorship.forms import CuratorForm
from programs.program import presenters as program_presenters
from programs.program.models import Program
from programs.program.views import get_program_head

NOBODY = f"Другого куратора в школе сейчас нет. Роль куратора даёт {Right.ROLES_MANAGE.who}"


@require_http_methods(["GET", "POST"])
def new(request: UserRequest, pk: int) -> HttpResponseBase:
    """Ask who leads the program from now on, say what changes, and hand it over."""
    program = get_program_head(request, pk)
    acts.require_handing_over(program, request.user)
    back = reverse("programs:program_changes", args=[pk])
    form = CuratorForm(request.POST or None, program=program)
    if request.method == "GET" and not form.fields["curator"].queryset.exists():
        messages.info(request, NOBODY)
        return redirect(back)
    if form.is_valid():
        to = form.cleaned_data["curator"]
        done = act_with_form(form, lambda: acts.hand_over(program, to=to, by=request.user), request)
        if isinstance(done, Program):
            messages.success(request, f"Программу ведёт {to.full_name}")
        if done:
            return redirect(back)
    context = {
        "heading": "Передать другому куратору",
        "lead": program.title,
        "form": form,
        "facts": [Fact("Сейчас ведёт", program.curator.full_name)],
        "consequences": [
            "Дела программы, которые ждут куратора, сразу перейдут новому куратору.",
            "В подписанных документах останется прежнее имя; в новых будет новое.",
            by_letter("Письма получат наставник, наставляемые, прежний и новый кураторы."),
        ],
        "submit": "Передать",
        "cancel_url": back,
        "crumbs": program_presenters.crumbs(program, "Другой куратор"),
    }
    return render(request, "confirm.html", context)
