"""Evidence of a task: put by its mentee until it is accepted; records of the journal may prove it too."""

from typing import Any

from mentoring_site.evidence.places import Place
from mentoring_site.locks import locked
from mentoring_site.workflow import Refused, record
from people.accounts.models import User
from programs.journal.acts import lock_running
from programs.journal.places import entries
from programs.tasks.models import MentorTask
from programs.tasks.rules import TASK


def _require(task: MentorTask, user: User) -> None:
    TASK["do"].require(MentorTask.objects.with_requirements().get(pk=task.pk), user)


def _claimed(task: MentorTask, user: User) -> MentorTask:
    _require(task, user)
    lock_running(task.program)
    fresh = locked(task)
    if fresh.state in (MentorTask.State.ACCEPTED, MentorTask.State.DROPPED):
        raise Refused("Задание уже принято или снято: то, что его подтверждает, остаётся при нём")
    return fresh


def _record(task: MentorTask, verb: str, words: str, by: User) -> Any:
    return record(task, verb, by=by, words=words, participation=task.participation_id)


TASKS = Place(
    code="tasks",
    model=MentorTask,
    readable=lambda user: MentorTask.objects.visible_to(user),
    require=_require,
    claim=_claimed,
    title=lambda task: str(task),
    address=lambda task: task.get_absolute_url(),
    record=_record,
    offers=lambda task, user: entries(task.program, user),
)
