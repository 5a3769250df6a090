"""Deadlines on papers and planned activities are working days of the school's calendar (one module for both)."""

from datetime import date
from types import SimpleNamespace

import pytest
import time_machine

from people.school import workdays
from people.school.models import DayOff
from programs.catalogs.models import ProgramTemplate
from programs.program.drafting import acts as drafting_acts
from reports.orders.order_kinds.context import OrderContext
from roadmap.plan import acts as plan_acts
from roadmap.plan.models import Task
from tests.factories import make_program

pytestmark = [pytest.mark.django_db, pytest.mark.point("9.3")]


def context(day: date) -> OrderContext:
    return OrderContext(SimpleNamespace(), None, None, day)


@pytest.mark.parametrize(
    ("day", "days", "printed"),
    [
        (date(2026, 9, 2), 14, "в срок до 16\xa0сентября\xa02026\xa0г."),
        (date(2026, 9, 5), 14, "в срок до 21\xa0сентября\xa02026\xa0г."),  # the 19th is a Saturday
        (date(2026, 12, 21), 14, "в срок до 11\xa0января\xa02027\xa0г."),  # the holidays last till the 10th
        (date(2026, 10, 28), 7, "в срок до 5\xa0ноября\xa02026\xa0г."),  # the 4th is a holiday
    ],
)
def test_a_printed_deadline_is_a_working_day(day, days, printed):
    assert context(day).until(days) == printed


def test_a_day_that_the_school_writes_itself_counts_too():
    DayOff.objects.create(date=date(2026, 9, 16), name="День школы", kind="moved")
    assert context(date(2026, 9, 2)).until(14) == "в срок до 17\xa0сентября\xa02026\xa0г."
    DayOff.objects.create(date=date(2026, 9, 19), name="Рабочая суббота", kind="working")
    assert context(date(2026, 9, 5)).until(14) == "в срок до 19\xa0сентября\xa02026\xa0г."


def test_what_ends_with_a_period_ends_on_its_last_working_day():
    assert context(date(2026, 9, 2)).by_end(date(2027, 5, 16)) == "в срок до 14\xa0мая\xa02027\xa0г."


def test_a_day_inside_a_period():
    first, last = date(2026, 9, 5), date(2026, 9, 20)  # Saturday, Sunday
    assert workdays.inside(first, first, last) == date(2026, 9, 7)
    assert workdays.inside(last, first, last) == date(2026, 9, 18)
    assert workdays.inside(date(2026, 10, 9), first, last) == date(2026, 9, 18)
    assert workdays.inside(first, first, date(2026, 9, 6)) == first


def test_activities_of_a_template_stand_on_working_days(cast):
    """A program that begins on a Sunday: seven of seven activities would stand on Sundays."""
    with time_machine.travel("2026-09-06 09:00+03:00"):
        program = make_program(cast, "draft")
        template = ProgramTemplate.objects.filter(activities__isnull=False).first()
        drafting_acts._add_template(program, template)
    days = [a.due_on for a in program.activities.all()]
    assert len(days) > 3 and all(workdays.is_workday(day) for day in days)
    assert all(program.starts_on <= day <= program.ends_on for day in days)


def test_tasks_of_a_roadmap_stand_on_working_days(cast):
    for year in (2026, 2027):
        plan = plan_acts.draft(year, by=cast.curator)
        days = [d for t in Task.objects.filter(stage__roadmap=plan) for d in (t.starts_on, t.due_on) if d]
        assert len(days) > 10 and all(workdays.is_workday(day) for day in days)
        type(plan).objects.filter(pk=plan.pk).update(state="approved", order_number="1-од", order_date="2026-09-01")
