"""Pages that begin the suspension of a program and its resumption (п. 7.2)."""

from datetime import timedelta

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mentoring_site.rights import require
from people.accounts.requests import UserRequest
from people.rights import Right
from programs.changes import presenters
from programs.changes.pause import acts
from programs.changes.pause.forms import PauseForm, ResumeForm
from programs.changes.pause.models import Pause, Resumption
from programs.changes.views import begin, get_change
from programs.program import presenters as program_presenters
from programs.program.views import get_program_head

PREPARED = "Подготовлено. Теперь можно передать на приказ"


@require_http_methods(["GET", "POST"])
def new(request: UserRequest, pk: int) -> HttpResponseBase:
    """Prepare the suspension of a running program."""
    program = get_program_head(request, pk)
    require(request.user, Right.PROGRAMS_CHANGE)
    form = PauseForm(request.POST or None, pairing=program.pairing)
    page = {
        "heading": "Приостановить программу",
        "lead": program.title,
        "submit": "Подготовить приостановление",
        "cancel_url": reverse("programs:program_changes", args=[pk]),
        "crumbs": program_presenters.crumbs(program, "Приостановление"),
        "hint": (
            "Программу приостановит приказ директора. Срок сам не сдвинется: его продлевают по обоюдному согласию (п."
            " 7.2)."
        ),
    }
    return begin(
        request,
        form,
        lambda: acts.propose(program, by=request.user, **form.cleaned_data),
        page,
        PREPARED,
        under_way=Pause.objects.visible_to(request.user).filter(program=program, state__in=Pause.OPEN_STATES),
    )


@require_http_methods(["GET", "POST"])
def resume(request: UserRequest, pk: int) -> HttpResponseBase:
    """Prepare the resumption of a suspended program."""
    pause = get_change(request, Pause, pk)
    require(request.user, Right.PROGRAMS_CHANGE)
    form = ResumeForm(request.POST or None, initial={"on": timezone.localdate() + timedelta(days=1)})
    page = {
        "heading": "Возобновить программу",
        "lead": pause.program.title,
        "submit": "Подготовить возобновление",
        "facts": presenters.facts(pause, request.user),
        "cancel_url": pause.get_absolute_url(),
        "crumbs": presenters.crumbs(pause, "Возобновление"),
        "hint": "Программу возобновит приказ директора. После него Вам предложат продлить срок на дни простоя.",
    }
    return begin(
        request,
        form,
        lambda: acts.propose_resumption(pause, by=request.user, **form.cleaned_data),
        page,
        PREPARED,
        under_way=Resumption.objects.visible_to(request.user).filter(pause=pause, state__in=Resumption.OPEN_STATES),
    )
