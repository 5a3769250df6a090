"""From which day a roadmap is in force, and who has adopted it: apart from the date of its order."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mentoring_site.workflow import Refused
from people.school.models import School
from reports.orders.drafting import acts as drafting_acts
from reports.orders.models import Order
from reports.orders.printing import facts
from roadmap.plan import acts
from roadmap.plan.documents import TITLE, roadmap_facts
from roadmap.plan.models import Roadmap
from tests.reports.orders.kit import make_roadmap

pytestmark = [pytest.mark.django_db, pytest.mark.point("9.8")]


def rows(**changed) -> dict:
    """Return what the form sends for one body."""
    sent = {"word_0": "ПРИНЯТО", "body_0": "общее собрание работников", "number_0": "3", "day_0": "28.08.2026"}
    return sent | changed


def test_the_order_names_the_day_and_the_bodies(cast, as_user):
    plan, day = make_roadmap(cast), timezone.localdate() + timedelta(days=3)
    url = reverse("roadmap:particulars", args=[plan.pk])
    sent = rows(version=plan.version, since=f"{day:%d.%m.%Y}")
    assert as_user(cast.curator).post(url, sent).status_code == 302
    plan.refresh_from_db()
    order = drafting_acts.draft("roadmap", [plan], by=cast.curator)
    assert "с учётом решения общего собрания работников (протокол от 28.08.2026 № 3)" in order.preamble
    assert "и ввести её в действие" in order.points[0]["text"] and str(day.year) in order.points[0]["text"]
    (sheet,) = facts.of(type(order).objects.with_papers().get(pk=order.pk))["appendices"]
    mark = {"word": "ПРИНЯТО", "body": "решением общего собрания работников", "paper": "протокол от 28.08.2026 № 3"}
    assert sheet["grifs"] == [mark] and roadmap_facts(plan)["grifs"] == [mark]
    assert ("протокол № 3, общее собрание работников", date(2026, 8, 28)) in facts.cited(order, School.get())


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"body_0": ""}, "body_0", "какой орган"),
        ({"word_0": ""}, "word_0", "Выберите слово"),
        ({"day_0": ""}, "day_0", "и номер, и дату"),
        ({"day_0": "31.02.2026"}, "day_0", "Такой даты нет"),
        ({"day_0": "01.01.2099"}, "day_0", "ещё не прошло"),
    ],
)
def test_a_slip_is_told_at_its_field(cast, as_user, changed, field, words):
    plan = make_roadmap(cast)
    url = reverse("roadmap:particulars", args=[plan.pk])
    form = as_user(cast.curator).post(url, rows(version=plan.version, **changed)).context["form"]
    assert words in str(form.errors[field]) and form["number_0"].value() == "3"


def test_a_roadmap_in_a_visaed_order_is_closed(cast):
    plan = make_roadmap(cast)
    order = drafting_acts.draft("roadmap", [plan], by=cast.curator)
    for visa in order.visas.all():
        drafting_acts.give_visa(visa, by=cast.curator)
    drafting_acts.agree(order, by=cast.curator)
    plan = Roadmap.objects.get(pk=plan.pk)
    with pytest.raises(Refused, match="уже завизирован"):
        acts.save_particulars(plan, by=cast.curator, version=plan.version, since=None, approvals=[])


@pytest.mark.point("9.9")
def test_the_roadmap_and_the_appendix_to_its_order_are_one_text(cast):
    plan = make_roadmap(cast)
    order = drafting_acts.draft("roadmap", [plan], by=cast.curator)
    plan = Roadmap.objects.prefetch_related("stages__tasks__responsible").get(pk=plan.pk)
    printed = [
        [task["number"], stage["name"], task["text"], task["term"], task["responsible"], task["result"]]
        for stage in roadmap_facts(plan)["stages"]
        for task in stage["tasks"]
    ]
    (sheet,) = facts.of(Order.objects.with_papers().get(pk=order.pk))["appendices"]
    assert len(printed) > 5 and [row[0] for row in printed[:2]] == ["1.1", "1.2"]
    assert sheet["rows"] == printed and sheet["title"].startswith(TITLE)
