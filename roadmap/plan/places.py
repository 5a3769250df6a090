"""Evidence of a mark of the roadmap: read by everybody who sees the roadmap, put by those who may mark (п. 3.4)."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from mentoring_site.evidence.places import Offer, Place
from mentoring_site.locks import locked
from mentoring_site.workflow import Refused, record
from people.accounts.models import User
from roadmap.plan.acts import NOT_IN_FORCE, require_mark
from roadmap.plan.closing import settle
from roadmap.plan.models import Roadmap, Task
from roadmap.proofs import kinds


def _readable(user: User) -> QuerySet[Task]:
    return Task.objects.filter(stage__roadmap__in=Roadmap.objects.visible_to(user)).select_related("stage__roadmap")


def _claimed(task: Task, user: User) -> Task:
    require_mark(task, user)
    if locked(task.stage.roadmap).state != Roadmap.State.APPROVED:
        raise Refused(NOT_IN_FORCE)
    return locked(task)


def _record(task: Task, verb: str, words: str, by: User) -> None:
    said = f"{words}: мероприятие {task.stage.number}.{task.number}"
    record(task.stage.roadmap, verb, by=by, words=said, task=task.pk)


def _offers(task: Task, user: User) -> Iterable[Offer]:
    """Records of the school year that the user may open: the kinds that the line expects come first."""
    year = task.stage.roadmap.school_year
    return kinds.offers(user, date(year, 8, 1), date(year + 1, 8, 31), task.proof_kinds)


TASKS = Place(
    code="roadmap",
    model=Task,
    readable=_readable,
    require=require_mark,
    claim=_claimed,
    title=lambda task: task.text,
    address=lambda task: task.get_absolute_url(),
    record=_record,
    offers=_offers,
    settle=settle,
    keeps=True,
)
