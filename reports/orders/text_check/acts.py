"""A finding of the check is let stand with a reason, or taken up again."""

from django.db import IntegrityError, transaction

from mentoring_site.rights import require
from mentoring_site.workflow import Already, Refused, claim_version, record
from people.accounts.models import User
from people.rights import Right
from reports.orders.models import Order
from reports.orders.text_check.lint import check
from reports.orders.text_check.models import Overruled


@transaction.atomic
def overrule(order: Order, key: str, *, by: User, reason: str) -> Overruled:
    """Let a finding stand: the words are right after all.

    Raises ``NotAllowed``; ``Refused`` without a reason, for an order that is signed or at signature, and for what
    nobody may let stand; ``Already`` when the text has no such finding any more.
    """
    require(by, Right.ORDERS_DRAFT)
    if not reason.strip():
        raise Refused("Напишите, почему это оставлено")
    _claim(order)
    finding = next((f for f in check(order).findings if f.key == key), None)
    if finding is None:
        raise Already("Этого замечания уже нет")
    if not finding.open:
        raise Refused(f"Это нельзя оставить как есть: {finding}")
    try:
        with transaction.atomic():
            made = Overruled.objects.create(
                order=order, key=key, words=str(finding)[:500], reason=reason.strip(), made_by=by
            )
    except IntegrityError as error:
        raise Already("Это уже оставлено как есть") from error
    record(order, "text-overrule", by=by, words=f"оставлено как есть: {finding}"[:300], reason=reason.strip())
    return made


@transaction.atomic
def take_up(overruled: Overruled, *, by: User) -> None:
    """Let the check name a finding again. Raises ``NotAllowed``, ``Refused``, ``Already``."""
    require(by, Right.ORDERS_DRAFT)
    _claim(overruled.order)
    gone, _ = Overruled.objects.filter(pk=overruled.pk).delete()
    if not gone:
        raise Already("Это замечание уже снова в силе")
    record(overruled.order, "text-take-up", by=by, words=f"замечание снова в силе: {overruled.words}"[:300])


def _claim(order: Order) -> None:
    if order.state not in (Order.State.DRAFT, Order.State.AGREED):
        raise Refused("Текст проверяют, пока приказ не передан на подпись")
    claim_version(order, order.version)
