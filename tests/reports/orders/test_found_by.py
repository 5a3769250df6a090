"""Orders are found by their number as people write it, by words in any form, and by present and former names."""

import pytest

from mentoring_site.paper_numbers import number_columns
from people.register import acts as register_acts
from reports.orders.drafting import acts as drafting_acts
from reports.orders.models import Order
from reports.orders.printing.pdf import pdf_of
from reports.orders.typed_numbers import numbered, plain_number
from tests.reports.orders.kit import make_order, read

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.point("15", "8.20")]


@pytest.fixture
def orders(cast):
    """Orders 46-од, 46/1-од and 46-лс, 461-од, 117, 01-05/118 and Н-12, in this order."""
    first = make_order(cast, state="registered")
    numbers = ["46-од", "46/1-од", "46-лс", "461-од", "117", "01-05/118", "Н-12"]
    Order.objects.filter(pk=first.pk).update(**number_columns("46-од"))
    made = [first]
    for n, number in enumerate(numbers[1:], 1):
        copy = Order.objects.get(pk=first.pk)
        copy.pk, copy.code, copy.request_key = None, f"CODE{n}", None
        copy.number, copy.year, copy.pdf = number, first.year - n, None
        copy.date = first.date.replace(year=copy.year, day=1)
        copy._state.adding = True
        copy.save()
        made.append(copy)
    return made


@pytest.mark.parametrize(
    ("text", "which"),
    [
        ("46", [0, 1, 2]),
        ("№ 46-од", [0]),
        ("№46-ОД", [0]),
        ("46 од", [0]),
        ("46од", [0]),
        ("46–од", [0]),
        ("46/1-од", [1]),
        ("46/1", [1]),
        ("46 / 1 - од", [1]),
        ("приказ № 46-лс от 22.11.2026", [2]),
        ("номер 461", [3]),
        ("01-05/117", [4]),
        ("N 117", [4]),
        ("4", []),
        ("1", []),
        ("46-к", []),
        ("01-05/118", [5]),
        ("1-5/118", [5]),
        ("118", [5]),
        ("Н-12", [6]),
        ("№ н-12", [6]),
        ("12", []),
    ],
)
def test_a_number_in_any_usual_spelling(orders, text, which):
    assert set(Order.objects.found_by(text)) == {orders[n] for n in which}


@pytest.mark.parametrize("text", ["", "   ", "№", "сорок шесть", "46 рублей за час", "1" * 40, "46-од; drop"])
def test_other_texts_are_no_number(text):
    assert numbered(text) is None
    assert plain_number("приказ № 46-од от 22.11.2026") == "46-од"


def test_words_of_the_heading_and_of_the_points_in_any_form(cast):
    order = make_order(cast, state="registered")
    heading = order.heading
    word = next(word for word in heading.lower().split() if len(word) > 6)
    assert order in Order.objects.found_by(word)
    draft = Order.objects.get(pk=order.pk)
    draft.points = [{"text": "Провести открытые уроки", "subpoints": ["с концертмейстерами"], "edited": True}]
    draft.save()
    for text in ("открытого урока", "концертмейстер", "провести уроков"):
        assert order in Order.objects.found_by(text), text
    assert order not in Order.objects.found_by("контрабас")


def test_the_key_follows_the_draft(cast):
    order = make_order(cast)
    drafting_acts.edit(
        order,
        by=cast.clerk,
        version=order.version,
        heading="О смотре оркестров",
        preamble=order.preamble,
        points=["Подготовить сводный ансамбль"],
    )
    assert order in Order.objects.found_by("смотры") and order in Order.objects.found_by("ансамблей")


@pytest.mark.point("9.5")
def test_a_former_name_finds_the_papers_which_keep_it(cast):
    order = make_order(cast, state="registered")
    before = [read(pdf_of(order)), order.points, order.facts]
    line = order.acquaintances.select_related("person").first()
    person, former = line.person, line.person.last_name
    register_acts.rename_person(
        person, by=cast.clerk, version=person.version, last_name="Новофамильная", first_name=person.first_name
    )
    assert order in Order.objects.found_by(former) and order in Order.objects.found_by("новофамильн")
    order = Order.objects.get(pk=order.pk)
    assert [read(pdf_of(order)), order.points, order.facts] == before
