"""Orders on events of the school: those about an event, and the way to a new one that is filled in (п. 3.4)."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from mentoring_site.ui.elements import Action
from people.rights import Right
from reports.orders.models import Order
from reports.orders.order_kinds.event.draft import EVENT_TYPES
from reports.orders.proposal_models import Proposal
from roadmap.events.beside import Beside, Paper
from roadmap.events.models import Event


def orders_of(event: Event, user: Any) -> Any:
    """Return the orders about an event that the user may open."""
    about = Proposal.objects.filter(kind="event", facts__event=event.pk)
    return Order.objects.visible_to(user).filter(items__proposal__in=about).distinct().order_by("pk")


def _papers(event: Event, user: Any) -> Iterator[Paper]:
    for order in orders_of(event, user):
        yield Paper(str(order), order.get_absolute_url())


def _offers(event: Event, user: Any) -> Iterator[Action]:
    fits = event.state in Event.OPEN_STATES and not event.outside and event.kind in EVENT_TYPES
    if fits and user.can(Right.ORDERS_DRAFT) and not orders_of(event, user).exists():
        url = f"{reverse('reports:order_new')}?kind=event&event={event.pk}"
        yield Action("order", "Подготовить приказ", url)


BESIDE = Beside(_papers, _offers)
