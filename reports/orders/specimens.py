"""Samples of the kinds of orders that the school has not issued yet: composed from its own people and programs.

Every sample is made inside a transaction that is rolled back, so nothing of it stays (``manage.py sample_papers``).
"""

from collections.abc import Iterable

from django.db import transaction

from people.accounts.models import User
from people.roles.holders import holder
from people.school.models import School
from reports.orders.drafting.acts import draft
from reports.orders.drafting.available import waiting_for
from reports.orders.drafting.proposals import propose
from reports.orders.models import Order
from reports.orders.order_kinds.base import OrderKind
from reports.orders.order_kinds.registry import KINDS
from reports.orders.order_kinds.typed import Particulars
from reports.orders.printing import facts as printing_facts


def missing(known: Iterable[str]) -> list[tuple[str, dict | None]]:
    """Return ``(kind, facts)`` of every kind of order that is not ``known``.

    Facts are None where there is nothing to compose it from.
    """
    curator = holder("curator")
    by = User.objects.filter(person=curator).first() if curator else None
    if School.get() is None or by is None:
        return []
    return [(kind.code, _undone(kind, by)) for kind in KINDS.values() if kind.code not in known]


@transaction.atomic
def _undone(kind: OrderKind, by) -> dict | None:
    order = _draft(kind, by)
    made = printing_facts.of(Order.objects.with_papers().get(pk=order.pk)) if order else None
    transaction.set_rollback(True)
    return made


def _draft(kind: OrderKind, by) -> Order | None:
    if kind.specimen:
        content = kind.specimen(by)
    else:
        content = [row.subject for row in waiting_for(kind.code, most=20) if row.is_ready][:1]
    if isinstance(content, Particulars):
        return propose(kind.code, content, by=by)
    return draft(kind.code, content, by=by) if content else None
