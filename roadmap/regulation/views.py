"""The page of the Положение (п. 3.1, 9.1)."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from mentoring_site.ui.elements import Crumb
from people.rights import Right
from people.school.models import School
from roadmap.regulation import presenters
from roadmap.regulation.models import Regulation
from roadmap.regulation.presenters import crumbs, order_words


@require_GET
def regulation(request):
    """The Положение in force and its earlier versions."""
    versions = list(Regulation.objects.visible_to(request.user))
    current = next((v for v in versions if v.state == Regulation.State.APPROVED), None)
    earlier = [version for version in versions if version.state == Regulation.State.SUPERSEDED]
    return render(
        request,
        "roadmap/regulation/regulation.html",
        {
            "current": current,
            "adopted": presenters.adopted(current) if current else [],
            "earlier": [(version.title, order_words(version.order_number, version.order_date)) for version in earlier],
            "crumbs": crumbs(Crumb("Положение")),
            "school": School.get(),
            "may_record": request.user.can(Right.SCHOOL_EDIT),
            "who_records": Right.SCHOOL_EDIT.who,
        },
    )
