"""The school's particulars, and roles on one screen."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from mentoring_site.form_handling import act_with_form
from mentoring_site.lists import page_of
from mentoring_site.russian import period, rushort
from people.register.models import Person
from people.rights import ACTING, MENTEE, MENTOR, RELATION_ROLES, ROLES, Right, label
from people.roles import acts as role_acts
from people.roles import table as role_table
from people.roles.forms import ActingForm, EndRoleForm, GiveRoleForm
from people.roles.holders import signer
from people.roles.models import RoleGrant


def roles(request):
    """Every role with its sentence, who holds it by which order, and who may do what."""
    if not (request.user.can(Right.ROLES_MANAGE) or request.user.can(Right.ROLES_SEE)):
        raise PermissionDenied("Роли видят куратор, директор и системный администратор")
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
        "computed": _computed(),
        "past": [{"role": label(g.role), **_holder(g, False, today)} for g in past["page_obj"]],
        "may": may,
        "table": role_table.table(),
        "role_words": [w for w, _ in ROLES.values()],
    }
    return render(request, "people/roles/roles.html", context)


def _holder(grant, may, today) -> dict:
    """One line of a role: who, from–to, by which order."""
    order = f"приказ от {rushort(grant.order_date)} №\u00a0{grant.order_number}" if grant.order_number else ""
    return {
        "person": grant.person.short_name,
        "url": grant.person.get_absolute_url(),
        "period": period(grant.since, grant.until),
        "order": order,
        "ahead": grant.since > today,
        "end_url": reverse("people:role_end", args=[grant.pk]) if may else "",
    }


def _computed() -> list[dict]:
    """Mentors and mentees of today: they come from pairs by order, not from this screen."""
    engaged = Person.objects.filter(participations__until__isnull=True, participations__pairing__state="assigned")
    people: dict[str, set] = {MENTOR: set(), MENTEE: set()}
    for part, *names in engaged.values_list("participations__part", "pk", "last_name", "first_name", "middle_name"):
        people[part].add(tuple(names))
    return [
        {
            "label": RELATION_ROLES[part][0],
            "sentence": RELATION_ROLES[part][1],
            "people": [
                {
                    "name": Person(last_name=last, first_name=first, middle_name=middle).short_name,
                    "url": reverse("people:person", args=[pk]),
                }
                for pk, last, first, middle in sorted(people[part], key=lambda n: n[1:])
            ],
        }
        for part in (MENTOR, MENTEE)
    ]


def role_give(request):
    """Give a role: a form on its own page."""
    if not request.user.can(Right.ROLES_MANAGE):
        raise PermissionDenied("Роли даёт куратор или директор")
    persons = Person.objects.visible_to(request.user).filter(copied=False)
    form = GiveRoleForm(request.POST or None, persons=persons, initial={"role": request.GET.get("role", "")})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        grant = act_with_form(
            form, lambda: role_acts.give(data["person"], data["role"], by=request.user, **form.facts())
        )
        if grant:
            messages.success(
                request, f"{grant.person.short_name}: {label(grant.role)}, {period(grant.since, grant.until)}"
            )
            return redirect("people:roles")
    return render(
        request,
        "form.html",
        {"form": form, "heading": "Дать роль", "submit": "Дать роль", "cancel_url": reverse("people:roles")},
    )


def role_end(request, pk):
    """End a role, after a question that names the consequences."""
    if not request.user.can(Right.ROLES_MANAGE):
        raise PermissionDenied("Роли заканчивает куратор или директор")
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


def acting(request):
    """The periods, past and coming, and a form for the next one; overlapping periods are refused by the act."""
    if not request.user.can(Right.ROLES_MANAGE):
        raise PermissionDenied("Исполняющего обязанности записывает куратор или директор")
    persons = Person.objects.visible_to(request.user).filter(copied=False)
    form = ActingForm(request.POST if request.method == "POST" else None, persons=persons)
    if form.is_bound and form.is_valid():
        grant = act_with_form(
            form, lambda: role_acts.give(form.cleaned_data["person"], ACTING, by=request.user, **form.facts())
        )
        if grant:
            messages.success(
                request, f"{grant.person.short_name} исполняет обязанности директора {period(grant.since, grant.until)}"
            )
            return redirect("people:acting")
    today = timezone.localdate()
    found = RoleGrant.objects.filter(role=ACTING).select_related("person").order_by("-since")
    person, post = signer()
    return render(
        request,
        "people/roles/acting.html",
        {
            "form": form,
            "heading": "Исполняющий обязанности директора",
            "submit": "Записать",
            "cancel_url": reverse("people:roles"),
            "lead": (
                "В эти дни приказы подписывает исполняющий обязанности: так будет и на бумаге, полностью, без «и. о.»."
            ),
            "periods": [_period(grant, today) for grant in found],
            "now": f"{person.short_name}, {post[:1].lower()}{post[1:]}" if person else "",
            "crumbs": [("Роли", reverse("people:roles")), ("Исполняющий обязанности", None)],
        },
    )


def _period(grant, today) -> dict:
    """One period: who, from when to when, by which order, whether it is now."""
    state = "впереди" if grant.since > today else "сейчас" if grant.until is None or grant.until >= today else "прошло"
    return {
        "person": grant.person.short_name,
        "url": grant.person.get_absolute_url(),
        "period": period(grant.since, grant.until),
        "state": state,
        "order": f"от {rushort(grant.order_date)} №\u00a0{grant.order_number}" if grant.order_number else "—",
        "end_url": reverse("people:role_end", args=[grant.pk]) if state != "прошло" else "",
    }
