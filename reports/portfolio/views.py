"""The portfolio of a mentor: a matrix of indicators with their evidence; the same as XLSX."""

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from mentoring_site.exports.acts import answer_rows
from mentoring_site.rights import require
from mentoring_site.ui.elements import Crumb
from mentoring_site.ui.list_page import FORMAT, XLSX
from people.accounts.requests import UserRequest
from people.register.models import Person
from people.rights import Right
from reports.portfolio import presenters


@require_GET
def page(request: UserRequest, pk: int) -> HttpResponseBase:
    """What the data prove of each indicator: to the person, and to those who see all programs."""
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    require(request.user, Right.PROGRAMS_SEE_ALL, unless=person.pk == request.user.person_id, also="сам человек")
    indicators = presenters.matrix(person, request.user)
    if request.GET.get(FORMAT) == XLSX:
        title = f"{presenters.TITLE}, {person.short_name}"
        return answer_rows(request, title, presenters.TITLE, presenters.COLUMNS, presenters.table_rows(indicators))
    context = {
        "person": person,
        "indicators": indicators,
        "xlsx_url": f"{reverse('reports:portfolio', args=[pk])}?{FORMAT}={XLSX}",
        "crumbs": [Crumb(person.short_name, person.get_absolute_url()), Crumb(presenters.TITLE)],
    }
    return render(request, "reports/portfolio/portfolio.html", context)
