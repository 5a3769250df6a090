"""«Отменить»: the question, and the act taken back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from mentoring_site import undo
from mentoring_site.form_handling import act_and_redirect
from mentoring_site.models import Act
from mentoring_site.russian import ruday, rutime
from mentoring_site.ui.elements import Fact

LETTERS = "Письма об этом, которые ещё не ушли, не уйдут; кто письмо уже получил, получит короткое «отменено»"


@require_http_methods(["GET", "POST"])
def take_back(request: Any, pk: int) -> HttpResponseBase:
    """Ask before an act is taken back, and take it back; a foreign act looks like an absent one."""
    act = get_object_or_404(Act.objects.select_related("actor__person", "object_type"), pk=pk)
    kind, obj = undo.kind_of(act), act.object
    if kind is None or not kind.allows(act, request.user) or (obj is not None and not _is_visible(obj, request.user)):
        raise Http404
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


def _is_visible(obj: Any, user: Any) -> bool:
    objects = type(obj).objects
    return not hasattr(objects, "visible_to") or objects.visible_to(user).filter(pk=obj.pk).exists()
