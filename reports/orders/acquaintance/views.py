"""Acquaintance with an order: reading, signing here, the paper sheet, reminders, the protocol of a signature."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from mentoring_site.models import SimpleSignature
from mentoring_site.paper_ref import PaperRef
from mentoring_site.pdf.render import render_pdf
from mentoring_site.russian import NBSP, rushort
from mentoring_site.ui.elements import Crumb, Fact
from people.accounts import signatures
from reports.orders.acquaintance import sheet_pages
from reports.orders.models import Acquaintance, Order
from reports.orders.printing.responses import answer
from reports.orders.views import visible


def _line(request, pk: int) -> Acquaintance:
    """Return a line of the sheet of an order that the user may see."""
    lines = Acquaintance.objects.filter(order__in=Order.objects.visible_to(request.user))
    return get_object_or_404(lines.select_related("order", "person__user"), pk=pk)


@require_POST
def acquaintance_read(request, pk):
    """One says that one has read the order."""
    return sheet_pages.read(
        request,
        _line(request, pk),
        sign_url="reports:acquaintance_sign",
        success="Записано: Вы ознакомлены с приказом",
    )


def acquaintance_sign(request, pk):
    """Sign by a simple electronic signature that one has read an order."""
    return sheet_pages.sign(request, _line(request, pk))


@require_POST
def acquaintance_sheet(request, pk):
    """Record a signature on the paper sheet of acquaintance."""
    return sheet_pages.mark(request, _line(request, pk))


@require_POST
def acquaintance_remind(request, pk):
    """Remind somebody to read an order."""
    return sheet_pages.remind(request, _line(request, pk))


@require_POST
def order_remind(request, pk):
    """Remind everybody who has not read an order, once a day."""
    return sheet_pages.remind_all(request, visible(request, pk))


@require_GET
def order_sheet(request, pk):
    """The sheet of acquaintance of a registered order."""
    obj = visible(request, pk)
    if not obj.number:
        raise Http404("Лист появится после регистрации")
    return sheet_pages.sheet_pdf(request, obj, f"{obj.date}_{obj.number}".replace("/", "-"))


@require_GET
def protocol(request, pk):
    """What was confirmed by a simple electronic signature, and its protocol as a paper."""
    row = get_object_or_404(SimpleSignature.objects.visible_to(request.user).select_related("user"), pk=pk)
    facts = signatures.protocol(row)
    if "pdf" in request.GET:
        data = render_pdf("documents/protocol.html", facts)
        return answer(data, f"Протокол подтверждения № {row.pk}.pdf", "application/pdf", inline=False)
    context = {
        "title": f"Подтверждение №{NBSP}{row.pk}",
        "text": row.text,
        "pdf_url": f"{reverse('reports:protocol', args=[row.pk])}?pdf",
        "crumbs": sheet_pages.overview_crumbs(Crumb(f"№{NBSP}{row.pk}")),
        "facts": [
            Fact("Документ", row.title),
            Fact("Кто", row.name, note=row.post),
            Fact("Когда", f"{rushort(row.at)}, {facts['time']}", note=facts["zone"]),
            Fact("Адрес в сети", facts["address"]),
            Fact("По какому акту", f"приказ {PaperRef(row.basis_number, row.basis_date).on_screen}"),
            Fact("Подлинность текста", row.text_sha256, folded=True),
        ],
    }
    return render(request, "reports/orders/protocol.html", context)
