"""An order that has changed something is ended by an order of another kind: the refusal names it and leads to it."""

import pytest
from django.urls import reverse

from reports.orders.drafting import proposals as drafting_proposals
from reports.orders.order_kinds.change.draft import ChangeDraft
from reports.orders.order_kinds.registry import KINDS
from reports.orders.order_kinds.typed import Particulars
from tests.reports.orders.kit import make_order

pytestmark = [pytest.mark.django_db, pytest.mark.point("3.1")]


def test_every_kind_that_changes_something_names_orders_that_exist():
    free = {"incentive", "event", "association", "release", "change"}  # nothing that lasts outside the order
    assert {code for code, kind in KINDS.items() if kind.undone_by} == set(KINDS) - free
    assert {code for kind in KINDS.values() for code in kind.undone_by} <= set(KINDS)


def test_the_refusal_leads_to_the_order_to_write(cast, as_user):
    base = make_order(cast, "programs", "registered")
    draft = ChangeDraft(whole=True, text="", reason="в связи с ошибкой")
    order = drafting_proposals.propose("change", Particulars(draft, base=base), by=cast.curator)
    client = as_user(cast.curator)
    page = client.get(order.get_absolute_url()).content.decode()
    for kind in ("amendment", "completion"):
        url = f"{reverse('reports:order_new')}?kind={kind}"
        assert f'href="{url}"' in page
        assert client.get(url).status_code == 200
    assert "Программу заканчивает приказ о завершении" in page
