"""The page on which the head writes down the conditions that have been made (п. 2.3)."""

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mentoring_site.form_handling import act_with_form
from mentoring_site.forms import BaseForm
from mentoring_site.ui.elements import Fact
from mentoring_site.workflow import NotAllowed
from people.accounts.requests import UserRequest
from people.promises import Promise
from programs.program import presenters as program_presenters
from programs.program.kinds import acts
from programs.program.kinds.head import CONDITIONS
from programs.program.views import get_program


class ConditionForm(BaseForm):
    """What has been made of one kind of conditions."""

    name = forms.ChoiceField(label="Какие условия", choices=[(name, label) for name, label, _ in CONDITIONS])
    done = forms.CharField(
        label="Что сделано",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=Promise.PROGRAM.sentence,
    )


@require_http_methods(["GET", "POST"])
def condition(request: UserRequest, pk: int) -> HttpResponseBase:
    """Write down a kind of conditions as made."""
    program = get_program(request, pk)
    if not acts.makes_conditions(program, request.user):
        if request.method == "POST":
            raise NotAllowed(acts.WHO_MAKES)
        messages.info(request, acts.WHO_MAKES)
        return redirect(program)
    form = ConditionForm(request.POST or None)
    if form.is_valid() and act_with_form(
        form, lambda: acts.make_condition(program, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, "Записано")
        return redirect(program)
    made = {row.name: row.done for row in program.conditions.all()}
    context = {
        "form": form,
        "heading": "Созданные условия",
        "lead": "Руководитель создаёт четыре вида условий и ресурсов (п. 2.3 Положения).",
        "facts": [Fact(label, made.get(name) or "ещё не записано") for name, label, _ in CONDITIONS],
        "cancel_url": program.get_absolute_url(),
        "crumbs": program_presenters.crumbs(program, "Условия"),
    }
    return render(request, "form.html", context)
