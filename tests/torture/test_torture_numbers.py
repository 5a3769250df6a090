"""Races of registration with real commits in threads: unique numbers without gaps, one order once,
nothing enacted twice.
"""

from uuid import uuid4

import pytest
from django.db import OperationalError
from django.utils import timezone

from mentoring_site.workflow import Already, Refused
from people.banks.models import Candidate
from reports.orders.drafting import acts as drafting_acts
from reports.orders.models import Acquaintance, NumberCounter, Order
from reports.orders.registration import acts as registration_acts
from reports.orders.registration import numbers
from tests.reports.orders.kit import make_mentor, make_order

pytestmark = [pytest.mark.torture, pytest.mark.django_db(transaction=True), pytest.mark.point("14", "25")]
CLIENTS = 4


def insist(order, by):
    """Register under the suggested number, and ask for the next one when somebody was quicker: what a clerk does."""
    today = timezone.localdate()
    for _ in range(200):
        try:
            return registration_acts.register(order, by=by, number=numbers.suggest("main", today.year), date=today)
        except Already:
            raise
        except Refused as refusal:
            if "уже занят" not in str(refusal):
                raise
    raise AssertionError("no free number in 200 attempts")


def test_different_orders_at_once_get_different_numbers_without_gaps(shared_database, cast, figures, together):
    for turn in range(figures.rounds):
        ready = [make_order(cast, "appointment", "at_signature", [make_mentor(cast)]) for _ in range(CLIENTS)]
        results = together([lambda order=order: insist(order, cast.clerk) for order in ready])
        assert [r for r in results if isinstance(r, Exception)] == []
        plain = sorted(Order.objects.exclude(number="").values_list("number_plain", flat=True))
        assert plain == list(range(1, CLIENTS * (turn + 1) + 1))
    assert NumberCounter.objects.get().last == CLIENTS * figures.rounds
    assert Candidate.objects.filter(state="appointed").count() == CLIENTS * figures.rounds


def test_one_number_goes_to_one_order(shared_database, cast, figures, together):
    today = timezone.localdate()
    for number in range(1, figures.rounds + 1):
        ready = [make_order(cast, "appointment", "at_signature", [make_mentor(cast)]) for _ in range(CLIENTS)]
        acts = [
            lambda order=order, n=number: registration_acts.register(order, by=cast.clerk, number=f"{n}-од", date=today)
            for order in ready
        ]
        results = together(acts)
        assert sum(isinstance(r, Order) for r in results) == 1
        assert all(isinstance(r, Order | Refused) and not isinstance(r, OperationalError) for r in results)
        assert Order.objects.filter(number=f"{number}-од").count() == 1


def test_one_order_is_registered_once(shared_database, cast, figures, together):
    for _ in range(figures.rounds):
        order = make_order(cast, "appointment", "at_signature", [make_mentor(cast)])
        results = together([lambda order=order: insist(order, cast.clerk)] * CLIENTS)
        assert sum(isinstance(r, Order) for r in results) == 1
        assert sum(isinstance(r, Already) for r in results) == CLIENTS - 1
        order.refresh_from_db()
        assert Acquaintance.objects.filter(order=order).count() == len(order.facts["acquaintance"])
    assert sorted(Order.objects.values_list("number_plain", flat=True)) == list(range(1, figures.rounds + 1))


def test_one_form_sent_twice_at_once_makes_one_draft(shared_database, cast, figures, together):
    for _ in range(figures.rounds):
        mentor, key = make_mentor(cast), uuid4()
        results = together(
            [lambda m=mentor, k=key: drafting_acts.draft("appointment", [m], by=cast.curator, request_key=k)] * CLIENTS
        )
        assert len({r.pk for r in results if isinstance(r, Order)}) == 1 and not [
            r for r in results if isinstance(r, Exception)
        ]
        assert mentor.order_items.count() == 1


def test_one_thing_never_gets_into_two_drafts(shared_database, cast, figures, together):
    for _ in range(figures.rounds):
        mentor = make_mentor(cast)
        results = together([lambda m=mentor: drafting_acts.draft("appointment", [m], by=cast.curator)] * CLIENTS)
        assert sum(isinstance(r, Order) for r in results) == 1
        assert sum(isinstance(r, Refused) for r in results) == CLIENTS - 1
        assert mentor.order_items.count() == 1
