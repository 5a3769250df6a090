"""The page that begins to end a pair without an approved program."""

from django.http import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mentoring_site.rights import require
from people.accounts.requests import UserRequest
from people.rights import Right
from programs.changes.dissolution import acts
from programs.changes.dissolution.forms import DissolutionForm
from programs.changes.dissolution.models import Dissolution
from programs.changes.views import begin, get_pairing, pairing_form


@require_http_methods(["GET", "POST"])
def new(request: UserRequest, pk: int) -> HttpResponseBase:
    """Begin to end a pair that has no approved program."""
    pairing = get_pairing(request, pk)
    require(request.user, Right.PROGRAMS_CHANGE)
    form = DissolutionForm(request.POST or None, pairing=pairing, initial={"on": timezone.localdate()})
    hint = "Пару завершит приказ директора. Проект её программы, если он есть, будет снят; участники освободятся."
    return begin(
        request,
        form,
        lambda: acts.propose(pairing, by=request.user, **form.cleaned_data),
        pairing_form(pairing, "Прекратить закрепление", submit="Подготовить прекращение", hint=hint),
        "Подготовлено. Теперь можно передать на приказ",
        under_way=Dissolution.objects.visible_to(request.user).filter(
            pairing=pairing, state__in=Dissolution.OPEN_STATES
        ),
    )
