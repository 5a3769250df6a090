"""Global search: a name as lists write it, an order by its number, the whole list behind a long answer (п. 1.2)."""

import pytest

from people.register.acts import rename_person
from people.register.models import Person
from reports.home.search import LIMIT, HitGroup
from reports.orders.models import Order
from tests.factories import make_program
from tests.reports.orders.kit import make_mentor, make_order

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.point("7", "20")]


def found(client, text):
    return {group.title: group for group in client.get("/search/", {"q": text}).context["groups"]}


def test_a_name_copied_from_a_list_finds_the_person_and_everything_with_the_person(cast, as_user):
    program = make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    client, short = as_user(cast.curator), cast.mentor.person.short_name
    groups = found(client, short)
    assert cast.mentor.person.full_name in [row.label for row in groups["Люди"].rows]
    assert [row.label for row in groups["Программы"].rows] == [program.title]
    assert len(groups["Пары и группы"].rows) == 1
    for url in ("/people/", "/pairings/", "/programs/"):
        assert (
            cast.mentor.person.short_name.split("\xa0")[0]
            in client.get(url, {"q": short}).content.decode().split("<main")[1]
        )


def test_who_is_found_by_a_former_name_is_shown_with_it(cast, as_user):
    person = cast.mentor.person
    former, version = person.full_name, Person.objects.get(pk=person.pk).version
    names = {"first_name": person.first_name, "middle_name": person.middle_name}
    rename_person(person, by=cast.clerk, version=version, last_name="Бембеева", **names)
    text = former.split()[0]
    (row,) = [one for one in found(as_user(cast.curator), text)["Люди"].rows if "Бембеева" in one.label]
    assert f"прежнее имя: {former}" in row.note
    (row,) = found(as_user(cast.curator), "Бембеева")["Люди"].rows
    assert "прежнее имя" not in row.note
    for one in found(as_user(cast.council), text).get("Люди", HitGroup("", [], "")).rows:
        assert "прежнее имя" not in one.note  # as on the page of the person: for those who see contacts


def test_one_digit_is_a_number_of_an_order_and_one_letter_is_nothing(cast, as_user):
    order = make_order(cast, "appointment", "registered", items=[make_mentor(cast)])
    client = as_user(cast.curator)
    assert order.number == "1-од"
    assert [row.url for row in found(client, "1")["Приказы"].rows] == [order.get_absolute_url()]
    assert found(client, "о") == {}


def test_many_orders_lead_to_their_whole_list(cast, as_user):
    order = make_order(cast, "appointment", items=[make_mentor(cast)])
    for n in range(LIMIT):
        Order.objects.create(
            kind=order.kind,
            heading=order.heading,
            preamble="",
            series=order.series,
            code=f"C{n}",
            created_by=cast.curator,
        )
    word = order.heading.split()[1]
    group = found(as_user(cast.curator), word)["Приказы"]
    assert len(group.rows) == LIMIT
    assert as_user(cast.curator).get(group.more).context["listing"].page.paginator.count == LIMIT + 1
