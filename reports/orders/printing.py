"""Printing orders: previews of drafts, the paper for the pen, and the final PDF after registration, kept with its hash."""

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from mentoring_site.files import store_bytes
from mentoring_site.pdf import RENDERER, render_pdf, sha256
from reports.models import Order
from reports.orders import facts

ATTEMPTS = 5


def pdf_of(order) -> bytes:
    """Return the PDF of an order as it stands: from frozen facts if there are any, else from the draft."""
    known = order.facts or facts.of(Order.objects.with_requirements().get(pk=order.pk))
    return render_pdf("documents/order.html", known, title=title_of(order))


def title_of(order) -> str:
    """Return the title of the paper for readers and screen readers."""
    return f"{order}" if not order.date else f"{order} «{order.heading}»"


def file_name(order) -> str:
    """Return «2026-09-02_41-од_О закреплении наставнических пар.pdf» (law-and-documents.md, 1.6)."""
    start = f"{order.date}_{order.full_number}" if order.date else "проект"
    return f"{start}_{order.heading[:80].replace('/', '-')}.pdf"


@task()
def print_order(pk: int) -> str:
    """Render and keep the final PDF of a registered order; safe to repeat. Returns its SHA-256."""
    order = Order.objects.select_related("pdf").get(pk=pk)
    if order.pdf_id:
        return order.pdf.sha256
    Order.objects.filter(pk=pk).update(pdf_attempts=order.pdf_attempts + 1)
    data = pdf_of(order)
    stored = store_bytes(data, name=file_name(order), content_type="application/pdf")
    with transaction.atomic():
        Order.objects.filter(pk=pk, pdf__isnull=True).update(pdf=stored, renderer=RENDERER)
    return sha256(data)


def print_missing(limit: int = 20) -> int:
    """Render papers that a stopped worker left unprinted for two minutes; returns how many were printed."""
    late = timezone.now() - timezone.timedelta(minutes=2)
    waiting = Order.objects.filter(
        state="registered", pdf__isnull=True, from_paper=False, registered_at__lt=late, pdf_attempts__lt=ATTEMPTS
    )
    pks = list(waiting.values_list("pk", flat=True)[:limit])
    for pk in pks:
        print_order.call(pk)
    return len(pks)
