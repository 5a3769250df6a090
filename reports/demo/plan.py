"""The roadmaps of the demo school: last year's and this year's, approved by order, partly done."""

from django.utils import timezone

from programs.pairings import year_of
from reports.demo.life import Life
from reports.demo.scenes import Scene
from roadmap import plans


def year_plan(demo, days_ago: int, done: int):
    """A life: the roadmap is drafted, approved by order, and its first ``done`` tasks are marked."""
    life = Life(demo, Scene("", "", "done", days_ago))
    yield days_ago + 12
    roadmap = plans.draft(year_of(timezone.localdate()), by=demo.user("curator"))
    yield days_ago + 6
    roadmap = plans.submit(roadmap, by=demo.user("curator"))
    yield from life.order("roadmap", [roadmap], days_ago)
    roadmap.refresh_from_db()
    for task in [t for stage in roadmap.stages.all() for t in stage.tasks.all()][:done]:
        yield max(days_ago - 20, 1)
        plans.mark_done(task, by=demo.user("curator"), note="Сделано в срок, документ в папке куратора")
