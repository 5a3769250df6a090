"""Pages of an engagement: hours written and confirmed (п. 4.1)."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.rights import require
from people.accounts.requests import UserRequest
from people.rights import Right
from programs.requests import presenters
from programs.requests.kinds.engaging import acts
from programs.requests.kinds.engaging.forms import WorkForm
from programs.requests.kinds.engaging.models import EngagedWork
from programs.requests.models import Request


@require_http_methods(["GET", "POST"])
def work_new(request: UserRequest, pk: int) -> HttpResponseBase:
    """Write down hours of the engaged teacher."""
    visible = Request.objects.visible_to(request.user).filter(kind="engaging")
    found = get_object_or_404(visible.with_requirements(), pk=pk)
    side = acts.is_side(found, request.user)
    require(request.user, Right.PROGRAMS_ACT_FOR_OTHERS, unless=side, also="сам преподаватель, наставник")
    form = WorkForm(request.POST or None)
    if form.is_valid() and act_with_form(form, lambda: acts.log(found, by=request.user, **form.cleaned_data)):
        messages.success(request, "Часы записаны. Они войдут в сумму, когда их подтвердит другая сторона")
        return redirect(found)
    return render(
        request,
        "form.html",
        {
            "heading": "Записать часы",
            "lead": found.about,
            "form": form,
            "submit": "Записать",
            "cancel_url": found.get_absolute_url(),
            "crumbs": presenters.crumbs(found, "Часы"),
        },
    )


def _work(request: UserRequest, pk: int) -> EngagedWork:
    return get_object_or_404(EngagedWork.objects.visible_to(request.user).select_related("request", "logged_by"), pk=pk)


@require_POST
def work_confirm(request: UserRequest, pk: int) -> HttpResponseBase:
    """Confirm hours that the other side has written."""
    work = _work(request, pk)
    act = lambda: acts.confirm(work, by=request.user)  # noqa: E731
    return act_and_redirect(request, act, success="Часы подтверждены", to=work.request)


@require_POST
def work_drop(request: UserRequest, pk: int) -> HttpResponseBase:
    """Take back hours that nobody has confirmed."""
    work = _work(request, pk)
    return act_and_redirect(request, lambda: acts.drop(work, by=request.user), success="Запись убрана", to=work.request)
