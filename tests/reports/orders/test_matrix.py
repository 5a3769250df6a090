"""State x transition x role of orders: a new state, transition or role without an answer here fails."""

import pytest
from django.utils import timezone

from mentoring_site.paper_numbers import number_columns
from mentoring_site.workflow import reload
from reports.orders.models import Order
from reports.orders.rules import ORDER
from tests.factories import make_pairing
from tests.matrix import ALL, attempt, expected
from tests.reports.orders.kit import make_order

pytestmark = [pytest.mark.django_db, pytest.mark.point("5", "14", "23")]

OFFICE = {"director", "curator", "clerk"}
MAY = {"agree": OFFICE, "send_to_signature": OFFICE, "back_to_draft": OFFICE, "register": OFFICE, "revoke": OFFICE}
FROM = {
    "agree": {"draft"},
    "send_to_signature": {"agreed"},
    "back_to_draft": {"agreed", "at_signature"},
    "register": {"at_signature"},
    "revoke": {"registered"},
}
STATES = [s for s in Order.State.values if s != "revoked"]  # a revoked order has no way on


def _columns(name):
    today, now = timezone.localdate(), timezone.now()
    return {
        "send_to_signature": {"facts": {}, "facts_sha256": "0" * 64, "frozen_at": now},
        "back_to_draft": {"facts": None, "facts_sha256": "", "frozen_at": None},
        "register": {
            **number_columns("9-од"),
            "date": today,
            "year": today.year,
            "effective_on": today,
            "registered_at": now,
        },
    }.get(name)


def test_the_tables_are_whole():
    assert set(MAY) == set(FROM) == {t.name for t in ORDER}
    assert {s for t in ORDER for s in (*t.sources, t.target)} == set(Order.State.values)


@pytest.mark.parametrize("state", STATES)
def test_who_may_do_what_from_which_state(cast, state):
    order = make_order(
        cast, state=state, items=[make_pairing(cast, "recommended", mentor=cast.mentor, mentee=cast.mentee)]
    )
    order.visas.update(given_at=timezone.now(), given_by=cast.clerk)
    order = reload(order)
    for name in MAY:
        for role in ALL:
            found = attempt(order, name, getattr(cast, role), _columns(name))
            assert found == expected(role, state, MAY[name], FROM[name]), (name, role)
