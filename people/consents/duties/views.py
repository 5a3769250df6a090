"""One thing due: mark it as done, extend its term, print the notice of the extension (152-ФЗ, ст. 20, 21)."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.rights import require
from mentoring_site.russian import full_stop, rudate, upper_first
from mentoring_site.ui.elements import Crumb
from people.consents import presenters as consent_presenters
from people.consents.duties import acts
from people.consents.duties.documents import extension_facts
from people.consents.duties.forms import DutyForm, ExtensionForm
from people.consents.duties.models import Duty
from people.rights import Right


def _seen(request, pk) -> Duty:
    found = Duty.objects.visible_to(request.user).select_related(
        "withdrawal__consent__person", "request__person", "request__incident"
    )
    return get_object_or_404(found, pk=pk)


def _home(duty: Duty) -> str:
    return duty.request.get_absolute_url() if duty.request else reverse("people:withdrawals")


def done(request, pk):
    """Record that a thing due is done."""
    duty = _seen(request, pk)
    require(request.user, Right.CONSENTS_RECORD, act="отмечать исполнение сроков по персональным данным")
    url = _home(duty)
    if duty.kind == Duty.Kind.DESTROY:
        return redirect("people:destructions")
    page = DutyForm(request.POST or None)
    if request.method == "POST" and (page.is_valid() or not request.POST):
        note = page.cleaned_data["note"] if page.is_bound else ""
        return act_and_redirect(
            request, lambda: acts.done(duty, by=request.user, note=note), success="Отмечено: сделано.", to=url
        )
    context = {
        "form": page,
        "heading": upper_first(duty.get_kind_display()),
        "submit": "Отметить «сделано»",
        "cancel_url": url,
        "lead": f"{full_stop(_about(duty))} {upper_first(acts.HOW[duty.kind])}.",
        "crumbs": [Crumb("Согласия", reverse("people:consents")), Crumb(_about(duty), url), Crumb("Сделано")],
    }
    return render(request, "form.html", context)


def _about(duty: Duty) -> str:
    return duty.person.full_name if duty.person else str(duty.of)


def extend(request, pk):
    """Extend a term by what law allows, with the reason that the person is told."""
    duty = _seen(request, pk)
    require(request.user, Right.CONSENTS_RECORD, act="продлевать сроки по персональным данным")
    url = _home(duty)
    form = ExtensionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        made = act_with_form(form, lambda: acts.extend(duty, by=request.user, reason=reason), request)
        if made:
            return redirect(url)
    context = {
        "form": form,
        "heading": f"Продлить срок: {duty.get_kind_display()}",
        "lead": f"{full_stop(_about(duty))} Срок {full_stop(duty.until)}"
        f" {upper_first(duty.law.words)} ({duty.law.source}).",
        "submit": "Продлить",
        "cancel_url": url,
        "hint": "После этого напечатайте уведомление человеку: почему срок продлён и до какого дня",
        "crumbs": [Crumb("Согласия", reverse("people:consents")), Crumb(_about(duty), url), Crumb("Продление")],
    }
    return render(request, "form.html", context)


@require_GET
def extension(request, pk):
    """The notice to the person about a longer term and its reason."""
    duty = _seen(request, pk)
    if not duty.first_due_on or not duty.person:
        raise Http404("Срок не продлевали")
    name = f"Уведомление о продлении срока {duty.person.short_name} {rudate(duty.due_on)}"
    return consent_presenters.pdf("documents/data_extension.html", extension_facts(duty), name)
