"""The page that explains every form and kind of mentoring, for everybody (п. 2.3)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from people.rights import Right
from programs.program.kinds.presenters import explained


@require_safe
def kinds(request) -> HttpResponse:
    """What each form and kind is, whom it suits and what its program has to say; what is no program, and why."""
    user = request.user
    return render(
        request,
        "programs/program/kinds.html",
        explained(user)
        | {
            "pair_url": reverse("programs:pairing_new") if user.can(Right.PAIRINGS_PROPOSE) else "",
            "lists_url": reverse("programs:lists") if user.can(Right.LISTS_EDIT) else "",
        },
    )
