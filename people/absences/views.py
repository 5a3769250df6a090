"""The part of a person's page that says when the person is away."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from mentoring_site.form_handling import act_and_redirect, act_with_form
from people.absences import acts
from people.absences.forms import AbsenceForm
from people.absences.models import Absence
from people.register.models import Person
from people.register.presenters import crumbs, tabs


def absences(request, pk):
    """What is noted about a person, and a form for more."""
    shown = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    acts.check_may_note(shown, request.user)
    form = AbsenceForm(request.POST or None)
    sent = request.method == "POST" and form.is_valid()
    if sent and act_with_form(form, lambda: acts.note(shown, by=request.user, **form.cleaned_data)):
        messages.success(request, "Записано: в эти дни о встречах не напоминают.")
        return redirect("people:person_absences", shown.pk)
    context = {
        "person": shown,
        "form": form,
        "absences": Absence.objects.visible_to(request.user).filter(person=shown),
        "heading": shown.full_name,
        "submit": "Записать",
        "tabs": tabs(request.user, shown, "absences"),
        "crumbs": crumbs(request.user, shown, "Когда не будет"),
    }
    return render(request, "people/absences/absences.html", context)


@require_POST
def remove(request, pk):
    """Take a note away."""
    absence = get_object_or_404(Absence.objects.visible_to(request.user).select_related("person"), pk=pk)
    acts.check_may_note(absence.person, request.user)
    to = reverse("people:person_absences", args=[absence.person_id])
    return act_and_redirect(request, lambda: acts.remove(absence, by=request.user), to=to, success="Запись убрана.")
