"""«Новый учебный год» and «Учебные годы» (п. 3.3, 3.4)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from mentoring_site import journeys
from mentoring_site.journeys import StepRow
from mentoring_site.russian import plural, school_year
from mentoring_site.ui.elements import Crumb
from mentoring_site.ui.list_filters import year_now
from mentoring_site.workflow import NotAllowed
from people.accounts.requests import UserRequest
from people.rights import Right
from people.setup.year_journey import PARTS, YEAR
from reports.school_years import presenters

READERS = (Right.ROADMAP_SEE, Right.ORDERS_SEE_ALL)


@require_GET
def new_year(request: UserRequest) -> HttpResponse:
    """Everything that a school does at the turn of the year, in its parts; also out of the season."""
    if not journeys.is_traveller(YEAR, request.user):
        raise NotAllowed("Новый учебный год готовят директор, куратор и специалист по кадрам")
    found = journeys.whole(YEAR, request.user)
    groups = sorted(found.groups, key=lambda group: PARTS.index(group[0]))
    actions = sum(row.actions for row in found.rows if row.is_open)
    return render(
        request,
        "reports/school_years/new_year.html",
        {
            "journey": found,
            "groups": [(title, *_parted(rows)) for title, rows in groups],
            "year": school_year(year_now(), full=True),
            "left": plural(actions, "действие,действия,действий") if actions else "",
            "years_url": reverse("reports:school_years"),
            "crumbs": [Crumb("Учебные годы", reverse("reports:school_years")), Crumb("Новый учебный год")],
        },
    )


def _parted(rows: list[StepRow]) -> tuple[list[StepRow], list[StepRow]]:
    """Return the steps that are open, and those that are done."""
    return [row for row in rows if row.is_open], [row for row in rows if not row.is_open]


@require_GET
def years(request: UserRequest) -> HttpResponse:
    """Every school year with what it has, each number with its list."""
    if not any(request.user.can(right) for right in READERS):
        raise NotAllowed("Учебные годы целиком видят те, кто ведёт наставничество и приказы")
    travels = journeys.is_traveller(YEAR, request.user)
    return render(
        request,
        "reports/school_years/years.html",
        {
            "rows": presenters.years(request.user),
            "new_year_url": reverse("reports:new_school_year") if travels else "",
        },
    )
