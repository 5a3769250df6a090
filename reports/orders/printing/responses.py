"""Answers with the bytes of a paper; a damaged file is never handed out."""

import io

from django.http import FileResponse, HttpResponse
from django.shortcuts import render

from mentoring_site.files import INLINE
from mentoring_site.ui.elements import Crumb
from reports.orders.printing.pdf import Damaged

FRAMED = "default-src 'none'; object-src 'self'; frame-ancestors 'self'"
SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"
NOT_HANDED_OUT = "Файл не выдан. Сообщите системному администратору: его восстанавливают из резервной копии"


def answer(data: bytes, name: str, content_type: str, *, inline: bool) -> FileResponse:
    """Answer with bytes that the caller has checked: shown in our own frame, or a download that no browser runs."""
    inline = inline and content_type in INLINE
    kind = content_type if content_type in INLINE else "application/octet-stream"
    response = FileResponse(io.BytesIO(data), as_attachment=not inline, filename=name, content_type=kind)
    response.headers["Content-Security-Policy"] = FRAMED if inline else SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


def damaged(
    request, error: Damaged, url: str, crumbs: list[Crumb], *, back: str = "Вернуться к приказу"
) -> HttpResponse:
    """Say that a file is not handed out, because its bytes are not those that were stored."""
    context = {"sentence": f"{error}.", "advice": NOT_HANDED_OUT, "crumbs": crumbs, "url": url, "back": back}
    return render(request, "reports/orders/order_problem.html", context, status=409)
