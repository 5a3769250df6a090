"""Roles on one screen: who holds them, who may do what; giving and ending them (п. 3.3–3.5)."""

from datetime import date

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from mentoring_site.form_handling import act_with_form
from mentoring_site.paper_ref import PaperRef
from mentoring_site.rights import require
from mentoring_site.russian import period
from mentoring_site.ui.list_page import page_of
from people.rights import RELATION_ROLES, ROLES, Right, label
from people.roles import acts as role_acts
from people.roles import table as role_table
from people.roles.forms import EndRoleForm
from people.roles.models import RoleGrant
from people.roles.relations import relation_holders


def roles(request):
    """Every role with its sentence, who holds it by which order, and who may do what."""
    require(request.user, Right.ROLES_SEE)
    may = request.user.can(Right.ROLES_MANAGE)
    today = timezone.localdate()
    held: dict[str, list[dict]] = {code: [] for code in ROLES}
    for grant in RoleGrant.objects.filter(Q(until=None) | Q(until__gte=today)).select_related("person"):
        held[grant.role].append(_holder(grant, may, today))
    past = page_of(
        RoleGrant.objects.filter(until__lt=today).select_related("person").order_by("-until", "-pk"), request
    )
    context = past | {
        "roles": [
            {"code": c, "label": w, "sentence": s, "holders": held[c], "url": f"{reverse('people:role_give')}?role={c}"}
            for c, (w, s) in ROLES.items()
        ],
        "by_relation": [
            {"label": RELATION_ROLES[role][0], "sentence": RELATION_ROLES[role][1], "people": people}
            for role, people in relation_holders().items()
        ],
        "past": [{"role": label(g.role), **_holder(g, False, today)} for g in past["page_obj"]],
        "may": may,
        "table": role_table.table(),
        "role_words": [w for w, _ in ROLES.values()],
    }
    return render(request, "people/roles/roles.html", context)


def _holder(grant: RoleGrant, may: bool, today: date) -> dict:
    """One line of a role: who, from–to, by which order."""
    order = f"приказ {PaperRef(grant.order_number, grant.order_date).on_screen}" if grant.order_number else ""
    return {
        "person": grant.person.short_name,
        "url": grant.person.get_absolute_url(),
        "period": period(grant.since, grant.until),
        "order": order,
        "ahead": grant.since > today,
        "end_url": reverse("people:role_end", args=[grant.pk]) if may else "",
    }


def role_end(request, pk):
    """End a role, after a question that names the consequences."""
    require(request.user, Right.ROLES_MANAGE)
    grant = get_object_or_404(RoleGrant.objects.select_related("person"), pk=pk)
    form = EndRoleForm(request.POST or None)
    if (
        form.is_bound
        and form.is_valid()
        and act_with_form(form, lambda: role_acts.end(grant, by=request.user, until=form.cleaned_data["until"]))
    ):
        messages.success(request, f"{grant.person.short_name}: роль «{label(grant.role)}» закончена")
        return redirect("people:roles")
    context = {
        "form": form,
        "heading": f"Закончить роль «{label(grant.role)}»?",
        "submit": "Закончить роль",
        "cancel_url": reverse("people:roles"),
        "lead": f"{grant.person.full_name}, {period(grant.since, grant.until)}",
        "consequences": role_acts.consequences(grant, request.user),
        "danger": True,
    }
    return render(request, "confirm.html", context)
