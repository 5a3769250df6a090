"""Drafts on the device (static/js/drafts.js): whose they are, and the word that a form has been accepted.

A page tells the script for whom it was made: a code of the account, not its number. A form that is sent names its
draft; when the act is done, and only then, a cookie for the script names it back, and the draft is erased. Pages of
passwords, codes and consents keep nothing.
"""

import re
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

FIELD, COOKIE = "kept_draft", "draft_accepted"
DRAFT = re.compile(r"[a-z0-9]{8,40}")
SALT = "people.drafts"
LIFE = 600  # seconds: the next page reads it
PRIVATE = re.compile(
    r"^/?(accounts|consents|people/[^/]+/consents|settings/(accounts|access)|access|invitation|setup)/"
)


def owner_code(pk: int) -> str:
    """Return the code under which an account's drafts lie on a device."""
    return salted_hmac(SALT, str(pk)).hexdigest()[:16]


def drafts(request: HttpRequest) -> dict[str, str]:
    """Give ``draft_owner`` to the templates: whose drafts the page may keep, empty where nothing is kept."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or PRIVATE.match(request.path):
        return {"draft_owner": ""}
    return {"draft_owner": owner_code(user.pk)}


def accepted_drafts(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Name the draft of a form whose act is done.

    An act that is done leads on: to a page that says so, or to the next step. A form with errors comes back by itself;
    a refusal that leads away, a login, a fault accept nothing.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        draft = request.POST.get(FIELD, "") if request.method == "POST" and response.status_code in (302, 303) else ""
        if DRAFT.fullmatch(draft) and request.user.is_authenticated and _is_done(request):
            response.set_cookie(COOKIE, draft, max_age=LIFE, path="/", secure=settings.HTTPS, samesite="Lax")
        return response

    return middleware


def _is_done(request: HttpRequest) -> bool:
    """Whether what the user will be told is no refusal."""
    told = {message.level for message in getattr(messages.get_messages(request), "_queued_messages", ())}
    return not told or messages.SUCCESS in told
