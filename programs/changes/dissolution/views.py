"""Pages of replacing a mentor, of ending a pair, and of petitions (п. 4.1, 5.1, 7.1)."""

from django.utils import timezone
from django.views.decorators.http import require_http_methods

from people.rights import Right
from programs.changes.dissolution import acts as dissolution_acts
from programs.changes.dissolution.forms import EndForm
from programs.changes.dissolution.models import Dissolution
from programs.changes.petitions.views import _frame, _pairing
from programs.changes.views import CURATOR_ONLY, OPEN, begin
from programs.program.views import need


@require_http_methods(["GET", "POST"])
def dissolution_new(request, pk):
    """Begin to end a pair that has no approved programme."""
    pairing = _pairing(request, pk)
    need(request.user.can(Right.PROGRAMS_ACT_FOR_OTHERS), CURATOR_ONLY)
    form = EndForm(request.POST or None, initial={"on": timezone.localdate()})
    page = _frame(
        pairing,
        "Прекратить закрепление",
        submit="Подготовить прекращение",
        hint="Пару завершит приказ директора. Проект её программы, если он есть, будет снят; участники освободятся.",
    )
    act = lambda: dissolution_acts.propose_end(pairing, by=request.user, **form.cleaned_data)  # noqa: E731
    going = Dissolution.objects.filter(pairing=pairing, state__in=OPEN)
    return begin(request, form, act, page, "Подготовлено. Теперь можно передать на приказ", going=going)
