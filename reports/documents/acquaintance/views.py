"""«Ознакомление»: which orders and local acts people have to read, and who has read them."""

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site.rights import require
from mentoring_site.russian import plural
from mentoring_site.ui.bulk_act import BulkAct
from mentoring_site.ui.list_page import EmptyState
from people.register.models import Person
from people.register.presenters import crumbs as person_crumbs
from people.register.presenters import tabs
from people.rights import Right
from reports.documents.acquaintance import bulk
from reports.documents.acquaintance.list_page import NOTHING_RECORDED, PAPERS
from reports.documents.acquaintance.papers import Papers
from reports.documents.acquaintance.person import readings_of


@require_GET
def overview(request) -> HttpResponseBase:
    """Orders and local acts: how many of those concerned have read each; for a participant, one's own."""
    new_url = reverse("reports:local_act_new") if request.user.can(Right.ORDERS_REGISTER) else ""
    return PAPERS.answer(
        request,
        Papers(user=request.user),
        nothing=EmptyState(NOTHING_RECORDED, new_url, "Записать локальный акт") if new_url else None,
        reminds=request.user.can(Right.ORDERS_DRAFT),
        unread=_unread(request.user),
        new_url=new_url,
        laws_url=reverse("reports:laws_new") if new_url else "",
    )


def _unread(user) -> str:
    """Return how many papers the user has not read, in words; empty for those who see all and when there is none."""
    count = 0 if user.can(Right.ORDERS_SEE_ALL) else len(Papers(user=user, unread=True))
    return plural(count, "документ,документа,документов") if count else ""


@require_GET
def of_person(request, pk: int) -> HttpResponseBase:
    """What a person has to read and has read, for those who keep the orders and the person."""
    shown = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    own = request.user.person_id == shown.pk
    require(request.user, Right.ORDERS_SEE_ALL, unless=own, also="сам человек")
    found = readings_of(shown)
    context = {
        "person": shown,
        "own": own,
        "tabs": tabs(request.user, shown, "readings"),
        "crumbs": person_crumbs(request.user, shown, "Ознакомление"),
        "readings": found,
        "unread": sum(reading.read_at is None for reading in found),
    }
    return render(request, "reports/documents/person_readings.html", context)


def _over_many(act: BulkAct):
    """The address of an act over ticked papers."""

    @require_http_methods(["GET", "POST"])
    def view(request) -> HttpResponseBase:
        return act.answer(request, PAPERS, Papers(user=request.user))

    return view


remind_many = _over_many(bulk.REMIND)
print_sheets = _over_many(bulk.PRINT)
record_sheets = _over_many(bulk.RECORD)
