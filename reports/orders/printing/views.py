"""Papers of an order: the preview, the final PDF with its hash, the scan; a damaged file is never handed out."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_POST

from mentoring_site.form_handling import act_and_redirect
from mentoring_site.pdf.resources import PdfError
from mentoring_site.rights import require
from mentoring_site.scans import asked_scan
from people.rights import Right
from reports.orders.access import reads_paper
from reports.orders.models import Order
from reports.orders.presenters import crumbs
from reports.orders.printing.docx import docx_name, docx_of
from reports.orders.printing.pdf import Damaged, file_name, intact, pdf_of, print_order
from reports.orders.printing.presenters import document as document_state
from reports.orders.printing.responses import answer, damaged
from reports.orders.views import visible


def _readable(request, pk) -> Order:
    """Return an order whose paper the user may open whole; otherwise it looks absent."""
    obj = visible(request, pk)
    if not reads_paper(obj, request.user):
        raise Http404("Приложения этого приказа говорят и о других людях; с приказом знакомятся по его пунктам")
    return obj


def _unprintable(request, obj: Order, error: PdfError) -> HttpResponse:
    """Say that a draft cannot be printed: a text is too long."""
    context = {
        "sentence": str(error),
        "advice": "Сократите текст и откройте документ снова",
        "crumbs": crumbs(obj, "Документ"),
        "url": obj.get_absolute_url(),
        "back": "Вернуться к приказу",
    }
    return render(request, "reports/orders/order_problem.html", context, status=409)


@require_GET
@xframe_options_sameorigin
def preview(request, pk):
    """The paper as it stands: a draft, or the frozen order with blank number and date for the pen."""
    obj = _readable(request, pk)
    try:
        data = pdf_of(obj)
    except PdfError as error:
        return _unprintable(request, obj, error)
    return answer(data, file_name(obj), "application/pdf", inline=True)


@require_GET
def docx(request, pk):
    """The order as an editable DOCX, until it is registered: for those who work on its text."""
    obj = _readable(request, pk)
    require(request.user, Right.ORDERS_DRAFT)
    if obj.number:
        raise Http404("Приказ зарегистрирован: его текст больше не правят")
    try:
        data = docx_of(obj)
    except PdfError as error:
        return _unprintable(request, obj, error)
    return answer(data, docx_name(obj), "application/octet-stream", inline=False)


@require_GET
@xframe_options_sameorigin
def pdf(request, pk):
    """The final PDF, compared with its SHA-256 before it is handed out."""
    obj = _readable(request, pk)
    if not obj.pdf_id:
        raise Http404("Документ ещё готовится")
    return _stored(request, obj, obj.pdf, file_name(obj), inline="inline" in request.GET)


@require_GET
def scan_file(request, pk):
    """The scan of the signed order, or one that was replaced."""
    obj = _readable(request, pk)
    stored = asked_scan(request, obj, "scan")
    return _stored(request, obj, stored, stored.name, inline=False)


def _stored(request, obj, stored, name, *, inline):
    try:
        data = intact(stored)
    except Damaged as error:
        return damaged(request, error, obj.get_absolute_url(), crumbs(obj, "Документ"))
    return answer(data, name, stored.content_type, inline=inline)


@require_GET
def document(request, pk):
    """The state of the printed order, asked again by the page while it is made."""
    obj = visible(request, pk)
    if not obj.number:
        raise Http404("Документ появится после регистрации")
    return render(request, "components/document_state.html", {"document": document_state(obj)})


@require_POST
def print_again(request, pk):
    """Try once more to print an order whose printing failed."""
    obj = visible(request, pk)
    require(request.user, Right.ORDERS_REGISTER)

    def act():
        Order.objects.filter(pk=obj.pk, pdf__isnull=True).update(pdf_attempts=0)
        print_order.enqueue(obj.pk)

    return act_and_redirect(request, act, success="Документ готовится ещё раз", to=obj)
