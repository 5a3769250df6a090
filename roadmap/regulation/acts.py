"""Versions of the Положение: in force from its approval by the director's order, without an end (п. 3.1, 9.1)."""

from datetime import date
from datetime import date as date_  # a parameter is called ``date``
from typing import Any

from django.db import transaction

from mentoring_site.workflow import Already, perform
from people.accounts.models import User
from people.school.models import School
from roadmap.regulation.models import Regulation

SHORTEST = 200
"""Characters: what is shorter is no text of a regulation."""


def of_order(number: str, date: date) -> Regulation | None:
    """Return the version that an order has put in force, now or before it was superseded."""
    return Regulation.objects.filter(order_number=number, order_date=date).first()


@transaction.atomic
def approve(
    *,
    title: str,
    text: str,
    by: User,
    number: str,
    date: date,
    since: date_ | None = None,
    approvals: list[dict[str, Any]] | None = None,
    ground: int | None = None,
    why: str = "",
) -> Regulation:
    """Put a version of the Положение in force by an order; the former one is superseded.

    Called by registration or the clock. ``since`` is the day from which it is in force, ``approvals`` are the marks of
    the bodies that have adopted it; ``ground`` is the key of the act that has called for the change, ``why`` says what
    is different (п. 9.2).

    Returns the new version. Raises ``Already`` when this order has put it in force before.
    """
    if of_order(number, date):
        raise Already("Это Положение уже введено в действие")
    for old in Regulation.objects.select_for_update().filter(state=Regulation.State.APPROVED):
        perform(old, "supersede", by=by, number=number)
    made = Regulation.objects.create(
        title=title, text=text, since=since or date, approvals=approvals or [], ground_id=ground, why=why
    )
    perform(made, "approve", by=by, columns={"order_number": number, "order_date": date}, number=number)
    School.objects.update(regulation_number=number, regulation_date=date)
    return made
