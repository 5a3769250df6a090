"""Pages of support: those without a pair, a moved term (roadmap, stage 5)."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from mentoring_site.form_handling import act_with_form
from mentoring_site.rights import require
from people.accounts.requests import UserRequest
from people.banks.models import Candidate
from people.rights import Right
from programs.pairings.pool import free_mentees
from programs.requests import presenters
from programs.requests.kinds.support import acts
from programs.requests.kinds.support.forms import ProlongForm
from programs.requests.kinds.support.list_page import SUPPORTS, with_support
from programs.requests.models import Request


@require_safe
def supports(request: UserRequest) -> HttpResponseBase:
    """All mentees without a pair: who supports them meanwhile, who has nobody."""
    require(request.user, Right.REQUESTS_DECIDE)
    known = Candidate.objects.visible_to(request.user).filter(pk__in=free_mentees().order_by().values("pk"))
    return SUPPORTS.answer(request, with_support(known))


@require_http_methods(["GET", "POST"])
def prolong(request: UserRequest, pk: int) -> HttpResponseBase:
    """Another last day."""
    visible = Request.objects.visible_to(request.user).filter(kind="support")
    found = get_object_or_404(visible.with_requirements(), pk=pk)
    helper = found.person.short_name if found.person else ""
    require(request.user, Right.REQUESTS_DECIDE, act="продлить поддержку")
    form = ProlongForm(request.POST or None, initial={"until": found.support.until})
    if form.is_valid() and act_with_form(form, lambda: acts.prolong(found, by=request.user, **form.cleaned_data)):
        messages.success(request, "Поддержка продлена")
        return redirect(found)
    return render(
        request,
        "form.html",
        {
            "heading": "Продлить поддержку",
            "lead": f"{found.about}, поддерживает {helper}",
            "form": form,
            "submit": "Продлить",
            "cancel_url": found.get_absolute_url(),
            "crumbs": presenters.crumbs(found, "Продлить"),
        },
    )
