"""The journal of registration on the screen and on paper, and numbers that no order bears
(docs/law.md#orders-numbers).
"""

from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from mentoring_site.form_handling import act_with_form
from mentoring_site.pdf.render import render_pdf
from mentoring_site.pdf.resources import PdfError
from mentoring_site.rights import require
from mentoring_site.russian import plural, ruday, rushort
from mentoring_site.ui.elements import Crumb
from mentoring_site.ui.list_page import page_of
from people.rights import Right
from reports.orders.models import Order
from reports.orders.printing.responses import answer
from reports.orders.registration.forms import JournalForm, NumberForm
from reports.orders.registration.journal import TITLES, Journal, Line, facts, note, registrar
from reports.orders.registration.models import SetAside
from reports.orders.registration.numbers import set_aside, suggest


@dataclass(frozen=True)
class JournalRow:
    """One line: an order, or ``skipped`` numbers with the ``note`` that explains them."""

    note: str
    skipped: str = ""
    number: str = ""
    date: str = ""
    url: str = ""
    heading: str = ""
    signer: str = ""
    executor: str = ""
    scan: str = ""
    registered: str = ""


def _chosen(request) -> tuple[JournalForm, str, int]:
    """Return the form and the series and year of the journal that is asked for."""
    years: set[int] = {
        timezone.localdate().year,
        *Order.objects.filter(year__isnull=False).order_by().values_list("year", flat=True).distinct(),  # type: ignore[arg-type]
        *SetAside.objects.order_by().values_list("year", flat=True).distinct(),
    }
    latest = max(years)
    form = JournalForm(
        {"year": latest, "series": Order.Series.MAIN, **request.GET.dict()}, years=sorted(years, reverse=True)
    )
    if form.is_valid():
        return form, form.cleaned_data["series"], form.cleaned_data["year"]
    return form, Order.Series.MAIN, latest


@require_GET
def journal(request):
    """The journal of registration of one year and series; each number without an order says why."""
    require(request.user, Right.ORDERS_SEE_ALL)
    form, series, year = _chosen(request)
    lines = Journal(series, year)
    query = f"?series={series}&year={year}"
    page = page_of(lines, request)  # type: ignore[arg-type]
    context = {
        **page,
        "filters": form,
        "url": reverse("reports:orders_journal"),
        "rows": [_row(line) for line in page["page_obj"]],
        "year": year,
        "series": Order.Series(series).label,
        "found": plural(lines.number_of_orders, "приказ,приказа,приказов"),
        "pdf_url": reverse("reports:orders_journal_pdf") + query if lines else "",
        "number_url": reverse("reports:number_new") + query if request.user.can(Right.ORDERS_REGISTER) else "",
        "crumbs": _crumbs(Crumb("Журнал регистрации")),
    }
    return render(request, "reports/orders/order_journal.html", context)


def _crumbs(*last: Crumb) -> list[Crumb]:
    return [Crumb("Приказы", reverse("reports:orders")), *last]


def _row(line: Line) -> JournalRow:
    order = line.order
    if order is None:
        return JournalRow(note(line), skipped=line.numbers)
    who = registrar(order)
    return JournalRow(
        note=note(line),
        number=line.numbers,
        date=rushort(order.date),
        url=order.get_absolute_url(),
        heading=order.heading,
        signer=order.signer.short_name if order.signer else "",
        executor=order.executor.short_name if order.executor else "",
        scan="есть" if order.scan_id else "нет",
        registered=f"{ruday(order.registered_at)}, {who}" if who else "",
    )


@require_GET
def journal_pdf(request):
    """The same journal as a paper for the file of the year."""
    require(request.user, Right.ORDERS_SEE_ALL)
    _, series, year = _chosen(request)
    try:
        data = render_pdf("documents/journal.html", facts(series, year))
    except PdfError as error:
        messages.error(request, str(error))
        return redirect("reports:orders_journal")
    name = f"Журнал регистрации приказов {TITLES[series]}, {year}.pdf"
    return answer(data, name, "application/pdf", inline=False)


def number_new(request):
    """Cancel a number, or say that numbers are taken by other orders of the school."""
    require(request.user, Right.ORDERS_REGISTER)
    _, series, year = _chosen(request)
    initial = {"series": series, "year": year, "number": suggest(series, year)}
    form = NumberForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        names = ("kind", "series", "year", "number", "last")
        row = act_with_form(form, lambda: set_aside(*[data[n] for n in names], by=request.user, reason=data["reason"]))
        if row:
            messages.success(request, f"Записано в журнал: {row.numbers}, {row.get_kind_display()}")
            return redirect(f"{reverse('reports:orders_journal')}?series={row.series}&year={row.year}")
    back = f"{reverse('reports:orders_journal')}?series={series}&year={year}"
    return render(
        request,
        "form.html",
        {
            "form": form,
            "heading": "Номер без приказа",
            "submit": "Записать в журнал",
            "cancel_url": back,
            "lead": (
                "Испорченный или отменённый номер остаётся в журнале с причиной, и другой приказ его уже не получит."
            ),
            "crumbs": _crumbs(Crumb("Журнал регистрации", back), Crumb("Номер без приказа")),
        },
    )
