"""Partner organisations and departments (п. 1.2)."""

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from mentoring_site.form_handling import act_with_form
from mentoring_site.rights import require
from mentoring_site.ui.elements import Crumb
from people.register import acts as register_acts
from people.register.forms import DepartmentForm, OrganisationForm
from people.rights import Right
from people.school.models import Department, Organisation


def organisations(request):
    """Own school and partners with their departments (п. 1.2)."""
    require(request.user, Right.PEOPLE_EDIT)
    found = Organisation.objects.order_by("pk").annotate(people=Count("employments__person", distinct=True))
    rows = sorted(
        found.prefetch_related("departments__heads__person"),
        key=lambda o: (o.kind != Organisation.Kind.OWN, o.short_name.lower()),
    )
    context = {
        "crumbs": [Crumb("Люди", reverse("people:register")), Crumb("Организации и отделения")],
        "rows": [
            {"organisation": o, "departments": o.departments.all(), "own": o.kind == Organisation.Kind.OWN}
            for o in rows
        ],
    }
    return render(request, "people/register/organisations.html", context)


def organisation(request, pk=None):
    """A partner organisation, new or to be changed."""
    require(request.user, Right.PEOPLE_EDIT)
    partner = (
        get_object_or_404(Organisation.objects.exclude(kind=Organisation.Kind.OWN), pk=pk) if pk else Organisation()
    )
    heading = f"Изменить: {partner.short_name}" if pk else "Новая организация-партнёр"
    return _small_form(request, OrganisationForm, partner, register_acts.save_organisation, heading)


def department(request, pk=None):
    """A department, new or to be renamed."""
    require(request.user, Right.PEOPLE_EDIT)
    place = get_object_or_404(Department, pk=pk) if pk else Department()
    heading = f"Изменить: {place.name}" if pk else "Новое отделение"
    return _small_form(request, DepartmentForm, place, register_acts.save_department, heading)


def _small_form(request, form_class, obj, act, heading):
    chosen = {"organisation": request.GET["organisation"]} if "organisation" in request.GET else None
    form = form_class(request.POST or None, instance=obj, initial=chosen)
    if request.method == "POST" and form.is_valid():
        fresh = type(obj).objects.get(pk=obj.pk) if obj.pk else type(obj)()
        saved = act_with_form(form, lambda: act(fresh, by=request.user, **form.cleaned_data))
        if saved:
            messages.success(request, f"Записано: {saved}.")
            return redirect("people:organisations")
    crumbs = [
        Crumb("Люди", reverse("people:register")),
        Crumb("Организации", reverse("people:organisations")),
        Crumb(heading),
    ]
    context = {"form": form, "heading": heading, "crumbs": crumbs, "cancel_url": reverse("people:organisations")}
    return render(request, "form.html", context)
