"""«Отменить»: the question, and the act taken back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mentoring_site import undo
from mentoring_site.form_handling import act_and_redirect
from mentoring_site.russian import ruday, rutime
from mentoring_site.ui.elements import Fact

LETTERS = "Письма об этом, которые ещё не ушли, не уйдут; кто письмо уже получил, получит короткое «отменено»"


@require_http_methods(["GET", "POST"])
def take_back(request: Any, pk: int) -> HttpResponseBase:
    """Ask before an act is taken back, and take it back; a foreign act looks like an absent one."""
    act, kind = undo.found(pk, request.user)
    if act is None or kind is None:
        raise Http404
    obj: Any = act.object
    if kind.page:
        return redirect(kind.page(act))
    to = obj.get_absolute_url() if obj is not None else "/home/"
    if request.method == "POST":
        return act_and_redirect(
            request, lambda: undo.undo(act, by=request.user), success=f"Отменено: {act.words}", to=to
        )
    reason = undo.refusal(act, kind, undo.log_of(act), request.user)
    if reason or obj is None:
        messages.info(request, str(reason) if reason else "Это уже отменено, или самой записи больше нет")
        return redirect(to)
    context = {
        "heading": f"Отменить {kind.what}?",
        "submit": "Отменить",
        "facts": [Fact("Что сделано", act.words), Fact("Когда", f"{ruday(act.at)}, {rutime(act.at)}")],
        "consequences": [*kind.effects, LETTERS, "В истории останутся обе записи: что сделано и что отменено"],
        "cancel_url": to,
        "danger": True,
    }
    return render(request, "confirm.html", context)
