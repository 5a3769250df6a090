"""A line of the roadmap closes when its evidence is complete, says by what, and opens again without it (п. 3.4)."""

from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone

from mentoring_site.evidence.presenters import with_evidence
from mentoring_site.locks import locked
from mentoring_site.workflow import record
from roadmap.plan.models import Roadmap, Task
from roadmap.proofs import kinds

LONGEST = 500


def settle(task: Task, by: Any) -> bool:
    """Close a task that its evidence proves, or open one that it no longer proves; return whether that was done.

    Called in an act that has claimed the task and changed its evidence. Nobody is named as who has marked it.
    """
    fresh = locked(task)
    prefetch_related_objects([fresh], with_evidence())
    roadmap = fresh.stage.roadmap
    if not fresh.proof_kinds or roadmap.state != Roadmap.State.APPROVED:
        return False
    revisions = kinds.standing(fresh.evidence.all())
    complete = not kinds.missing(fresh.proof_kinds, revisions)
    number = f"{fresh.stage.number}.{fresh.number}"
    if complete and fresh.done_on is None:
        note = f"Подтверждено: {'; '.join(revision.name for revision in revisions)}"[:LONGEST]
        Task.objects.filter(pk=fresh.pk).update(done_on=timezone.localdate(), done_note=note, is_proved=True)
        record(roadmap, "proved", by=None, words=f"мероприятие {number} выполнено. {note}"[:300], task=fresh.pk)
        return True
    if fresh.is_proved and not complete:
        Task.objects.filter(pk=fresh.pk).update(done_on=None, done_note="", is_proved=False)
        words = f"мероприятие {number} снова открыто: подтверждений не хватает"
        record(roadmap, "unproved", by=None, words=words, task=fresh.pk)
        return True
    return False
