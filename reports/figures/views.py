"""The overview on a page and on paper."""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from mentoring_site.rights import require
from mentoring_site.russian import rudate, school_year
from people.accounts.requests import UserRequest
from people.rights import Right
from people.roles.letterhead import file_name, pdf_response, school_facts, today
from programs.pairings.acts import year_of
from reports.figures.pictures import figures


def _lead() -> str:
    day = timezone.localdate()
    return f"{school_year(year_of(day), full=True)} учебный год, на {rudate(day)}"


@require_GET
def page(request: UserRequest) -> HttpResponseBase:
    """The school's mentoring in pictures, each with its table."""
    require(request.user, Right.PROGRAMS_SEE_ALL)
    context = {
        "lead": _lead(),
        "figures": figures(timezone.localdate()),
        "pdf_url": reverse("reports:figures_pdf"),
    }
    return render(request, "reports/figures/figures.html", context)


@require_GET
def pdf(request: UserRequest) -> HttpResponseBase:
    """The same as a paper, for a council or a wall."""
    require(request.user, Right.PROGRAMS_SEE_ALL)
    facts = {
        "school": school_facts(),
        "title": "Обзор наставничества",
        "lead": _lead(),
        "figures": [figure.facts() for figure in figures(timezone.localdate())],
    }
    return pdf_response(
        request,
        "documents/figures.html",
        facts,
        name=file_name(today(), "Обзор наставничества"),
        back=reverse("reports:figures"),
    )
