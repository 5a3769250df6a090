"""From a POST to an act and back: one way of telling the user what became of it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from mentoring_site import told, undo
from mentoring_site.help import about as help_about
from mentoring_site.help import place_of
from mentoring_site.joint import FIELD, FollowUp, taken
from mentoring_site.workflow import Already, NotAllowed, Refused


def act_and_redirect(request, act: Callable, *, success: str | Callable, to, undoable: tuple | None = None):
    """Run ``act`` and redirect to ``to`` with a message that says what was done, or why not.

    ``success`` is a sentence or a function of the act's result. A repeated submission gets a calm message, a missing
    requirement as an error. ``undoable`` are the object and the verb of an act that can be taken back
    (``mentoring_site/undo.py``). Raises ``PermissionDenied`` when the act belongs to somebody else.
    """
    try:
        with told.attempt():
            result = act()
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Already as refusal:
        messages.info(request, str(refusal))
    except Refused as refusal:
        tell(request, refusal)
    else:
        said = success(result) if callable(success) else success
        if undoable:
            undo.say(request, said, *undoable)
        else:
            messages.success(request, said)
    return redirect(to)


def asked_next(request: HttpRequest, otherwise: str) -> str:
    """Return where a short form comes back to: the page of ours that a link to it named (``next``)."""
    asked = request.GET.get("next", "")
    inside = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if inside else otherwise


def came_from(request: HttpRequest, otherwise: Any) -> Any:
    """Return the page of ours on which a button was pressed: home stays home; ``otherwise`` when it is not known."""
    referer = urlsplit(request.headers.get("Referer", ""))
    if referer.netloc != request.get_host() or not referer.path.startswith("/") or referer.path == request.path:
        return otherwise
    return referer.path + (f"?{referer.query}" if referer.query else "")


def act_together(
    request: HttpRequest, act: Callable, then: FollowUp | None, *, success: str, to: Any
) -> HttpResponseBase:
    """Do as ``act_and_redirect``, and when its button was pressed also what follows (``mentoring_site/joint.py``)."""
    if then is None or FIELD not in request.POST:
        return act_and_redirect(request, act, success=success, to=to)
    led: list = []
    both = lambda: led.append(taken(act, then, by=request.user))  # noqa: E731
    answer = act_and_redirect(request, both, success=then.success, to=to)
    return redirect(led[0]) if led else answer


def act_with_form(form, act: Callable, request=None):
    """Run ``act`` for a valid form; a refusal becomes an error of the form, which keeps what was typed.

    With ``request`` an act that was done before (``Already``) is no error of the form: a message says so and the
    answer is True, so that the view leads on. Returns the act's result, or None when it was refused. Raises
    ``PermissionDenied`` as ``act_and_redirect`` does.
    """
    try:
        with told.attempt():
            return act()
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Already as refusal:
        if request is None:
            form.add_error(None, str(refusal))
            return None
        messages.info(request, str(refusal))
        return True
    except Refused as refusal:
        for sentence in refusal.sentences:
            form.add_error(None, sentence)
        form.help = help_about(*refusal.about, type(form).__module__)
        return None


def tell(request: HttpRequest, refusal: Refused) -> None:
    """Say why an act was refused: a message for each reason, the last with the page of help about the act."""
    topic = help_about(*refusal.about, place_of(request))
    *others, last = refusal.sentences or [str(refusal)]
    for sentence in others:
        messages.error(request, sentence)
    messages.error(request, last, extra_tags=topic.url if topic else "")
