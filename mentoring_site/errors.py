"""Answers when something broke or was refused (``handler400``, ``handler403``, ``handler500``).

They touch neither the database nor the session.
"""

import errno
import sys
from dataclasses import dataclass

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from mentoring_site.help import about as help_about
from mentoring_site.help import names_of, place_of

RETRY_AFTER_SECONDS = 30
NO_SPACE = {errno.ENOSPC, errno.EDQUOT}


@dataclass(frozen=True)
class Refusal:
    """A request that is not served: what happened, and what to do, in Russian."""

    status: int
    title: str
    heading: str
    sentence: str
    retry_after: int = 0


REFUSALS = {
    "too_large": Refusal(
        413,
        "Слишком много сразу",
        "Отправлено слишком много",
        "Один файл — до 20 МБ, всё вместе — до 64 МБ, и файлы принимаются только после входа. Ничего не записано. "
        "Вернитесь, уменьшите файлы или отправьте их по частям.",
    ),
    "too_many_fields": Refusal(
        413,
        "Слишком много сразу",
        "В форме слишком много полей",
        "Ничего не записано. Вернитесь и отправьте написанное по частям.",
    ),
    "too_slow": Refusal(
        408,
        "Связь прервалась",
        "Отправка не дошла до конца",
        "Связь слишком медленная или прервалась. Ничего не записано. Вернитесь и отправьте ещё раз.",
    ),
    "too_long": Refusal(
        503,
        "Слишком долго",
        "Сервер не успел за отведённое время",
        "Работа остановлена, недоделанное не записано. Проверьте, что получилось, и попробуйте с меньшим объёмом: "
        "сузьте список или отправьте по частям.",
        60,
    ),
    "wait": Refusal(
        429,
        "Подождите",
        "Подождите: готовятся Ваши документы",
        "Вы попросили много документов сразу, они готовятся по очереди. Подождите полминуты и обновите страницу.",
        30,
    ),
    "crowded": Refusal(
        503,
        "Сервер занят",
        "Сервер сейчас занят",
        "Слишком много обращений сразу, это ничего не изменило. Подождите полминуты и обновите страницу: если Вы "
        "отправляли форму, браузер спросит, отправить ли её снова, — соглашайтесь.",
        30,
    ),
}
BODY_REFUSALS = {
    RequestDataTooBig: "too_large",
    TooManyFieldsSent: "too_many_fields",
    TooManyFilesSent: "too_large",
}


def refuse(what: str) -> HttpResponse:
    """Answer with the page of a refusal."""
    refusal = REFUSALS[what]
    response = HttpResponse(render_to_string("refused.html", {"refusal": refusal}), status=refusal.status)
    if refusal.retry_after:
        response.headers["Retry-After"] = str(refusal.retry_after)
    return response


def bad_request(request, exception=None) -> HttpResponse:
    """Answer 400 to what no page of ours sends, 413 to more than a form may send."""
    if what := BODY_REFUSALS.get(type(exception)):
        return refuse(what)
    return HttpResponse(render_to_string("400.html"), status=400)


def permission_denied(request: HttpRequest, exception: BaseException | None = None) -> HttpResponse:
    """Answer 403 with the sentence of the refusal and the page of help about what was refused."""
    topic = help_about(*names_of(exception), place_of(request))
    context = {"exception": str(exception or ""), "topic": topic}
    return HttpResponse(render_to_string("403.html", context), status=403)


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
