"""Races of registration with real commits in threads: unique numbers without gaps, one order once, nothing enacted twice."""

import sqlite3
import threading
from contextlib import closing
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from mentoring_site.workflow import Already, Refused
from people.models import Candidate
from reports import orders
from reports.models import Acquaintance, NumberCounter, Order
from tests.orders_kit import make_mentor, make_order

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.point("14", "25")]
ROUNDS, CLIENTS = 5, 4  # script/torture runs it at full size


@pytest.fixture
def file_database(tmp_path, transactional_db):
    """A file instead of the shared memory of SQLite: only there do threads commit like processes. PostgreSQL is used as it is."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    memory, name = connection.connection, connection.settings_dict["NAME"]
    with closing(sqlite3.connect(tmp_path / "race.sqlite3")) as copy:
        memory.backup(copy)
    connection.connection, connection.settings_dict["NAME"] = None, str(tmp_path / "race.sqlite3")
    yield
    connection.close()
    connection.connection, connection.settings_dict["NAME"] = memory, name  # the last connection keeps the memory alive


def together(acts):
    """Run the acts at one moment, each in its own thread and connection; return results or exceptions in their order."""
    gate, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(n, act):
        try:
            gate.wait()
            results[n] = act()
        except Exception as error:
            results[n] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n, act)) for n, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def insist(order, by):
    """Register under the suggested number, and ask for the next one when somebody was quicker: what a clerk does."""
    today = timezone.localdate()
    for _ in range(200):
        try:
            return orders.register(order, by=by, number=orders.suggest_number("main", today.year), date=today)
        except Already:
            raise
        except Refused as refusal:
            if "уже занят" not in str(refusal):
                raise
    raise AssertionError("no free number in 200 attempts")


def test_different_orders_at_once_get_different_numbers_without_gaps(file_database, cast):
    for turn in range(ROUNDS):
        ready = [make_order(cast, "appointment", "at_signature", [make_mentor(cast)]) for _ in range(CLIENTS)]
        results = together([lambda order=order: insist(order, cast.clerk) for order in ready])
        assert [r for r in results if isinstance(r, Exception)] == []
        numbers = sorted(Order.objects.filter(number__isnull=False).values_list("number", flat=True))
        assert numbers == list(range(1, CLIENTS * (turn + 1) + 1))
    assert NumberCounter.objects.get().last == CLIENTS * ROUNDS
    assert Candidate.objects.filter(state="appointed").count() == CLIENTS * ROUNDS


def test_one_number_goes_to_one_order(file_database, cast):
    today = timezone.localdate()
    for number in range(1, ROUNDS + 1):
        ready = [make_order(cast, "appointment", "at_signature", [make_mentor(cast)]) for _ in range(CLIENTS)]
        acts = [lambda order=order, n=number: orders.register(order, by=cast.clerk, number=n, date=today) for order in ready]
        results = together(acts)
        assert sum(isinstance(r, Order) for r in results) == 1
        assert all(isinstance(r, Order | Refused) and not isinstance(r, OperationalError) for r in results)
        assert Order.objects.filter(number=number).count() == 1


def test_one_order_is_registered_once(file_database, cast):
    for _ in range(ROUNDS):
        order = make_order(cast, "appointment", "at_signature", [make_mentor(cast)])
        results = together([lambda order=order: insist(order, cast.clerk)] * CLIENTS)
        assert sum(isinstance(r, Order) for r in results) == 1
        assert sum(isinstance(r, Already) for r in results) == CLIENTS - 1
        assert Acquaintance.objects.filter(order=order).count() == 1
    assert sorted(Order.objects.values_list("number", flat=True)) == list(range(1, ROUNDS + 1))


def test_one_form_sent_twice_at_once_makes_one_draft(file_database, cast):
    for _ in range(ROUNDS):
        mentor, key = make_mentor(cast), uuid4()
        results = together([lambda m=mentor, k=key: orders.draft("appointment", [m], by=cast.curator, request_key=k)] * CLIENTS)
        assert len({r.pk for r in results if isinstance(r, Order)}) == 1 and not [r for r in results if isinstance(r, Exception)]
        assert mentor.order_items.count() == 1


def test_one_thing_never_gets_into_two_drafts(file_database, cast):
    for _ in range(ROUNDS):
        mentor = make_mentor(cast)
        results = together([lambda m=mentor: orders.draft("appointment", [m], by=cast.curator)] * CLIENTS)
        assert sum(isinstance(r, Order) for r in results) == 1
        assert sum(isinstance(r, Refused) for r in results) == CLIENTS - 1
        assert mentor.order_items.count() == 1
