"""The roadmaps of the demo school: last year's and this year's, approved by order, partly done."""

from django.utils import timezone

from programs.pairings.acts import year_of
from reports.demo.lifecycle import Lifecycle
from reports.demo.scenarios import Scenario
from roadmap.plan import acts as plan_acts
from roadmap.regulation.approvals import Approval


def year_plan(demo, days_ago: int, left: int):
    """Steps of a roadmap: drafted, approved by order, tasks marked as they fall due, but for the last ``left``."""
    orders = Lifecycle(demo, Scenario("", "", "done", days_ago))
    yield days_ago + 12
    roadmap = plan_acts.draft(year_of(timezone.localdate()), by=demo.user("curator"))
    yield days_ago + 6
    mark: Approval = {
        "word": "РАССМОТРЕНО",
        "body": "методический совет",
        "number": demo.minutes_number(),
        "date": timezone.localdate().isoformat(),
    }
    roadmap = plan_acts.save_particulars(
        roadmap, by=demo.user("curator"), version=roadmap.version, since=roadmap.since, approvals=[mark]
    )
    roadmap = plan_acts.submit(roadmap, by=demo.user("curator"))
    yield from orders.order("roadmap", [roadmap], days_ago)
    roadmap.refresh_from_db()
    today = demo.calendar.today
    tasks = sorted((t for stage in roadmap.stages.all() for t in stage.tasks.all()), key=lambda t: t.due_on)
    due = [t for t in tasks if t.due_on < today and t.done_on is None]  # the facts have ticked some already
    for task in due[: len(due) - left or None]:
        yield min((today - task.due_on).days + 1, days_ago - 1)
        plan_acts.mark_done(task, by=demo.user("curator"), note="Сделано в срок, документ в папке куратора")
