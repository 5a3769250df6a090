"""The Положение in force and each of its versions with what has changed (п. 3.1, 9.1, 9.2)."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from mentoring_site.ui.elements import Crumb
from people.rights import Right
from people.school.models import School
from roadmap.regulation import presenters
from roadmap.regulation.comparison import differences
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
            "earlier": [
                (version.title, order_words(version.order_number, version.order_date), version.get_absolute_url())
                for version in earlier
            ],
            "changed_url": current.get_absolute_url() if current and earlier else "",
            "read_url": presenters.read_url(current, request.user),
            "crumbs": crumbs(Crumb("Положение")),
            "school": School.get(),
            "may_record": request.user.can(Right.SCHOOL_EDIT),
            "who_records": Right.SCHOOL_EDIT.who,
        },
    )


@require_GET
def regulation_version(request, pk: int):
    """One version: why it was made, by which order, what differs from the one before, its text."""
    versions = Regulation.objects.visible_to(request.user).select_related("ground")
    found = get_object_or_404(versions, pk=pk)
    former = presenters.former_of(found)
    return render(
        request,
        "roadmap/regulation/regulation_version.html",
        {
            "version": found,
            "heading": presenters.version_words(found),
            "badge": presenters.badge(found),
            "facts": presenters.facts(found),
            "former": presenters.version_words(former) if former else "",
            "rows": differences(former.text, found.text) if former else [],
            "read_url": presenters.read_url(found, request.user),
            "crumbs": crumbs(Crumb("Положение", reverse("roadmap:regulation")), Crumb(presenters.version_words(found))),
        },
    )
