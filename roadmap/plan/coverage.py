"""Stages that nobody hears of: begun, and without a piece of news or without evidence (приложение, этап 7).

What tells of a stage is asked of a registry: news belong to a higher feature.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from mentoring_site.models import Evidence
from mentoring_site.russian import joined
from roadmap.plan.models import Roadmap, Stage, Task

Told = Callable[[int], dict[int, int]]
"""How many pieces of news tell of each stage (by its number) in a school year."""
_TOLD: list[Told] = []
PATIENCE = timedelta(days=14)
"""A stage that has only just begun is not silent yet."""


def register(told: Told) -> None:
    """Let a feature tell of stages; called once when an app is ready."""
    if told not in _TOLD:
        _TOLD.append(told)


@dataclass(frozen=True)
class Coverage:
    """What is heard of one stage: pieces of news, evidence of its lines, whether it has begun."""

    stage: Stage
    begun_on: date | None
    news: int
    proofs: int

    @property
    def has_begun(self) -> bool:
        """Whether the first of its lines has gone on for so long that something should be heard of it."""
        return self.begun_on is not None and self.begun_on + PATIENCE <= timezone.localdate()

    @property
    def silence(self) -> str:
        """What a stage that has begun lacks, in words; empty when it is heard of."""
        if not self.has_begun:
            return ""
        lacks = joined(
            [word for word, number in (("новостей", self.news), ("подтверждений", self.proofs)) if not number]
        )
        return f"этап молчит: нет {lacks}" if lacks else ""


def told_of(year: int) -> Counter[int]:
    """Return how many pieces of news tell of each stage in a school year."""
    found: Counter[int] = Counter()
    for told in _TOLD:
        found.update(told(year))
    return found


def coverage(roadmap: Roadmap) -> dict[int, Coverage]:
    """Return what is heard of each stage of an approved roadmap read with its stages and tasks, by number.

    Nothing of a draft: it has not begun. Two queries, whatever the number of lines.
    """
    if roadmap.state not in (Roadmap.State.APPROVED, Roadmap.State.SUPERSEDED):
        return {}
    told, stages = told_of(roadmap.school_year), list(roadmap.stages.all())
    tasks = {stage.number: list(stage.tasks.all()) for stage in stages}
    kind = ContentType.objects.get_for_model(Task)
    keys = [task.pk for found in tasks.values() for task in found]
    rows = Evidence.objects.kept().filter(object_type=kind, object_id__in=keys)
    proved = Counter(rows.order_by().values_list("object_id", flat=True))
    return {
        stage.number: Coverage(
            stage,
            min(_days(tasks[stage.number]), default=None),
            told[stage.number],
            sum(proved[task.pk] + _known(task) for task in tasks[stage.number]),
        )
        for stage in stages
    }


def _days(tasks: Iterable[Task]) -> list[date]:
    return [day for task in tasks if (day := task.starts_on or task.due_on)]


def _known(task: Task) -> int:
    """What the system itself has found done is proved by the facts."""
    return int(task.done_on is not None and task.done_by_id is None and not task.is_proved)
