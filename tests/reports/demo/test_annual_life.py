"""The demo school reports: the last year signed with a number of its own, this year begun."""

from types import SimpleNamespace

import pytest

from reports.annual_report.models import AnnualReport
from reports.demo.annual import annual_reports
from reports.demo.clock import Calendar

pytestmark = [pytest.mark.django_db, pytest.mark.point("13.4")]


def test_the_demo_school_reports(cast):
    demo = SimpleNamespace(user=vars(cast).get, calendar=Calendar())
    for steps in annual_reports(demo):
        demo.calendar.add(steps)
    demo.calendar.run()
    this, last = AnnualReport.objects.order_by("-school_year")
    assert (this.state, last.state) == ("draft", "signed")
    assert last.figures.exclude(stated=None).get().why in str(last.facts).replace("одна", "Одна")
