"""Hours of mentoring by month: the page, the memo for payment, the workbook (ТК 351.8)."""

from datetime import date

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from mentoring_site.lists import wants_xlsx
from mentoring_site.russian import ruday
from mentoring_site.xlsx.writer import stream_xlsx
from people.roles.letterhead import file_name, printed
from programs.journal import hours
from programs.journal.documents import facts

COLUMNS = ("Наставник", "Дата", "Минут", "Часов", "Наставляемые", "Как", "Подтверждено", "Кто не подтвердил")


def _month(request, known) -> date:
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
def page(request):
    """Confirmed hours of a month by mentor, unconfirmed apart; a mentor sees one's own, curator and clerk all."""
    known = hours.months(request.user)
    first = _month(request, known)
    found = hours.of_month(request.user, first)
    if wants_xlsx(request):
        return stream_xlsx(f"часы-{first:%Y-%m}.xlsx", "Часы", COLUMNS, _cells(found))
    url, query = reverse("programs:hours"), f"?month={first:%Y-%m}"
    return render(
        request,
        "programs/journal/hours.html",
        {
            "months": [
                {"value": f"{m:%Y-%m}", "words": hours.month_words(m), "chosen": m == first}
                for m in sorted({*known, first}, reverse=True)
            ],
            "month": hours.month_words(first),
            "mentors": [_shown(m) for m in found["mentors"]],
            "waiting": [row | {"on": ruday(row["on"])} for row in found["waiting"]],
            "total": hours.hours_words(found["minutes"]),
            "url": url,
            "pdf_url": reverse("programs:hours_pdf") + query if found["mentors"] or found["waiting"] else "",
            "xlsx_url": f"{url}{query}&format=xlsx",
            "all": hours.sees_all(request.user),
        },
    )


def _shown(mentor) -> dict:
    return {
        "name": mentor["person"].full_name,
        "total": hours.hours_words(mentor["minutes"]),
        "rows": [row | {"on": ruday(row["on"])} for row in mentor["rows"]],
    }


def _cells(found):
    for mentor in found["mentors"]:
        for row in mentor["rows"]:
            yield (
                mentor["person"].full_name,
                row["on"],
                row["minutes"],
                round(row["minutes"] / 60, 2),
                row["mentees"],
                row["how"],
                True,
                "",
            )
    for row in found["waiting"]:
        yield (
            row["mentor"],
            row["on"],
            row["minutes"],
            round(row["minutes"] / 60, 2),
            row["mentees"],
            "",
            False,
            row["silent"],
        )


@require_GET
def pdf(request):
    """The memo of a month for the director's decision on payment."""
    first = _month(request, hours.months(request.user))
    found = hours.of_month(request.user, first)
    return printed(
        request,
        "documents/hours_memo.html",
        facts(found, request.user.person),
        name=file_name(f"{first:%Y-%m}", "Служебная записка о часах наставничества"),
        back=reverse("programs:hours"),
    )
