"""Answers when something broke: they touch neither the database nor the session (``handler400``, ``handler500``)."""

import errno
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string

RETRY_AFTER_SECONDS = 30
NO_SPACE = {errno.ENOSPC, errno.EDQUOT}


def bad_request(request, exception=None) -> HttpResponse:
    """Answer 400 to what no page of ours sends."""
    return HttpResponse(render_to_string("400.html"), status=400)


def server_error(request) -> HttpResponse:
    """Answer 503 with Retry-After when the database or the disk cannot serve just now, else 500."""
    if not is_temporary(sys.exc_info()[1]):
        return HttpResponse(render_to_string("500.html"), status=500)
    response = HttpResponse(render_to_string("503.html"), status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def is_temporary(error: BaseException | None) -> bool:
    """Return whether the error means «not now»: a locked or lost database, a full disk."""
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError):
            return True
        if isinstance(error, OSError) and error.errno in NO_SPACE:
            return True
        error = error.__cause__
    return False
