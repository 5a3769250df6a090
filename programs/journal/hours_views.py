"""Hours of mentoring by month: the page, the memo for payment, the workbook (ТК 351.8)."""

from collections.abc import Iterator
from datetime import date

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from mentoring_site.exports import acts as exports
from mentoring_site.ui.list_page import FORMAT, XLSX
from people.accounts.requests import UserRequest
from people.roles.letterhead import file_name, pdf_response
from programs.journal import hours, hours_pictures
from programs.journal.documents import facts

COLUMNS = (
    "Наставник",
    "Дата",
    "Минут",
    "Часов",
    "Наставляемые",
    "Как проходила встреча",
    "Подтверждено",
    "Кто не подтвердил",
)
exports.LISTS["programs:hours"] = "Часы наставничества"


def _month(request: UserRequest, known: list[date]) -> date:
    """Return the first day of the month asked for (2026-09), else the latest with meetings.

    Raises ``Http404`` for no month.
    """
    asked = request.GET.get("month", "")
    if not asked:
        return known[0]
    try:
        return date.fromisoformat(f"{asked}-01")
    except ValueError:
        raise Http404 from None


@require_GET
def page(request: UserRequest) -> HttpResponseBase:
    """Confirmed hours of a month by mentor, unconfirmed apart; a mentor sees one's own, curator and clerk all."""
    known = hours.months(request.user)
    first = _month(request, known)
    found = hours.of_month(request.user, first)
    if request.GET.get(FORMAT) == XLSX:
        return exports.answer_rows(request, f"часы-{first:%Y-%m}.xlsx", "Часы", COLUMNS, list(_cells(found)))
    url, query = reverse("programs:hours"), f"?month={first:%Y-%m}"
    return render(
        request,
        "programs/journal/hours.html",
        {
            "months": [(f"{m:%Y-%m}", hours.month_words(m)) for m in sorted({*known, first}, reverse=True)],
            "chosen": f"{first:%Y-%m}",
            "month": hours.month_words(first),
            "found": found,
            "figure": hours_pictures.of_year(request.user, first),
            "url": url,
            "pdf_url": reverse("programs:hours_pdf") + query if found.mentors or found.unconfirmed else "",
            "xlsx_url": f"{url}{query}&{FORMAT}={XLSX}",
            "all": hours.sees_all(request.user),
        },
    )


def _cells(found: hours.MonthHours) -> Iterator[tuple]:
    """Return the rows of the workbook: confirmed meetings by mentor, then the unconfirmed ones."""
    for mentor in found.mentors:
        for m in mentor.meetings:
            yield mentor.person.full_name, m.on, m.minutes, round(m.minutes / 60, 2), m.mentees, m.how, True, ""
    for u in found.unconfirmed:
        yield u.mentor, u.on, u.minutes, round(u.minutes / 60, 2), u.mentees, "", False, u.silent
    for o in found.others:
        yield o.name, o.on, o.minutes, round(o.minutes / 60, 2), "", f"привлечённый преподаватель: {o.about}", True, ""


@require_GET
def pdf(request: UserRequest) -> HttpResponseBase:
    """The memo of a month for the director's decision on payment."""
    first = _month(request, hours.months(request.user))
    found = hours.of_month(request.user, first)
    return pdf_response(
        request,
        "documents/hours_memo.html",
        facts(found, request.user.person),
        name=file_name(f"{first:%Y-%m}", "Служебная записка о часах наставничества"),
        back=reverse("programs:hours"),
    )
