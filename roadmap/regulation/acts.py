"""Versions of the Положение: in force from its approval by the director's order, without an end (п. 3.1, 9.1)."""

from datetime import date

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
def approve(*, title: str, text: str, by: User, number: str, date: date) -> Regulation:
    """Put a version of the Положение in force by an order; the former one is superseded.

    Called by registration or the clock.

    Returns the new version. Raises ``Already`` when this order has put it in force before.
    """
    if of_order(number, date):
        raise Already("Это Положение уже введено в действие")
    for old in Regulation.objects.select_for_update().filter(state=Regulation.State.APPROVED):
        perform(old, "supersede", by=by, number=number)
    made = Regulation.objects.create(title=title, text=text)
    perform(made, "approve", by=by, columns={"order_number": number, "order_date": date}, number=number)
    School.objects.update(regulation_number=number, regulation_date=date)
    return made
