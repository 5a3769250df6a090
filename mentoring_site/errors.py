"""The answer when something broke: it touches neither the database nor the session (``handler500`` of the urls)."""
import errno
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.views import defaults

RETRY_AFTER_SECONDS = 30
NO_SPACE = {errno.ENOSPC, errno.EDQUOT}


def server_error(request) -> HttpResponse:
    """Answer 503 with Retry-After when the database or the disk cannot serve just now, else 500."""
    if not is_temporary(sys.exc_info()[1]):
        return defaults.server_error(request)
    response = HttpResponse(render_to_string("503.html"), status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def is_temporary(error: BaseException | None) -> bool:
    """Tell whether the error means «not now»: a locked or lost database, a full disk."""
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError):
            return True
        if isinstance(error, OSError) and error.errno in NO_SPACE:
            return True
        error = error.__cause__
    return False
