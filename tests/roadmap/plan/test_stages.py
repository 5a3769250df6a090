"""What the stages know by themselves: orders close their lines by name, numbers of banks, pairs and programs."""

import pytest
from django.utils import timezone

from people.school.models import School
from roadmap.plan import acts, known
from roadmap.plan.models import Roadmap, Task
from tests.factories import make_candidate, make_pairing, make_person, make_program
from tests.reports.orders.kit import make_order

pytestmark = [pytest.mark.django_db, pytest.mark.point("12.4")]


def approved(cast) -> Roadmap:
    roadmap = acts.submit(acts.draft(acts.this_year(), by=cast.curator), by=cast.curator)
    return acts.approve(roadmap, by=cast.clerk, number="45-од", date=timezone.localdate())


def line(roadmap, beginning) -> Task:
    return Task.objects.get(stage__roadmap=roadmap, text__startswith=beginning)


@pytest.mark.clause("П.1-a")
def test_the_order_on_the_regulation_with_its_annexes_closes_the_line(cast, school):
    """The order approves the Положение (annex 1) and the roadmap (annex 2); the line of stage 1 names it."""
    School.objects.update(regulation_number="", regulation_date=None)
    order = make_order(cast, "regulation", "registered")
    titles = [sheet["title"] for sheet in order.facts["appendices"]]
    assert len(titles) == 2 and "Положение" in titles[0] and "Дорожная карта" in titles[1]
    known.tick_due()
    roadmap = order.items.get(roadmap__isnull=False).roadmap
    task = line(roadmap, "Подготовка и принятие локальных")
    assert task.done_on and task.done_by is None
    assert task.done_note == f"Положение утверждено приказом от {order.date:%d.%m.%Y} № {order.number}"


@pytest.mark.clause("П.1-b", "П.5-a")
def test_pairs_by_order_close_their_lines_and_are_counted_with_those_left_over(cast, as_user):
    """The line is done by the registered order, with its number; the stage counts pairs and those left alone."""
    roadmap = approved(cast)
    for _ in range(2):
        make_candidate(make_person(), "mentee", by=cast.director, state="approved")
    pairing = make_pairing(cast, "recommended")
    assert known.tick_due() >= 0 and line(roadmap, "Издание приказов").done_on is None
    order = make_order(cast, "assignment", "registered", items=[pairing])
    known.tick_due()
    for text in ("Издание приказов", "Формирование наставнических пар и групп"):
        task = line(roadmap, text)
        assert task.done_note == f"Закреплено приказом от {order.date:%d.%m.%Y} № {order.number}", text
    stages = as_user(cast.curator).get(roadmap.get_absolute_url()).context["stages"]
    assert stages[0].numbers == "Приказов о закреплении: 1"
    assert "пар и групп: 1" in stages[4].numbers and "без пары: 2\u00a0человека" in stages[4].numbers


def test_numbers_are_those_of_this_year(cast, as_user):
    make_program(cast, "running")
    roadmap = approved(cast)
    client = as_user(cast.curator)
    stages = client.get(roadmap.get_absolute_url()).context["stages"]
    assert "с утверждённой программой: 1" in stages[4].numbers
    draft = acts.draft(acts.this_year() + 1, by=cast.curator)
    assert {stage.numbers for stage in client.get(draft.get_absolute_url()).context["stages"]} == {""}
