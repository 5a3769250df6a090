"""The draft of an order on an incentive that requests lead to (``programs/requests/incentives.py``)."""

from typing import Any

from people.accounts.models import User
from programs.requests.incentives import Incentive
from reports.orders.drafting import acts
from reports.orders.drafting.proposals import propose
from reports.orders.models import Order
from reports.orders.order_kinds.incentive.draft import IncentiveDraft
from reports.orders.order_kinds.incentive.form import words_of
from reports.orders.order_kinds.typed import Particulars


def draft(incentive: Incentive, *, by: User) -> Order:
    """Compose the draft with the measures, the minutes or the words of who has proposed it."""
    measures = tuple(words_of(one) for one in incentive.measures)
    said = IncentiveDraft(measures[0].code, incentive.merit, incentive.amount, measures, incentive.proposal)
    particulars = Particulars(
        said,
        {"main": list(incentive.people)},
        minutes_number=incentive.minutes_number,
        minutes_date=incentive.minutes_date,
    )
    return propose("incentive", particulars, by=by)


def discard(order: Any, *, by: User, reason: str) -> None:
    """Delete the draft. Raises what ``drafting.acts.discard`` raises."""
    acts.discard(order, by=by, reason=reason)
