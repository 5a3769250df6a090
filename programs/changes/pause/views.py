"""Pages of changes: the tab of a programme, one change and its acts, suspension, resumption (п. 7.2)."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from people.rights import Right
from programs.changes import presenters
from programs.changes.pause import acts as pause_acts
from programs.changes.pause.forms import PauseForm, ResumeForm
from programs.changes.pause.models import Pause, Resumption
from programs.changes.views import CURATOR_ONLY, OPEN, begin, known
from programs.program import presenters as program_presenters
from programs.program.views import get_program_head, need


@require_http_methods(["GET", "POST"])
def pause_new(request, pk):
    """Prepare the suspension of a running programme."""
    program = get_program_head(request, pk)
    need(request.user.can(Right.PROGRAMS_ACT_FOR_OTHERS), CURATOR_ONLY)
    form = PauseForm(request.POST or None)
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
        lambda: pause_acts.propose(program, by=request.user, **form.cleaned_data),
        page,
        "Подготовлено. Теперь можно передать на приказ",
        going=Pause.objects.filter(program=program, state__in=OPEN),
    )


@require_http_methods(["GET", "POST"])
def resume_new(request, pk):
    """Prepare the resumption of a suspended programme."""
    pause = known(request, "pause", pk)
    need(request.user.can(Right.PROGRAMS_ACT_FOR_OTHERS), CURATOR_ONLY)
    tomorrow = timezone.localdate() + timedelta(days=1)
    form = ResumeForm(request.POST or None, initial={"on": tomorrow})
    page = {
        "heading": "Возобновить программу",
        "lead": pause.program.title,
        "submit": "Подготовить возобновление",
        "facts": presenters.facts(pause, request.user),
        "cancel_url": pause.get_absolute_url(),
        "crumbs": presenters.crumbs(pause, "Возобновление"),
        "hint": "Программу возобновит приказ директора. После него Вам предложат продлить срок на дни простоя.",
    }
    act = lambda: pause_acts.propose_resumption(pause, by=request.user, **form.cleaned_data)  # noqa: E731
    going = Resumption.objects.filter(pause=pause, state__in=OPEN)
    return begin(request, form, act, page, "Подготовлено. Теперь можно передать на приказ", going=going)
