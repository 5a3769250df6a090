"""How often the page of a draft asks: as many times for three things as for one, and seldom for every kind."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.orders.drafting import acts as drafting_acts
from tests.reports.orders.kit import SUBJECTS, make_order

pytestmark = [pytest.mark.django_db, pytest.mark.point("3.1", "24")]


@pytest.mark.parametrize(
    "kind", ["assignment", "programs", "completion", "pause", "resumption", "dissolution", "replacement", "amendment"]
)
def test_the_page_of_a_draft_asks_forty_times_at_most(cast, as_user, kind):
    client = as_user(cast.clerk)
    asked = []
    for order in (
        make_order(cast, kind),
        drafting_acts.draft(kind, [SUBJECTS[kind](cast) for _ in range(2)], by=cast.curator),
    ):
        client.get(order.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            client.get(order.get_absolute_url())
        asked.append(len(queries))
    assert asked[1] <= asked[0] <= 40, asked
