"""Evidence of a task of support: put by who was given it until it is accepted."""

from typing import Any

from mentoring_site.evidence.places import Place
from mentoring_site.locks import locked
from mentoring_site.workflow import Refused, record
from people.accounts.models import User
from programs.support.acts import lock_live
from programs.support.models import SupportTask
from programs.support.rules import SUPPORT


def _require(task: SupportTask, user: User) -> None:
    SUPPORT["do"].require(SupportTask.objects.with_requirements().get(pk=task.pk), user)


def _claimed(task: SupportTask, user: User) -> SupportTask:
    _require(task, user)
    lock_live(task.program)
    fresh = locked(task)
    if fresh.state in (SupportTask.State.ACCEPTED, SupportTask.State.DROPPED):
        raise Refused("Поручение уже принято или снято: то, что его подтверждает, остаётся при нём")
    return fresh


def _record(task: SupportTask, verb: str, words: str, by: User) -> Any:
    return record(task, verb, by=by, words=words)


SUPPORT_TASKS = Place(
    code="support",
    model=SupportTask,
    readable=lambda user: SupportTask.objects.visible_to(user),
    require=_require,
    claim=_claimed,
    title=lambda task: str(task),
    address=lambda task: task.get_absolute_url(),
    record=_record,
)
