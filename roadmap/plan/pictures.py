"""The roadmap as a line of the school year with today (п. 3.4, приложение)."""

from datetime import date, timedelta

from django.utils import timezone

from mentoring_site.charts.chart import Figure
from mentoring_site.charts.timeline import Lane, Span, Timeline
from mentoring_site.russian import add_months, rudate, school_year
from roadmap.plan.models import Roadmap, Task
from roadmap.plan.presenters import task_badge

TONES = {"done": "done", "late": "late", "others": "going"}
LEGEND = (
    ("done", "сделано"),
    ("going", "идёт"),
    ("late", "! просрочено"),
    ("ahead", "впереди"),
    ("room", "в течение года"),
)


def figure(roadmap: Roadmap) -> Figure | None:
    """Return the picture of a roadmap read with its stages and tasks; None when it has no tasks yet.

    The table of the same tasks is the roadmap itself, on its page and in its paper.
    """
    stages = [(stage, list(stage.tasks.all())) for stage in roadmap.stages.all()]
    tasks = [task for _, found in stages for task in found]
    if not tasks:
        return None
    first, last = _ends(roadmap, tasks)
    today = timezone.localdate()
    lanes = []
    for stage, found in stages:
        if found:
            lanes.append(Lane(str(stage), heading=True))
            lanes += [Lane(task.text, (_span(roadmap, task, first, last),)) for task in found]
    chart = Timeline(
        title=f"{school_year(roadmap.school_year, full=True)} учебный год на одной линии",
        desc=f"Мероприятия семи этапов по месяцам на {rudate(today)}; сроки и состояния словами — в таблицах этапов.",
        first=first,
        last=last,
        lanes=tuple(lanes),
        legend=LEGEND,
        today=today,
    )
    return Figure("roadmap", chart, (), ())


def _ends(roadmap: Roadmap, tasks: list[Task]) -> tuple[date, date]:
    """Return the first and the last day of the line: whole months, September to June and what lies beyond them."""
    days = [day for task in tasks for day in (task.starts_on, task.due_on) if day]
    first = min([date(roadmap.school_year, 9, 1), *days]).replace(day=1)
    last = max([date(roadmap.school_year + 1, 6, 30), *days])
    return first, add_months(last.replace(day=1), 1) - timedelta(days=1)


def _span(roadmap: Roadmap, task: Task, first: date, last: date) -> Span:
    """Return the place of a task: its term, its last day alone, or the whole year when it has none."""
    tone = TONES.get(task_badge(roadmap, task).tone, "ahead")
    if task.due_on is None:
        return Span(task.starts_on or first, last, tone if task.done_on else "room")
    return Span(task.starts_on or task.due_on, task.due_on, tone)
