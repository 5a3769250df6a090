"""One's own last visa, the end of the visas and the way to the pen in one visit (п. 3.1–3.3)."""

from collections.abc import Iterable

from django.db import transaction

from mentoring_site.workflow import Already
from people.accounts.models import User
from reports.orders.drafting import acts
from reports.orders.models import Order, Visa
from reports.orders.rules import TO_SIGNATURE


def own_last(visas: Iterable[Visa], user: User) -> Visa | None:
    """Return the user's own visa when it is the only one that is missing."""
    missing = [visa for visa in visas if visa.given_at is None]
    return missing[0] if [v.person_id for v in missing] == [user.person_id] else None


@transaction.atomic
def to_signature(order: Order, *, by: User, version: int | None = None) -> Order:
    """Give one's own visa if only that one is missing, finish the visas and send the order to the pen.

    Each is an act of the log with all its requirements; all are done, or none. Raises what ``give_visa``, ``agree`` and
    ``send_to_signature`` raise; ``Already`` for an order that is at signature.
    """
    if Order.objects.filter(pk=order.pk, state=Order.State.AT_SIGNATURE).exists():
        raise Already("Приказ уже передан на подпись")
    order = acts.lock_draft(order, version)
    TO_SIGNATURE.require(order, by)
    if visa := own_last(order.visas.all(), by):
        acts.give_visa(visa, by=by, sent=True)
    return acts.send_to_signature(acts.agree(order, by=by, rehearsed=False), by=by)


def label(visa: Visa | None) -> str:
    """Return the words of the button."""
    return "Завизировать и передать на подпись" if visa else TO_SIGNATURE.label
