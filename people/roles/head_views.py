"""Pages of heads of departments: who heads it, since when; the last day (п. 1.4)."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mentoring_site.form_handling import act_with_form
from mentoring_site.rights import require
from mentoring_site.russian import period
from mentoring_site.ui.elements import Crumb
from people.rights import Right
from people.roles import department_heads as acts
from people.roles.forms import EndRoleForm, HeadForm
from people.roles.models import DepartmentHead
from people.school.models import Department


def _crumbs(last: str) -> list[Crumb]:
    return [
        Crumb("Люди", reverse("people:register")),
        Crumb("Организации и отделения", reverse("people:organisations")),
        Crumb(last),
    ]


@require_http_methods(["GET", "POST"])
def head(request, pk: int) -> HttpResponseBase:
    """Record who heads a department."""
    require(request.user, Right.PEOPLE_EDIT)
    place = get_object_or_404(Department, pk=pk)
    form = HeadForm(request.POST or None, persons=acts.candidates(place))
    if form.is_valid() and act_with_form(
        form,
        lambda: acts.appoint(place, form.cleaned_data["person"], by=request.user, since=form.cleaned_data["since"]),
    ):
        messages.success(request, f"Записано: {place.name}, {form.cleaned_data['person'].short_name}")
        return redirect("people:organisations")
    now = (
        DepartmentHead.objects.visible_to(request.user).live().filter(department=place).select_related("person").first()
    )
    return render(
        request,
        "form.html",
        {
            "form": form,
            "heading": "Кто заведует отделением",
            "lead": place.name,
            "facts": [],
            "submit": "Записать",
            "hint": f"Сейчас заведует {now.person.short_name}: последним днём будет записан предыдущий." if now else "",
            "cancel_url": reverse("people:organisations"),
            "crumbs": _crumbs("Заведующий"),
        },
    )


@require_http_methods(["GET", "POST"])
def head_end(request, pk: int) -> HttpResponseBase:
    """Write down the last day of a head."""
    require(request.user, Right.PEOPLE_EDIT)
    found = get_object_or_404(
        DepartmentHead.objects.visible_to(request.user).select_related("person", "department"), pk=pk
    )
    form = EndRoleForm(request.POST or None)
    form.fields["until"].help_text = "Включительно"
    if form.is_valid() and act_with_form(
        form, lambda: acts.end(found, by=request.user, until=form.cleaned_data["until"])
    ):
        messages.success(request, f"{found.department.name}: последний день записан")
        return redirect("people:organisations")
    return render(
        request,
        "confirm.html",
        {
            "form": form,
            "heading": "Записать последний день заведующего?",
            "lead": f"{found.person.full_name}, {found.department.name}, {period(found.since, found.until)}",
            "submit": "Записать",
            "consequences": ["Просьбы об освобождении от обязанностей пойдут новому заведующему или куратору."],
            "cancel_url": reverse("people:organisations"),
            "crumbs": _crumbs("Последний день"),
        },
    )
