"""«Исполняющий обязанности директора»: who signs for an absent director, from when to when, by which order (п. 3.3)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from mentoring_site.acts import try_form
from mentoring_site.russian import period, rushort
from people import grants
from people.forms.settings import ActingForm
from people.heads import signer
from people.models import Person, RoleGrant
from people.roles import ACTING


def acting(request):
    """The periods, past and coming, and a form for the next one; overlapping periods are refused by the act."""
    if not request.user.can("roles.manage"):
        raise PermissionDenied("Исполняющего обязанности записывает куратор или директор")
    persons = Person.objects.visible_to(request.user).filter(copied=False)
    form = ActingForm(request.POST if request.method == "POST" else None, persons=persons)
    if form.is_bound and form.is_valid():
        grant = try_form(
            form, lambda: grants.give(form.cleaned_data["person"], ACTING, by=request.user, **form.facts())
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
        "people/acting.html",
        {
            "form": form,
            "heading": "Исполняющий обязанности директора",
            "submit": "Записать",
            "cancel_url": reverse("people:roles"),
            "lead": "В эти дни приказы подписывает исполняющий обязанности: так будет и на бумаге, полностью, без «и. о.».",
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
