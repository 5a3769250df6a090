"""Detached signatures made outside: the PDF to be signed, the file of the signature, both to be taken
and verified elsewhere.
"""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.models import StoredFile
from mentoring_site.pdf.resources import PdfError
from mentoring_site.rights import require
from mentoring_site.russian import ruday, rutime
from mentoring_site.workflow import Refused
from people.language.names import agree
from people.rights import Right
from reports.orders.models import Order
from reports.orders.presenters import crumbs
from reports.orders.printing.pdf import Damaged, intact
from reports.orders.printing.responses import answer, damaged
from reports.orders.signatures import acts
from reports.orders.signatures.forms import SignatureForm
from reports.orders.signatures.models import DetachedSignature
from reports.orders.views import visible


@dataclass(frozen=True)
class PaperRow:
    """A paper prepared for a signature: its files, who attached the signature; ``old`` after its order was returned."""

    title: str
    files: list[dict]
    signed: bool
    by: str
    old: bool
    attach_url: str


def _signature(request, pk: int) -> DetachedSignature:
    row = get_object_or_404(DetachedSignature.objects.select_related("order", "paper", "file"), pk=pk)
    visible(request, row.order_id)
    require(request.user, Right.ORDERS_SEE_ALL)
    return row


@require_GET
def signatures(request, pk):
    """The papers prepared for a signature outside and the signatures attached."""
    obj = visible(request, pk)
    require(request.user, Right.ORDERS_SEE_ALL)
    registers = request.user.can(Right.ORDERS_REGISTER)
    found = list(obj.signatures.select_related("paper", "file", "attached_by__person"))
    context = {
        "title": "Электронные подписи",
        "lead": obj.heading,
        "crumbs": crumbs(obj, "Электронные подписи"),
        "papers": [_paper(row, obj, registers) for row in found],
        "prepare_url": (
            reverse("reports:order_signature_prepare", args=[pk]) if registers and _lacks_paper(obj, found) else ""
        ),
        "blank": obj.state == Order.State.AT_SIGNATURE,
    }
    return render(request, "reports/orders/order_signatures.html", context)


def _lacks_paper(order: Order, found: list[DetachedSignature]) -> bool:
    """Whether the PDF of the order's present state is not prepared for a signature yet."""
    if order.state == Order.State.REGISTERED:
        return not any(row.paper_id == order.pdf_id for row in found)
    return order.state == Order.State.AT_SIGNATURE and not any(row.frozen_at == order.frozen_at for row in found)


def _paper(row: DetachedSignature, order: Order, registers: bool) -> PaperRow:
    old, by = row.frozen_at != order.frozen_at, ""
    if row.attached_by:
        who = row.attached_by.person
        word = agree(who.gender, "Приложил", "Приложила")
        by = f"{word} {who.short_name}, {ruday(row.attached_at)} в {rutime(row.attached_at)}"
    attaches = registers and not row.file and not old
    return PaperRow(
        title="Зарегистрированный приказ" if row.paper_id == order.pdf_id else "Приказ с пустыми номером и датой",
        files=[
            _file(stored, reverse(f"reports:{name}", args=[row.pk]))
            for stored, name in ((row.paper, "signature_paper"), (row.file, "signature_file"))
            if stored
        ],
        signed=row.file is not None,
        by=by,
        old=old,
        attach_url=reverse("reports:signature_attach", args=[row.pk]) if attaches else "",
    )


def _file(stored: StoredFile, url: str) -> dict:
    """Return a file for ``components/files.html``."""
    return {"name": stored.name, "url": url, "size": stored.size, "sha256": stored.sha256}


@require_POST
def prepare(request, pk):
    """Keep the very PDF that will be signed outside."""
    obj = visible(request, pk)

    def act():
        try:
            return acts.prepare(obj, by=request.user)
        except (Damaged, PdfError) as error:
            raise Refused(str(error)) from error

    success = "PDF готов. Скачайте его, подпишите в своей программе и приложите файл подписи"
    return act_and_redirect(request, act, success=success, to=reverse("reports:order_signatures", args=[pk]))


def attach(request, pk):
    """Attach the file of a signature, once."""
    row = _signature(request, pk)
    require(request.user, Right.ORDERS_REGISTER)
    back = reverse("reports:order_signatures", args=[row.order_id])
    sent = request.method == "POST"
    form = SignatureForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        upload = form.cleaned_data["file"]
        if act_with_form(form, lambda: acts.attach(row, form.data_of_file, upload.name, by=request.user)):
            return redirect(back)
    return render(
        request,
        "form.html",
        {
            "form": form,
            "heading": "Приложить подпись",
            "lead": f"К файлу «{row.paper.name}»",
            "submit": "Приложить подпись",
            "multipart": True,
            "cancel_url": back,
            "crumbs": crumbs(row.order, "Подпись"),
            "hint": (
                "Подписывать нужно именно этот PDF, скачанный отсюда: подпись под другими байтами не пройдёт проверку."
            ),
        },
    )


def _handed(request, stored: StoredFile, row: DetachedSignature):
    try:
        return answer(intact(stored), stored.name, stored.content_type, inline=False)
    except Damaged as error:
        return damaged(request, error, row.order.get_absolute_url(), crumbs(row.order, "Подпись"))


@require_GET
def paper(request, pk):
    """The PDF that is signed, byte for byte."""
    row = _signature(request, pk)
    return _handed(request, row.paper, row)


@require_GET
def file(request, pk):
    """The file of the signature."""
    row = _signature(request, pk)
    if row.file is None:
        raise Http404("Подпись ещё не приложена")
    return _handed(request, row.file, row)
