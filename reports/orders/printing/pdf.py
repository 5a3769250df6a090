"""Printing orders: previews of drafts, the paper for the pen, and the final PDF after registration,
kept with its hash.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from mentoring_site.files import discard_unless_used, store_bytes
from mentoring_site.hashing import sha256_of_json
from mentoring_site.pdf.render import RENDERER, render_pdf, sha256
from mentoring_site.pdf.resources import PdfError
from reports.orders.models import Order
from reports.orders.printing import facts

logger = logging.getLogger(__name__)

ATTEMPTS = 5
TEMPLATE = "documents/order.html"


class Damaged(Exception):
    """The stored bytes are not those that were printed or uploaded: they are never handed out."""


def pdf_of(order: Order) -> bytes:
    """Return the PDF of an order as it stands: from frozen facts if there are any, else from the draft.

    Raises ``PdfError`` when a text is too long, the frozen facts are not those that were frozen, or the order was made
    on paper and its text is not here.
    """
    if order.from_paper:
        raise PdfError("Приказ издан на бумаге, его текста здесь нет: откройте скан")
    if order.facts and sha256_of_json(order.facts) != order.facts_sha256:
        raise PdfError("Сведения приказа в базе отличаются от тех, что были переданы на подпись")
    return render_pdf(TEMPLATE, printed_facts(order), title=title_of(order))


def printed_facts(order: Order) -> dict:
    """Return what is printed: the frozen facts with the mark of each sheet, or the facts of a draft without one."""
    if not order.facts:
        return facts.of(Order.objects.with_papers().get(pk=order.pk))
    url = order.facts["register_url"] or facts.verify_url(order)
    return order.facts | {"sheet_mark": {"url": url, "edition": facts.edition_of(order)}}


def title_of(order: Order) -> str:
    """Return the title of the paper for readers and screen readers."""
    return f"{order} «{order.heading}»" if order.date else f"{order}"


def file_name(order: Order, what: str = "") -> str:
    """Return «2026-09-02_41-од_О закреплении наставнических пар.pdf» (docs/law.md#papers-integrity)."""
    start = f"{order.date}_{order.number}" if order.date else "проект"
    heading = order.heading if len(order.heading) <= 80 else order.heading[:80].rsplit(" ", 1)[0] + "…"
    return f"{start}_{heading}{what}.pdf".replace("/", "-").replace("\\", "-")


def intact(stored) -> bytes:
    """Return the bytes of a stored file after comparing them with its SHA-256. Raises ``Damaged``."""
    try:
        with stored.file.open("rb") as file:
            data = file.read()
    except OSError as error:
        raise Damaged(f"Файла «{stored.name}» нет в хранилище") from error
    if sha256(data) != stored.sha256:
        raise Damaged(f"Файл «{stored.name}» изменён или повреждён: его SHA-256 не совпадает с записанной")
    return data


@task()
def print_order(pk: int) -> str:
    """Render and keep the final PDF of a registered order; safe to repeat. Returns its SHA-256."""
    order = Order.objects.select_related("pdf").get(pk=pk)
    if order.pdf_id:
        return order.pdf.sha256
    if order.from_paper:  # its text is not here
        return ""
    Order.objects.filter(pk=pk).update(pdf_attempts=order.pdf_attempts + 1)
    data = pdf_of(order)
    made = store_bytes(data, name=file_name(order), content_type="application/pdf")
    with discard_unless_used(made) as stored, transaction.atomic():
        first = Order.objects.filter(pk=pk, pdf__isnull=True).update(pdf=stored, renderer=RENDERER)
    # another worker may have been quicker
    return sha256(data) if first else Order.objects.select_related("pdf").get(pk=pk).pdf.sha256


def print_missing(limit: int = 20) -> int:
    """Render papers that a stopped worker left unprinted for two minutes; returns how many were printed."""
    late = timezone.now() - timedelta(minutes=2)
    waiting = Order.objects.filter(
        state=Order.State.REGISTERED,
        pdf__isnull=True,
        from_paper=False,
        registered_at__lt=late,
        pdf_attempts__lt=ATTEMPTS,
    )
    printed = 0
    for pk in list(waiting.values_list("pk", flat=True)[:limit]):
        try:
            print_order.call(pk)
        except PdfError:  # shown on the page of the order; the others must not wait
            logger.exception("order %s not printed", pk)
            continue
        printed += 1
    return printed
