"""Pages of the roadmap and of the Положение (п. 3.3, 3.4, 9.1, приложение)."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from people.rights import Right
from people.school.models import School
from roadmap.plan.views import crumbs, order_words
from roadmap.regulation.models import Regulation


@require_GET
def regulation(request):
    """The Положение in force and its earlier versions."""
    found = list(Regulation.objects.visible_to(request.user))
    current = next((r for r in found if r.state == "approved"), None)
    return render(
        request,
        "roadmap/regulation/regulation.html",
        {
            "current": current,
            "earlier": [
                {"title": r.title, "order": order_words(r)} for r in found if r.state == Regulation.State.SUPERSEDED
            ],
            "crumbs": crumbs(("Положение", None)),
            "school": School.get(),
            "may_record": request.user.can(Right.SCHOOL_EDIT),
        },
    )
