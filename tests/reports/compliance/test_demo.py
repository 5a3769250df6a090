"""The demo school sets goals, counts its clauses, settles contradictions: by the acts, day by day."""

from types import SimpleNamespace

import pytest

from mentoring_site.ui.list_filters import year_now
from reports.compliance.models import ClauseCount, ClauseExemption, ClauseState, TextAnswer
from reports.demo.clock import Calendar
from reports.demo.proved import GOALS, SETTLED, counted, numbers_and_gaps
from reports.indicators.models import IndicatorGoal

pytestmark = [pytest.mark.django_db, pytest.mark.point("13.2", "13.6")]


def test_the_demo_school_knows_its_numbers_and_its_gaps(cast):
    calendar = Calendar()
    demo = SimpleNamespace(user=vars(cast).get, calendar=calendar)
    for steps in numbers_and_gaps(demo):
        calendar.add(steps)
    calendar.run()
    counted(demo)
    assert IndicatorGoal.objects.exclude(why_target="").count() == len(GOALS)
    assert TextAnswer.objects.count() == len(SETTLED) and ClauseExemption.objects.get().clause == "2.3-a3"
    assert ClauseCount.objects.count() == 2
    states = set(ClauseState.objects.filter(year=year_now()).values_list("state", flat=True))
    assert {"done", "partly", "not_yet", "principle"} <= states
