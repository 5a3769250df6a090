"""Several orders that came back signed are registered in one visit: checked together, registered one by one (10.7)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Act
from mentoring_site.workflow import NotAllowed
from reports.orders.models import Acquaintance, NumberCounter, Order
from reports.orders.registration.numbers import set_aside
from reports.orders.registration.stack import Line, register_many
from tests.reports.orders.kit import enter, make_mentor, make_order

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.point("10.7")]


@pytest.fixture
def three(cast):
    return [make_order(cast, "appointment", "at_signature", [make_mentor(cast)]) for _ in range(3)]


def today():
    return timezone.localdate()


def line(order, number, **more):
    return Line(order, **({"number": f"{number}-од", "date": today()} | more))


def numbers_of(orders):
    return list(Order.objects.filter(pk__in=[o.pk for o in orders]).order_by("pk").values_list("number", flat=True))


def address(orders):
    return f"{reverse('reports:orders_register')}?{'&'.join(f'order={o.pk}' for o in orders)}"


def typed(*rows):
    """``(order, number, {other fields})``."""
    data = {}
    for order, number, more in rows:
        values = {"number": number, "date": today().isoformat(), "effective_on": ""} | more
        data |= {f"order-{order.pk}-{name}": value for name, value in values.items()}
    return data


def test_all_are_registered_each_by_its_own_act_in_the_order_of_numbers(cast, three):
    first, second, third = three
    outcome = register_many([line(third, 1), line(first, 2), line(second, 3)], by=cast.clerk)
    assert [o.pk for o in outcome.registered] == [third.pk, first.pk, second.pk]
    assert (numbers_of(three), outcome.refused) == (["2-од", "3-од", "1-од"], {})
    assert [Act.objects.about(order).filter(verb="register").count() for order in three] == [1, 1, 1]
    assert NumberCounter.objects.get().last == 3
    for order in three:
        assert Acquaintance.objects.filter(order=order).exists()


def test_what_would_be_refused_is_told_and_the_others_are_registered(cast, three):
    first, second, third = three
    first.items.get().candidate.person.consents.filter(purpose="duties").delete()
    outcome = register_many([line(first, 1), line(second, 2), line(third, 3)], by=cast.clerk)
    assert list(outcome.refused) == [first.pk] and "согласия" in " ".join(outcome.refused[first.pk])
    assert numbers_of(three) == ["", "2-од", "3-од"]
    second.refresh_from_db()
    assert second.gap_reason.startswith("Стоит на подписанном приказе, который ещё не зарегистрирован: 1 — приказ «")
    candidate = first.items.get().candidate
    assert candidate.state == "approved"


def test_the_refused_one_takes_its_number_later(cast, three):
    first, second, _ = three
    register_many([line(first, 1, date=today() + timedelta(days=1)), line(second, 2)], by=cast.clerk)
    assert register_many([line(first, 1)], by=cast.clerk).registered[0].number == "1-од"


def test_a_number_skipped_for_no_reason_a_taken_and_a_cancelled_one_are_refused(cast, three):
    first, second, third = three
    set_aside("cancelled", "main", today().year, "1-од", by=cast.clerk, reason="испорчен бланк")
    outcome = register_many([line(first, 1), line(second, 2), line(third, 2)], by=cast.clerk)
    assert "аннулирован" in outcome.refused[first.pk][0]
    assert "Номер 2-од уже занят" in outcome.refused[third.pk][0]
    assert numbers_of(three) == ["", "2-од", ""]
    far = register_many([line(third, 9)], by=cast.clerk)
    assert far.refused[third.pk][0].startswith("Пропущены номера: 3–8")
    assert register_many([line(third, 9, gap_reason="отпуска")], by=cast.clerk).registered


def test_the_rehearsal_leaves_nothing_behind(cast, three):
    first = three[0]
    before = Act.objects.count()
    register_many([line(first, 1, date=today() + timedelta(days=1))], by=cast.clerk)
    assert (Act.objects.count(), NumberCounter.objects.count()) == (before, 0)
    assert Order.objects.get(pk=first.pk).state == "at_signature"


def test_only_who_registers(cast, as_user, three):
    with pytest.raises(NotAllowed):
        register_many([line(three[0], 1)], by=cast.chair)
    assert as_user(cast.chair).get(address(three)).status_code == 403


def test_one_chooses_then_the_table_offers_numbers_in_a_row(cast, as_user, three):
    client = as_user(cast.clerk)
    enter(make_order(cast, "appointment", "at_signature", [make_mentor(cast)]), cast)
    assert reverse("reports:orders_register") in client.get(reverse("reports:orders")).content.decode()
    choice = client.get(reverse("reports:orders_register"))
    assert choice.context["form"]["order"].value() == [str(o.pk) for o in three]
    rows = client.get(address([three[0], three[2]])).context["rows"]
    assert [(r.form.order, r.form["number"].value()) for r in rows] == [(three[0], "2-од"), (three[2], "3-од")]


def test_the_page_says_what_was_done_and_what_was_not(cast, as_user, three):
    first, second, third = three
    client = as_user(cast.clerk)
    tomorrow = (today() + timedelta(days=1)).isoformat()
    page = client.post(
        address(three), typed((first, "1-од", {"date": tomorrow}), (second, "2-од", {}), (third, "5-од", {}))
    )
    text = page.content.decode()
    assert "не может быть подписан в будущем" in text and "Пропущены номера" in text
    assert [f.url for f in page.context["done"]] == [second.get_absolute_url()]  # 1 is held for the first
    assert [row.form.order for row in page.context["rows"]] == [first, third]
    page = client.post(page.context["here"], typed((first, "1-од", {}), (third, "5-од", {})))
    assert [f.url for f in page.context["done"]] == [first.get_absolute_url()]
    (row,) = page.context["rows"]
    assert (row.form.order, row.form.has_gap, row.form["number"].value()) == (third, True, "5-од")
    done = client.post(page.context["here"], typed((third, "5-од", {"gap_reason": "отпуска"})), follow=True)
    assert "Зарегистрировано 1 приказ" in done.content.decode().replace("\u00a0", " ")
    assert numbers_of(three) == ["1-од", "2-од", "5-од"]


def test_pressed_twice_nothing_is_done_again(cast, as_user, three):
    client = as_user(cast.clerk)
    data = typed(*[(order, f"{n}-од", {}) for n, order in enumerate(three, 1)])
    client.post(address(three), data)
    count = Act.objects.count()
    again = client.post(address(three), data, follow=True).content.decode()
    assert again.count("уже зарегистрирован, второй раз ничего не сделано") == 3
    assert (Act.objects.count(), numbers_of(three)) == (count, ["1-од", "2-од", "3-од"])


def test_a_further_order_costs_no_query(cast, as_user, three):
    client = as_user(cast.clerk)
    client.get(address(three[:1]))
    with CaptureQueriesContext(connection) as one:
        client.get(address(three[:1]))
    with CaptureQueriesContext(connection) as all_three:
        client.get(address(three))
    assert len(all_three) <= len(one)
