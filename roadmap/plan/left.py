"""Who answered for lines of last year's roadmap and has left since: the draft of this year names them (п. 3.4)."""

from dataclasses import dataclass

from people.register.models import Person
from roadmap.plan.models import Roadmap


@dataclass(frozen=True)
class Left:
    """Somebody who does not work here any more, and the numbers of the lines that nobody has taken over."""

    name: str
    lines: tuple[str, ...]


def left_behind(roadmap: Roadmap) -> list[Left]:
    """Return who answered for lines of a draft in the year before and has left, where nobody else answers now.

    The draft is read with its stages, tasks and responsible people; two queries at most.
    """
    if roadmap.state != Roadmap.State.DRAFT:
        return []
    lines = {
        task.origin_id: f"{stage.number}.{task.number}"
        for stage in roadmap.stages.all()
        for task in stage.tasks.all()
        if task.origin_id and not task.responsible.all()
    }
    if not lines:
        return []
    working = Person.objects.at_work().order_by().values("pk")
    gone = Person.objects.filter(roadmap_tasks__in=lines).exclude(pk__in=working).distinct()
    found = gone.order_by("last_name", "first_name", "pk").prefetch_related("roadmap_tasks")
    return [
        Left(
            person.short_name, tuple(sorted(lines[task.pk] for task in person.roadmap_tasks.all() if task.pk in lines))
        )
        for person in found
    ]
