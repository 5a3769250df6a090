"""Pages for what went wrong: handlers that touch neither the database nor the session.

``mentoring_site.urls`` names them as ``handler400``, ``handler403``, ``handler404`` and ``handler500``.
"""
import errno
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string

RETRY_AFTER_SECONDS = 30
NO_SPACE = {errno.ENOSPC, errno.EDQUOT}


def page(status: int, heading: str, text: str) -> HttpResponse:
    """Return a page that says what happened and what to do, with no context but these words."""
    html = render_to_string("errors/plain.html", {"heading": heading, "text": text, "status": status})
    response = HttpResponse(html, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def bad_request(request, exception=None):
    """400: the browser sent what no form of ours sends."""
    return page(400, "Запрос не понят", "Вернитесь назад, проверьте введённое и отправьте ещё раз.")


def forbidden(request, exception=None):
    """403: known, but the act belongs to somebody else."""
    text = str(exception) if exception is not None else ""
    return page(403, "Это действие Вам недоступно", text or "Если это Ваша работа, обратитесь к куратору.")


def not_found(request, exception=None):
    """404: absent, or not visible to this user, which looks the same."""
    return page(404, "Такой страницы нет", "Возможно, адрес набран с ошибкой или страница Вам не открыта.")


def csrf_failure(request, reason=""):
    """403: the form is older than the session, or came from another site."""
    return page(
        403,
        "Форма устарела",
        "Вернитесь назад, обновите страницу и отправьте форму ещё раз. Если не помогло, войдите заново.",
    )


def server_error(request):
    """503 with Retry-After when the database or the disk cannot answer now, else 500."""
    if is_temporary(sys.exc_info()[1]):
        return unavailable()
    return page(500, "Что-то сломалось у нас", "Ошибка записана. Попробуйте ещё раз; повторится — сообщите куратору.")


def unavailable() -> HttpResponse:
    """Return the 503 page: nothing is lost, come back in half a minute."""
    response = page(
        503,
        "Сервер занят",
        "Ваше последнее действие не записано. Подождите полминуты и повторите: двойного результата не будет.",
    )
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
