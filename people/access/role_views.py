"""Giving roles: the role of a council member at once, every other by a request that another person releases."""

from datetime import date

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from mentoring_site.form_handling import act_with_form
from mentoring_site.paper_ref import PaperRef
from mentoring_site.rights import require
from mentoring_site.russian import period
from mentoring_site.ui.elements import Crumb
from people.access import acts, rules
from people.access.forms import AskActingForm, AskRoleForm
from people.accounts.requests import UserRequest
from people.register.models import Person
from people.rights import ACTING, PRIVILEGED, Right, label
from people.roles import acts as role_acts
from people.roles.holders import signer
from people.roles.models import RoleGrant


def give_or_ask(request: UserRequest, person: Person, role: str, form) -> str:
    """Give the role, or ask for it when another person has to release it; return where to go on."""
    if role not in PRIVILEGED:
        grant = role_acts.give(person, role, by=request.user, **form.values())
        messages.success(request, f"{person.short_name}: {label(role)}, {period(grant.since, grant.until)}")
        return reverse("people:roles")
    asked = acts.ask_role(person, role, by=request.user, why=form.cleaned_data.get("why", ""), **form.values())
    messages.success(request, f"Запрос записан. Роль подтверждает {rules.who_releases(asked)}")
    return asked.get_absolute_url()


def role_give(request):
    """Give a role, or ask for it: a form on its own page."""
    require(request.user, Right.ROLES_MANAGE)
    persons = Person.objects.visible_to(request.user).at_work().filter(copied=False)
    form = AskRoleForm(request.POST or None, persons=persons, initial={"role": request.GET.get("role", "")})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = act_with_form(form, lambda: give_or_ask(request, data["person"], data["role"], form))
        if made:
            return redirect(made)
    return render(
        request,
        "form.html",
        {
            "form": form,
            "heading": "Дать роль",
            "submit": "Дать роль или отправить запрос",
            "cancel_url": reverse("people:roles"),
            "hint": "Роль члена совета действует сразу; остальные — когда их подтвердит другой человек.",
        },
    )


def acting(request):
    """The periods, past and coming, and a form for the next one; overlapping periods are refused by the act."""
    require(request.user, Right.ROLES_MANAGE)
    persons = Person.objects.visible_to(request.user).at_work().filter(copied=False)
    form = AskActingForm(request.POST if request.method == "POST" else None, persons=persons)
    if form.is_bound and form.is_valid():
        made = act_with_form(form, lambda: give_or_ask(request, form.cleaned_data["person"], ACTING, form))
        if made:
            return redirect(made)
    today = timezone.localdate()
    found = RoleGrant.objects.filter(role=ACTING).select_related("person").order_by("-since")
    person, post = signer()
    return render(
        request,
        "people/roles/acting.html",
        {
            "form": form,
            "heading": "Исполняющий обязанности директора",
            "submit": "Отправить запрос",
            "cancel_url": reverse("people:roles"),
            "lead": (
                "В эти дни приказы подписывает исполняющий обязанности: так будет и на бумаге, полностью, без «и. о.»."
                " Запись начнёт действовать, когда её подтвердит другой человек."
            ),
            "periods": [_period(grant, today) for grant in found],
            "now": f"{person.short_name}, {post[:1].lower()}{post[1:]}" if person else "",
            "crumbs": [Crumb("Роли", reverse("people:roles")), Crumb("Исполняющий обязанности")],
        },
    )


def _period(grant: RoleGrant, today: date) -> dict:
    """One period: who, from when to when, by which order, whether it is now."""
    state = "впереди" if grant.since > today else "сейчас" if grant.until is None or grant.until >= today else "прошло"
    return {
        "person": grant.person.short_name,
        "url": grant.person.get_absolute_url(),
        "period": period(grant.since, grant.until),
        "state": state,
        "order": PaperRef(grant.order_number, grant.order_date).on_screen if grant.order_number else "—",
        "end_url": reverse("people:role_end", args=[grant.pk]) if state != "прошло" else "",
    }
