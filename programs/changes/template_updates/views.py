"""The page that shows what a changed sample would do to a program, and takes it or leaves it (п. 7.2)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mentoring_site.form_handling import act_with_form
from mentoring_site.forms import BaseForm, OnceMixin
from mentoring_site.russian import rudate
from people.accounts.requests import UserRequest
from people.promises import Promise
from programs.catalogs.models import Responsible
from programs.changes.amendment.acts import require_amending
from programs.changes.template_updates import acts
from programs.changes.template_updates.effects import Effect, effects, offered
from programs.program import presenters as program_presenters
from programs.program.views import get_program

KINDS = {"added": "Добавится", "changed": "Изменится", "kept": "Останется как есть"}


class AnswerForm(OnceMixin, BaseForm):
    """Why the changes of a sample are left; empty when they are taken."""

    reason = forms.CharField(
        label="Почему изменения не нужны",
        required=False,
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=f"Пишут, только если не берут. {Promise.PROGRAM.sentence}",
    )


@require_http_methods(["GET", "POST"])
def update(request: UserRequest, pk: int) -> HttpResponseBase:
    """Show the effects; «take» proposes an amendment, «leave» keeps the program with a reason."""
    program = get_program(request, pk)
    require_amending(program, request.user)
    found = effects(program)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        if "leave" in request.POST:
            if act_with_form(form, lambda: acts.leave(program, by=request.user, reason=data["reason"]) or True):
                messages.success(request, "Программа остаётся как есть, это записано в её историю")
                return redirect(program)
        elif made := act_with_form(form, lambda: acts.take(program, by=request.user, request_key=data["request_key"])):
            messages.success(request, "Изменение предложено: его подтвердят участники, потом — приказ (п. 7.2)")
            return redirect(made)
    context = {
        "form": form,
        "heading": "Образец изменился",
        "lead": f"«{program.template}»" if program.template_id else "У программы нет образца",
        "rows": [_row(effect) for effect in found],
        "pending": offered().filter(pk=program.pk).exists(),
        "takes": any(effect.kind != "kept" for effect in found),
        "cancel_url": program.get_absolute_url(),
        "crumbs": program_presenters.crumbs(program, "Образец изменился"),
    }
    return render(request, "programs/changes/template_updates/update.html", context)


def _row(effect: Effect) -> dict[str, Any]:
    """One effect in words; only the words that differ are shown of a changed line."""
    pairs = list(zip(effect.old, effect.new, strict=True)) if effect.old else []
    who = dict(Responsible.choices)
    return {
        "kind": KINDS[effect.kind],
        "title": effect.activity.title if effect.activity else effect.new[0],
        "when": f"до {rudate(effect.due_on)}" if effect.due_on else "",
        "changes": [(who.get(old, old), who.get(new, new)) for old, new in pairs if old != new],
        "result": "" if pairs else effect.new[2],
        "why": effect.why,
    }
