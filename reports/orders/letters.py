"""Letters about orders that ask for something: whether they still do when they leave.

«order_registered» asks only as a reminder to read: the first one tells of the order and goes to everybody concerned.
"""

from mentoring_site.mail import while_there
from reports.orders.models import Acquaintance, Order, Visa


def _is_unread(order: str, person: int | None) -> bool:
    return Acquaintance.objects.filter(order=int(order), person=person, read_at=None).exists()


def _awaits_visa(order: str, person: int | None) -> bool:
    asked = Visa.objects.filter(order=int(order), person=person, given_at=None)
    return asked.filter(order__state=Order.State.DRAFT).exists()


NEEDED = {
    "order_registered": _is_unread,
    "order_visa": _awaits_visa,
    "order_to_sign": while_there(Order, state=Order.State.AT_SIGNATURE),
    "order_returned": while_there(Order, state=Order.State.DRAFT),
    "order_visaed": while_there(Order, state=Order.State.DRAFT),
}
NEWS = {"order_registered", "order_visaed"}  # the latter where the order has gone to the pen at once
