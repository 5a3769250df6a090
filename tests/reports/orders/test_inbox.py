"""What waits in orders, and for whom."""

import pytest

from mentoring_site.models import OutboxMail
from reports.orders.acquaintance import acts as acquaintance_acts
from reports.orders.drafting import acts as drafting_acts
from reports.orders.inbox import items as waiting
from reports.orders.registration import acts as registration_acts
from tests.factories import make_pairing
from tests.reports.orders.kit import make_mentor, make_order

pytestmark = [pytest.mark.django_db, pytest.mark.point("14", "20")]


def titles(user):
    user = type(user).objects.get(pk=user.pk)
    return [w.title for w in waiting(user)]


def test_nothing_waits_when_nothing_is_there(cast):
    assert not any(titles(user) for user in vars(cast).values())


def test_ready_things_wait_for_the_curator(cast):
    for _ in range(3):
        make_pairing(cast, "recommended")
    make_pairing(cast, "recommended", complete=False)
    assert "3\xa0пары готовы к приказу о закреплении" in titles(cast.curator)
    assert titles(cast.clerk) == titles(cast.director) == []


def test_each_step_waits_for_whoever_makes_it(cast):
    order = make_order(cast, "appointment", items=[make_mentor(cast, cast.mentor.person)])
    assert titles(cast.clerk) == titles(cast.curator) == [f"Завизировать проект: {order.heading}"]
    for visa in order.visas.all():
        drafting_acts.give_visa(visa, by=cast.clerk)
    assert titles(cast.curator) == [f"Завершить согласование: {order.heading}"]
    order = drafting_acts.agree(order, by=cast.curator)
    assert titles(cast.curator) == [f"Передать на подпись: {order.heading}"]
    order = drafting_acts.send_to_signature(order, by=cast.curator)
    assert titles(cast.director) == [f"Подписать приказ: {order.heading}"]
    assert titles(cast.clerk) == titles(cast.curator) == [f"Зарегистрировать подписанный приказ: {order.heading}"]
    order = registration_acts.register(order, by=cast.clerk, number="1-од", date=order.frozen_at.date())
    assert any(title.startswith("Приложить скан приказа от") for title in titles(cast.clerk))
    assert "Ознакомиться с приказом №\xa01-од" in titles(cast.clerk)  # whom the order charges with the agreement
    assert titles(cast.mentor) == ["Ознакомиться с приказом №\xa01-од"]
    acquaintance_acts.acquaint(order.acquaintances.get(person=cast.mentor.person), by=cast.mentor)
    assert titles(cast.mentor) == []


def test_the_home_opens_and_the_letters_are_written(cast, as_user):
    make_order(cast, "appointment", items=[make_mentor(cast)])
    assert "Завизировать проект" in as_user(cast.clerk).get("/home/").content.decode()


def letters(name):
    return [m.to for m in OutboxMail.objects.filter(template=name)]


def test_who_composed_an_order_learns_of_its_visas_and_of_its_return(cast):
    order = drafting_acts.draft("appointment", [make_mentor(cast)], by=cast.clerk)
    assert titles(cast.director) == []
    first, *rest = order.visas.all()
    drafting_acts.give_visa(first, by=cast.curator)
    assert letters("order_visaed") == []
    for visa in rest:
        drafting_acts.give_visa(visa, by=cast.curator)
    assert letters("order_visaed") == [cast.clerk.email]
    assert titles(cast.clerk) == titles(cast.curator) == [f"Завершить согласование: {order.heading}"]
    order = drafting_acts.agree(order, by=cast.curator)
    assert titles(cast.clerk) == [f"Передать на подпись: {order.heading}"]
    assert titles(cast.director) == []
    order = drafting_acts.send_to_signature(order, by=cast.curator)
    drafting_acts.back_to_draft(order, by=cast.director, reason="Другой срок")
    assert letters("order_returned") == [cast.clerk.email]
    assert "Другой срок" in OutboxMail.objects.get(template="order_returned").text
