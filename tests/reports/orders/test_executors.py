"""Whoever a point charges with something stands on the sheet of acquaintance of the order, whatever its kind."""

import pytest
import time_machine

from people.language.declension import name_in
from people.register.models import Person
from reports.orders import contents
from reports.orders.drafting import acts as drafting_acts
from reports.orders.models import Acquaintance, Order
from reports.orders.order_kinds.registry import KINDS
from reports.orders.order_kinds.wording import point
from roadmap.plan.models import Task
from tests.factories import make_person
from tests.reports.orders.kit import advance, make_order

pytestmark = [pytest.mark.django_db, pytest.mark.point("9.10")]


def read(order) -> Order:
    return Order.objects.with_papers().get(pk=order.pk)


@pytest.mark.parametrize("kind", KINDS)
@time_machine.travel("2026-11-23 09:00+03:00", tick=False)
def test_everybody_named_in_the_dative_is_on_the_sheet(cast, kind):
    """A point gives somebody something to do in the dative: «Наставнику Мельник О. Л. …»."""
    order = read(make_order(cast, kind))
    on_sheet = {row["person"] for row in contents.on_the_sheet(order)}
    text = " ".join(t for row in order.points for t in (row["text"], *row["subpoints"]))
    for person in Person.objects.prefetch_related("name_forms"):
        assert name_in(person, "dative", short=True) not in text or person.pk in on_sheet, person
    named = [pk for row in order.points for pk in row.get("charged", ())]
    assert set(named) <= on_sheet
    if any("кадрам" in row["text"] for row in order.points):
        assert cast.clerk.person_id in on_sheet
    if any("куратору реализации" in row["text"] for row in order.points):
        assert cast.curator.person_id in on_sheet


def test_an_edited_point_still_charges_and_a_dropped_one_does_not(cast):
    order = make_order(cast, "incentive")
    rows = [row["text"] for row in order.points]
    clerk = next(n for n, row in enumerate(order.points) if cast.clerk.person_id in row.get("charged", ()))
    rows[clerk] = rows[clerk].replace("ознакомить", "под подпись ознакомить")
    edited = drafting_acts.edit(
        order, by=cast.curator, version=order.version, heading=order.heading, preamble=order.preamble, points=rows
    )
    assert edited.points[clerk]["edited"] and cast.clerk.person_id in edited.points[clerk]["charged"]
    without = [row for n, row in enumerate(rows) if n != clerk]
    edited = drafting_acts.edit(
        edited, by=cast.curator, version=edited.version, heading=order.heading, preamble=order.preamble, points=without
    )
    assert cast.clerk.person_id not in {row["person"] for row in contents.on_the_sheet(read(edited))}


def test_an_office_without_a_person_signs_by_hand(cast):
    order = make_order(cast, "release", "at_signature")
    assert order.facts["acquaintance"][-1] == {"name": "", "post": "бухгалтерия", "person": None}
    order = advance(order, cast, "registered")
    assert not Acquaintance.objects.filter(order=order, person__isnull=True).exists()
    assert order.acquaintances.filter(person=cast.clerk.person).exists()


def test_who_signs_reads_no_own_order(cast):
    order = make_order(cast, "curator")
    director = cast.director.person
    Order.objects.filter(pk=order.pk).update(
        signer=director, points=[point("Директору исполнить.", charged=[director, make_person()])]
    )
    assert director.pk not in {row["person"] for row in contents.on_the_sheet(read(order))}


def test_offices_that_tasks_of_the_roadmap_name_stand_on_its_sheet(cast):
    """«куратор, методический совет» in the plan: who holds the office, and the chair for the body."""
    order = read(make_order(cast, "roadmap"))
    on_sheet = {row["person"] for row in contents.on_the_sheet(order)}
    words = {word for task in Task.objects.all() for word in task.responsible_words.lower().split(", ")}
    assert {"куратор", "методический совет", "системный администратор"} <= words
    assert {cast.curator.person_id, cast.chair.person_id, cast.sysadmin.person_id} <= on_sheet
    assert cast.director.person_id not in on_sheet  # who signs
