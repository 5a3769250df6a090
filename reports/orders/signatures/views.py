"""Detached signatures made outside: the PDF to be signed, the file of the signature, both to be taken
and verified elsewhere.
"""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.pdf.resources import PdfError
from mentoring_site.russian import ruday, rutime
from mentoring_site.workflow import Refused
from people.rights import Right
from reports.orders.presenters import crumbs
from reports.orders.printing.pdf import Damaged, intact
from reports.orders.printing.responses import answer
from reports.orders.signatures import acts
from reports.orders.signatures.forms import SignatureForm
from reports.orders.signatures.models import DetachedSignature
from reports.orders.views import visible

PROBLEM = "Файл не выдан. Сообщите системному администратору: его восстанавливают из резервной копии"


def _keeps(request):
    if not request.user.can(Right.ORDERS_SEE_ALL):
        raise PermissionDenied("Файлы электронной подписи берёт тот, кто ведёт приказы")


def _signature(request, pk) -> DetachedSignature:
    row = get_object_or_404(DetachedSignature.objects.select_related("order", "paper", "file"), pk=pk)
    visible(request, row.order_id)
    _keeps(request)
    return row


@require_GET
def signatures(request, pk):
    """The papers prepared for a signature outside and the signatures attached."""
    obj = visible(request, pk)
    _keeps(request)
    registers = request.user.can(Right.ORDERS_REGISTER)
    found = list(obj.signatures.select_related("paper", "file", "attached_by__person"))
    papers = [_paper(row, obj, registers) for row in found]
    waits = obj.state == "registered" and not any(row.paper_id == obj.pdf_id for row in found)
    may = registers and (
        waits or (obj.state == "at_signature" and not any(row.frozen_at == obj.frozen_at for row in found))
    )
    return render(
        request,
        "reports/orders/order_signatures.html",
        {
            "title": "Электронные подписи",
            "lead": obj.heading,
            "crumbs": crumbs(obj, "Электронные подписи"),
            "papers": papers,
            "prepare_url": reverse("reports:order_signature_prepare", args=[pk]) if may else "",
            "blank": obj.state == "at_signature",
        },
    )


def _paper(row, order, registers) -> dict:
    old = row.frozen_at != order.frozen_at
    files = [
        {
            "name": row.paper.name,
            "url": reverse("reports:signature_paper", args=[row.pk]),
            "size": row.paper.size,
            "note": f"SHA-256 {row.paper.sha256}",
        }
    ]
    if row.file:
        files.append(
            {
                "name": row.file.name,
                "url": reverse("reports:signature_file", args=[row.pk]),
                "size": row.file.size,
                "note": f"SHA-256 {row.file.sha256}",
            }
        )
    by = (
        f"{row.attached_by.person.short_name}, {ruday(row.attached_at)} в {rutime(row.attached_at)}"
        if row.attached_by
        else ""
    )
    return {
        "title": "Зарегистрированный приказ" if row.paper_id == order.pdf_id else "Приказ с пустыми номером и датой",
        "files": files,
        "signed": bool(row.file),
        "by": by,
        "old": old,
        "attach_url": (
            reverse("reports:signature_attach", args=[row.pk]) if registers and not row.file and not old else ""
        ),
    }


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
    if not request.user.can(Right.ORDERS_REGISTER):
        raise PermissionDenied("Подпись прикладывает тот, кто регистрирует приказы")
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
            "lead": f"К файлу «{row.paper.name}», SHA-256 {row.paper.sha256}",
            "submit": "Приложить подпись",
            "multipart": True,
            "cancel_url": back,
            "crumbs": crumbs(row.order, "Подпись"),
            "hint": (
                "Подписывать нужно именно этот PDF, скачанный отсюда: подпись под другими байтами не пройдёт проверку."
            ),
        },
    )


def _handed(request, stored, row):
    try:
        return answer(intact(stored), stored.name, stored.content_type, inline=False)
    except Damaged as error:
        context = {
            "sentence": f"{error}.",
            "advice": PROBLEM,
            "crumbs": crumbs(row.order, "Подпись"),
            "url": row.order.get_absolute_url(),
        }
        return render(request, "reports/orders/order_problem.html", context, status=409)


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
