"""The journal of registration on the screen and on paper, and numbers that no order bears
(docs/law.md#orders-numbers).
"""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from mentoring_site.form_handling import act_with_form
from mentoring_site.pdf.render import render_pdf
from mentoring_site.pdf.resources import PdfError
from mentoring_site.rights import require
from mentoring_site.ui.elements import Crumb
from people.rights import Right
from reports.orders.printing.responses import answer
from reports.orders.registration.forms import NumberForm
from reports.orders.registration.journal import TITLES, facts
from reports.orders.registration.list_page import JOURNAL, JournalRows, chosen, years
from reports.orders.registration.numbers import set_aside, suggest


@require_GET
def journal(request):
    """The journal of registration of one year and series; each number without an order says why."""
    require(request.user, Right.ORDERS_SEE_ALL)
    return JOURNAL.answer(
        request,
        JournalRows(year=years()[0]),
        may_number=request.user.can(Right.ORDERS_REGISTER),
        crumbs=_crumbs(Crumb("Журнал регистрации")),
    )


def _crumbs(*last: Crumb) -> list[Crumb]:
    return [Crumb("Приказы", reverse("reports:orders")), *last]


@require_GET
def journal_pdf(request):
    """The same journal as a paper for the file of the year."""
    require(request.user, Right.ORDERS_SEE_ALL)
    series, year = chosen(request.GET)
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
    series, year = chosen(request.GET)
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
