"""The journal of registration on the screen and on paper, and numbers that no order bears
(docs/law.md#orders-numbers).
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from mentoring_site.form_handling import act_with_form
from mentoring_site.pdf.render import render_pdf
from mentoring_site.pdf.resources import PdfError
from mentoring_site.russian import plural, ruday, rushort
from people.rights import Right
from reports.orders.models import Order
from reports.orders.printing.views import answer
from reports.orders.registration import acts
from reports.orders.registration import journal as registration_journal
from reports.orders.registration.forms import JournalForm, NumberForm
from reports.orders.registration.models import SetAside
from reports.orders.registration.numbers import set_aside


def _keeps(request):
    if not request.user.can(Right.ORDERS_SEE_ALL):
        raise PermissionDenied("Журнал регистрации ведут специалист по кадрам, куратор и директор")


def _chosen(request) -> tuple:
    """Return the form and the series and year of the journal that is asked for."""
    years = {
        timezone.localdate().year,
        *Order.objects.filter(year__isnull=False).order_by().values_list("year", flat=True).distinct(),
    }
    years |= set(SetAside.objects.order_by().values_list("year", flat=True).distinct())
    years = sorted(years, reverse=True)
    form = JournalForm({"year": years[0], "series": "main", **request.GET.dict()}, years=years)
    chosen = form.cleaned_data if form.is_valid() else {"year": years[0], "series": "main"}
    return form, chosen["series"], chosen["year"]


@require_GET
def journal(request):
    """The journal of registration of one year and series; each number without an order says why."""
    _keeps(request)
    form, series, year = _chosen(request)
    lines = registration_journal.lines(series, year)
    count = sum(line.order is not None for line in lines)
    query = f"?series={series}&year={year}"
    return render(
        request,
        "reports/orders/order_journal.html",
        {
            "filters": form,
            "url": reverse("reports:orders_journal"),
            "rows": [_row(line) for line in lines],
            "year": year,
            "series": Order.Series(series).label,
            "found": plural(count, "приказ,приказа,приказов"),
            "pdf_url": reverse("reports:orders_journal_pdf") + query if lines else "",
            "number_url": reverse("reports:number_new") + query if request.user.can(Right.ORDERS_REGISTER) else "",
            "crumbs": [("Приказы", reverse("reports:orders")), ("Журнал регистрации", None)],
        },
    )


def _row(line) -> dict:
    """Return one line of the journal's page."""
    o = line.order
    if o is None:
        return {"skipped": line.numbers, "reason": registration_journal.note(line)}
    who = o.registered_by.person.short_name if o.registered_by else ""
    return {
        "skipped": "",
        "number": line.numbers,
        "date": rushort(o.date),
        "url": o.get_absolute_url(),
        "heading": o.heading,
        "signer": o.signer.short_name if o.signer else "",
        "executor": o.executor.short_name if o.executor else "",
        "scan": "есть" if o.scan_id else "нет",
        "registered": f"{ruday(o.registered_at)}, {who}" if who else "",
        "note": registration_journal.note(line),
    }


@require_GET
def journal_pdf(request):
    """The same journal as a paper for the file of the year."""
    _keeps(request)
    _, series, year = _chosen(request)
    try:
        data = render_pdf("documents/journal.html", registration_journal.facts(series, year))
    except PdfError as error:
        messages.error(request, str(error))
        return redirect("reports:orders_journal")
    return answer(
        data,
        f"Журнал регистрации приказов {registration_journal.TITLES[series]}, {year}.pdf",
        "application/pdf",
        inline=False,
    )


def number_new(request):
    """Cancel a number, or say that numbers are taken by other orders of the school."""
    if not request.user.can(Right.ORDERS_REGISTER):
        raise PermissionDenied("Номера ведёт тот, кто регистрирует приказы")
    _, series, year = _chosen(request)
    initial = {"series": series, "year": year, "first": acts.suggest_number(series, year)}
    form = NumberForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        names = ("kind", "series", "year", "first", "last")
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
            "crumbs": [
                ("Приказы", reverse("reports:orders")),
                ("Журнал регистрации", back),
                ("Номер без приказа", None),
            ],
        },
    )
