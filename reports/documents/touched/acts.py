"""Settling what a changed fact touches: an order in force may stay as it is, with a reason."""

from django.db import transaction

from mentoring_site.locks import locked
from mentoring_site.rights import require
from mentoring_site.workflow import Already, Refused, record
from people.accounts.models import User
from people.register.models import FormerName
from people.rights import Right
from reports.documents.touched.papers import LEFT, waiting_orders
from reports.orders.models import Order


@transaction.atomic
def leave_as_is(order: Order, former: FormerName, *, by: User, reason: str) -> None:
    """Write down that an order stays as it is though it names somebody by a former name.

    Raises ``NotAllowed``; ``Refused`` without a reason; ``Already`` when nothing waits for it any more.
    """
    require(by, Right.ORDERS_DRAFT)
    if not reason.strip():
        raise Refused("Напишите, почему приказ остаётся без изменений")
    locked(order)
    waiting = waiting_orders([former.person_id])
    if not any(one.order and one.order.pk == order.pk and one.former == former for one in waiting):
        raise Already("Этот приказ уже изменён или оставлен без изменений")
    words = f"оставлен без изменений: {reason.strip()}"[:300]
    record(order, LEFT, by=by, words=words, person=former.person_id, former=former.pk)
