"""The offices that nobody holds yet on one page, and all released slips in one PDF: steps of the first hour."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from mentoring_site.form_handling import act_with_form
from mentoring_site.rights import require
from mentoring_site.russian import joined
from mentoring_site.ui.elements import Crumb
from mentoring_site.workflow import Refused
from people.access import acts, rules
from people.access.forms import OfficesForm
from people.access.models import AccessRequest
from people.accounts.requests import UserRequest
from people.accounts.slips import slips_pdf
from people.register.models import Person
from people.rights import Right, label


def offices(request: UserRequest):
    """Name the holders of the offices that are free: one form instead of one for each role."""
    require(request.user, Right.ROLES_MANAGE)
    persons = Person.objects.visible_to(request.user).at_work().filter(copied=False)
    form = OfficesForm(request.POST or None, offices=acts.free_offices(), persons=persons)
    if request.method == "POST" and form.is_valid():
        asked = act_with_form(form, lambda: acts.ask_offices(form.chosen(), by=request.user))
        if asked:
            who = joined(list(dict.fromkeys(rules.who_releases(one) for one in asked)))
            messages.success(request, f"Запросы записаны. Подтверждает {who}; потом напечатайте листки для входа")
            return redirect("people:roles")
    waiting = (
        AccessRequest.objects.visible_to(request.user)
        .filter(kind="role", role__in=acts.OFFICES, state="asked")
        .select_related("person")
    )
    context = {
        "form": form,
        "heading": "Кто за что отвечает",
        "lead": "Назовите, кого знаете: остальных можно назвать позже. Учётные записи заведутся сразу.",
        "submit": "Отправить на подтверждение",
        "waiting": [f"{label(one.role)}: {one.person.short_name}" for one in waiting],
        "cancel_url": reverse("people:roles"),
        "crumbs": [Crumb("Роли", reverse("people:roles")), Crumb("Кто за что отвечает")],
        "hint": "Эти роли один называет, другой подтверждает: запрос придёт директору.",
    }
    return render(request, "people/access/offices.html", context)


def slips(request: UserRequest):
    """All released slips that the user has asked for, after a question."""
    require(request.user, Right.ACCOUNTS_MANAGE, unless=request.user.can(Right.ROLES_MANAGE))
    if request.method == "POST":
        try:
            return slips_pdf(acts.print_slips(by=request.user))
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("people:access_requests")
    ready = AccessRequest.objects.visible_to(request.user).to_print(request.user).select_related("person")
    context = {
        "heading": "Напечатать листки?",
        "lead": joined([one.person.short_name for one in ready]) or "Подтверждённых листков сейчас нет",
        "consequences": [
            "На каждом листке одноразовый код. Отдайте его владельцу лично; второй код скажет тот, кто подтвердил",
            "Листок действует три дня; прежние приглашения перестанут работать",
        ],
        "submit": "Получить листки в PDF",
        "cancel_url": reverse("people:access_requests"),
    }
    return render(request, "confirm.html", context)
