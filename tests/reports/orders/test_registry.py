"""The registry of orders: every kind has its words, a sample and a kit; a new module is found by itself."""

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured

from reports.orders import order_kinds
from reports.orders.effects import item_line, item_name, summary
from reports.orders.models import Order, OrderItem
from reports.orders.order_kinds.base import OrderKind, OrderSubject
from reports.orders.order_kinds.registry import KINDS, SUBJECTS, registered
from tests.reports.orders.kit import KITS, make_order

pytestmark = pytest.mark.point("3.1")

MODULE = """
from dataclasses import replace

from reports.orders.order_kinds.{origin} import {kind} as origin

NEW_ORDER = replace(origin, code="{code}", position={position})
"""


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A folder that the registry searches besides its own."""
    monkeypatch.setattr(order_kinds, "__path__", [*order_kinds.__path__, str(tmp_path)])
    return tmp_path


def test_a_new_module_is_a_new_kind(package):
    made = MODULE.format(origin="roadmap", kind="ROADMAP_ORDER", code="second", position=35)
    (package / "found_alone.py").write_text(made)
    assert list(registered(OrderKind, "code"))[:4] == ["regulation", "curator", "roadmap", "second"]


def test_two_kinds_of_one_code_are_refused(package):
    made = MODULE.format(origin="roadmap", kind="ROADMAP_ORDER", code="curator", position=36)
    (package / "found_twice.py").write_text(made)
    with pytest.raises(ImproperlyConfigured, match="code"):
        registered(OrderKind, "code")


def test_the_keys_of_an_item_are_the_subjects():
    keys = {f.name for f in OrderItem._meta.concrete_fields} - {"id", "order"}
    assert keys == set(SUBJECTS) == set(registered(OrderSubject, "name"))
    length = Order._meta.get_field("kind").max_length
    assert max(map(len, KINDS)) <= length


def test_every_kind_has_a_kit():
    assert set(KITS) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_what_waits_for_an_order_or_is_typed_with_it(kind):
    waits = bool(kind.waiting_words and all(kind.empty_state))
    typed = bool(kind.form and kind.specimen and kind.item_text)
    assert waits != typed
    assert not kind.form or kind.form_class.draft_class is kind.draft


@pytest.mark.django_db
@pytest.mark.parametrize("code", KINDS)
@time_machine.travel("2026-11-23 09:00+03:00", tick=False)
def test_every_kind_has_words(cast, code):
    order = Order.objects.with_papers().get(pk=make_order(cast, code).pk)
    assert order.heading and order.preamble and order.points and order.order_kind is KINDS[code]
    assert summary(order, done=False) and summary(order, done=True)
    for item in order.items.all():
        assert item_name(item) and item_line(item)["text"]
        if item.proposal_id:
            assert KINDS[code].draft.parse(item.proposal.facts).dump() == item.proposal.facts
