"""The page «Передать дела»."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from mentoring_site.form_handling import act_with_form
from mentoring_site.russian import full_stop, plural
from people.accounts.requests import UserRequest
from people.handover import acts
from people.handover.forms import HandoverForm
from people.handover.parts import open_of
from people.register.models import Person
from people.register.presenters import crumbs
from people.rights import label


def handover(request: UserRequest, pk: int) -> HttpResponseBase:
    """What of a person is open, and a form that gives it to somebody else."""
    shown = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    acts.require_handing_over(request.user)
    found = open_of(shown, request.user)
    form = HandoverForm(request.POST or None, person=shown, found=found)
    if request.method == "POST" and form.is_valid():
        to, note = form.cleaned_data["to"], form.cleaned_data["note"]
        if act_with_form(form, lambda: acts.hand_over(shown, to=to, keys=form.keys, by=request.user, note=note)):
            messages.success(request, full_stop(f"Передано {plural(len(form.keys), acts.THINGS)}: {to.short_name}"))
            return redirect("people:handover", shown.pk)
    grants = shown.roles.in_force()
    context = {
        "person": shown,
        "form": form if found else None,
        "heading": f"Передать дела: {shown.short_name}",
        "submit": "Передать",
        "cancel_url": shown.get_absolute_url(),
        "crumbs": crumbs(request.user, shown, "Передать дела"),
        "roles": [label(grant.role) for grant in grants],
        "roles_url": reverse("people:roles"),
        "leaving_url": reverse("people:leaving", args=[shown.pk]),
    }
    return render(request, "people/handover/handover.html", context)
