"""Tasks of a roadmap in preparation that somebody who leaves answers for; of an approved one the curator reports."""

from collections.abc import Iterator
from datetime import date

from people.register.leaving import Hanging, Part
from roadmap.plan.models import Roadmap, Task


def _hanging(days: dict[int, date]) -> Iterator[Hanging]:
    through = Task.responsible.through.objects.filter(person__in=days, task__stage__roadmap__state=Roadmap.State.DRAFT)
    for row in through.select_related("task__stage__roadmap").order_by("pk"):
        task = row.task
        what = f"мероприятие дорожной карты {task.stage.number}.{task.number}"
        yield Hanging(row.person_id, what, "куратор называет другого ответственного", task.get_absolute_url())


PART = Part(_hanging)
