"""Pages of a trial run (п. 3.5)."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mentoring_site.form_handling import act_with_form
from mentoring_site.rights import require
from mentoring_site.ui.elements import Fact
from people.accounts.requests import UserRequest
from people.rights import Right
from people.roles.instead import require_impartial
from programs.program import presenters as program_presenters
from programs.program.models import Program
from programs.program.rules import parties
from programs.program.states import State
from programs.program.trial import acts
from programs.program.trial.forms import BeginForm, ConcludeForm
from programs.program.views import get_program

LEAD = "Совет пробует программу и решает, годится ли её образец для других (п. 3.5 Положения)."


@require_http_methods(["GET", "POST"])
def trial(request: UserRequest, pk: int) -> HttpResponseBase:
    """Run a draft as a trial; later write down what the council concludes."""
    program = get_program(request, pk)
    return _begin(request, program) if program.state == State.DRAFT else _conclude(request, program)


def _begin(request: UserRequest, program: Program) -> HttpResponseBase:
    require(request.user, Right.PROGRAMS_WRITE)
    found = getattr(program, "trial", None)
    initial = {"question": found.question if found else "", "version": program.version}
    form = BeginForm(request.POST or None, initial=initial)
    if form.is_valid():
        data, done = form.cleaned_data, []

        def act() -> list:
            done.append(acts.begin(program, by=request.user, **data))
            return done

        if act_with_form(form, act):
            messages.success(request, "Программа проводится как апробация" if done[0] else "Программа — обычная")
            return redirect(program)
    return _page(request, program, form, "Апробация", [])


def _conclude(request: UserRequest, program: Program) -> HttpResponseBase:
    require_impartial(request.user, Right.PROGRAMS_AGREE, parties(program))
    found = getattr(program, "trial", None)
    if found is None or found.verdict or program.state not in acts.CONCLUDED:
        messages.info(request, "Заключение сейчас не нужно: программа — не апробация, не начата или уже с заключением")
        return redirect(program)
    form = ConcludeForm(request.POST or None)
    if form.is_valid() and act_with_form(form, lambda: acts.conclude(found, by=request.user, **form.cleaned_data)):
        messages.success(request, "Заключение совета записано")
        return redirect(program)
    return _page(request, program, form, "Заключение об апробации", [Fact("Что проверяли", found.question)])


def _page(request: UserRequest, program: Program, form, heading: str, facts: list[Fact]) -> HttpResponseBase:
    context = {
        "form": form,
        "heading": heading,
        "lead": LEAD,
        "facts": facts,
        "cancel_url": program.get_absolute_url(),
        "crumbs": program_presenters.crumbs(program, heading),
    }
    return render(request, "form.html", context)
