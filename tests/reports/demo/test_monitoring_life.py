"""The demo school looks back: one monitoring is completed, one goes on, a note is kept; by the acts, day by day."""

from types import SimpleNamespace

import pytest

from mentoring_site.files import store_bytes
from reports.demo.clock import Calendar
from reports.demo.monitoring import life_of_monitoring
from reports.monitoring.models import Monitoring
from reports.statistics.models import StatisticsNote
from tests.programs.journal.kit import make_running
from tests.reports.monitoring.kit import PDF


@pytest.mark.django_db
@pytest.mark.point("13.3")
def test_the_demo_school_looks_back(cast):
    make_running(cast)
    scan = store_bytes(PDF, name="скан.pdf", content_type="application/pdf")
    demo = SimpleNamespace(user=vars(cast).get, calendar=Calendar(), scan=scan)
    for steps in life_of_monitoring(demo):
        demo.calendar.add(steps)
    demo.calendar.run()
    past, going = Monitoring.objects.order_by("first")
    assert (past.state, going.state) == ("completed", "going")
    assert past.figures.exists() and going.strengths and not going.verdict
    assert StatisticsNote.objects.get().facts["tables"]
