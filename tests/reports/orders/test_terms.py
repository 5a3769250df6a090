"""Dates of registration against the days that the frozen text names."""

from dataclasses import replace
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from mentoring_site.workflow import Refused
from reports.orders.drafting import acts as drafting_acts
from reports.orders.drafting import proposals as drafting_proposals
from reports.orders.models import Order
from reports.orders.order_kinds.wording import terms_named
from reports.orders.registration import terms
from tests.reports.orders.kit import PARTICULARS, enter, make_order

pytestmark = [pytest.mark.django_db, pytest.mark.point("9.3")]


@pytest.fixture(autouse=True)
def clock():
    """Tuesday, 24 November 2026: from this day the texts let things hold."""
    with time_machine.travel("2026-11-24 09:00+03:00", tick=False) as moved:
        yield moved


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Представить итоги в срок до 20 декабря 2026 г.", [date(2026, 12, 20)]),
        ("Утвердить программу на срок с 16 октября 2026 г. по 16 мая 2027 г.", [date(2027, 5, 16)]),
        ("Продлить срок, истекающий 15 ноября 2026 г., до 5 января 2027 г.", [date(2027, 1, 5)]),
        ("Приостановить с 7 декабря 2026 г. по 27 декабря 2026 г.", []),  # an absence may end on any day
        ("Провести 20 декабря 2026 г. круглый стол; до 31 ноября 2026 г.", []),
    ],
)
def test_last_days_are_read_from_the_points(text, days):
    assert terms_named([{"text": text.replace(" ", "\xa0"), "subpoints": []}]) == days
    assert terms_named([{"text": "", "subpoints": [text]}]) == days


def test_a_term_on_a_day_off_is_told_before_the_order_is_signed(cast, as_user):
    order = make_order(cast, "event", "draft")
    words = ["Куратору представить итоги в срок до 20 декабря 2026 г."]
    kept = {"heading": order.heading, "preamble": order.preamble}
    drafting_acts.edit(order, by=cast.curator, version=order.version, points=words, **kept)
    lines = as_user(cast.curator).get(order.get_absolute_url()).context["warnings"]
    (line,) = [line.replace("\xa0", " ") for line in lines if "выходной" in line]
    assert line.startswith("Срок в пунктах — 20 декабря 2026 г. Это выходной по календарю школы")
    assert line.endswith("рабочий день перед ним — 18 декабря 2026 г.")


def posted(client, order, **data):
    values = {"number": "1-од", "date": "2026-11-29", "effective_on": "", **data}
    answer = client.post(reverse("reports:order_register", args=[order.pk]), values)
    order.refresh_from_db()
    return answer.context["form"].errors if answer.status_code == 200 else {}


@pytest.mark.parametrize("kind", ["assignment", "curator", "regulation", "programs", "event", "release", "replacement"])
def test_the_days_of_the_text_are_frozen_with_the_paper(cast, kind):
    order = make_order(cast, kind, "at_signature")
    found = terms.frozen(order.facts)
    assert found and all(term.what and term.since >= date(2026, 11, 24) for term in found)


def test_an_order_does_not_come_into_force_later_than_its_text_says(cast, as_user, clock):
    """«С 24 ноября» in the text, registered on 29.11 as in force from 14.12."""
    order = make_order(cast, "assignment", "at_signature")
    clock.move_to("2026-11-29 09:00+03:00")
    client = as_user(cast.clerk)
    said = posted(client, order, effective_on="2026-12-14", anyway="on")
    assert order.state == "at_signature"
    assert (
        "с 24\xa0ноября\xa02026\xa0г." in said["effective_on"][0]
        and "14\xa0декабря\xa02026\xa0г." in said["effective_on"][0]
    )
    assert "не позже 29\xa0ноября" in said["effective_on"][0] and "верните приказ" in said["effective_on"][0]
    with pytest.raises(Refused, match=r"24.ноября"):
        enter(order, cast, effective_on=date(2026, 12, 14))


def test_an_order_dated_after_a_day_of_its_text_is_asked_about(cast, as_user, clock):
    order = make_order(cast, "assignment", "at_signature")
    clock.move_to("2026-11-29 09:00+03:00")
    client = as_user(cast.clerk)
    assert any("24\xa0ноября" in line for line in client.get(order.get_absolute_url()).context["warnings"])
    said = posted(client, order)
    assert order.state == "at_signature" and "позже этого дня" in said["anyway"][0]
    assert posted(client, order, anyway="on") == {} and order.state == "registered"


def test_the_date_of_the_signature_needs_no_question(cast, as_user, clock):
    order = make_order(cast, "assignment", "at_signature")
    clock.move_to("2026-11-29 09:00+03:00")
    assert posted(as_user(cast.clerk), order, date="2026-11-24") == {} and order.state == "registered"


def test_a_coming_day_of_the_text_is_offered_as_the_day_of_effect(cast, as_user):
    particulars = PARTICULARS["regulation"](cast)
    particulars = replace(particulars, draft=replace(particulars.draft, since=date(2026, 12, 14)))
    order = drafting_proposals.propose("regulation", particulars, by=cast.curator)
    for visa in order.visas.all():
        drafting_acts.give_visa(visa, by=cast.clerk)
    order = drafting_acts.send_to_signature(drafting_acts.agree(order, by=cast.curator), by=cast.curator)
    form = as_user(cast.clerk).get(reverse("reports:order_register", args=[order.pk])).context["form"]
    assert form.initial["effective_on"] == date(2026, 12, 14)
    with pytest.raises(Refused, match=r"14.декабря"):
        enter(order, cast, effective_on=date(2026, 12, 15))
    assert enter(Order.objects.get(pk=order.pk), cast, effective_on=date(2026, 12, 14)).state == "registered"
