"""«Кто смотрел»: the person's own page, open to director and curator too."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from mentoring_site.models import Viewing
from mentoring_site.rights import require
from mentoring_site.ui.list_page import page_of
from people.register.models import Person
from people.register.presenters import crumbs, tabs
from people.rights import Right, label


@require_safe
def viewings(request, pk):
    """Who looked at contacts, questionnaires, consents and papers of a person, in which role and when."""
    shown, user = get_object_or_404(Person.objects.visible_to(request.user), pk=pk), request.user
    own = user.person_id == shown.pk
    require(user, Right.PEOPLE_HISTORY, unless=own, also="сам человек", act="видеть, кто смотрел данные человека")
    page = page_of(Viewing.objects.filter(person_id=shown.pk).select_related("viewer__person"), request)
    context = {
        "person": shown,
        "own": own,
        "tabs": tabs(user, shown, "viewings"),
        "crumbs": crumbs(user, shown, "Кто смотрел"),
        "rows": [(one, _roles(one)) for one in page["page_obj"]],
        **page,
    }
    return render(request, "people/viewings/viewings.html", context)


def _roles(one: Viewing) -> str:
    """Return the roles in which somebody looked, in words."""
    return ", ".join(label(role, one.viewer.person.gender) for role in one.roles.split(",") if role)
