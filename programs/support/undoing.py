"""A task of support given, done or answered, and a mark, taken back while nobody has acted on them."""

from typing import Any

from mentoring_site.models import Act
from mentoring_site.undo import Undoable
from mentoring_site.workflow import perform
from people.accounts.models import User
from programs.support import marks

NOTHING: dict[str, Any] = {"done_at": None, "done_by": None, "result": ""}
UNANSWERED: dict[str, Any] = {"answered_at": None, "answered_by": None, "comment": ""}


def _ungive(act: Act, task: Any, *, by: User) -> None:
    perform(task, "drop", by=by, undone=act.pk)


def _undo_do(act: Act, task: Any, *, by: User) -> None:
    perform(task, "undo_do", by=by, columns=NOTHING, undone=act.pk)


def _undo_answer(act: Act, task: Any, *, by: User) -> None:
    perform(task, "undo_answer", by=by, columns=UNANSWERED, undone=act.pk)


GIVEN = Undoable(what="поручение", undo=_ungive, instead="Снять поручение можно на его странице, пока оно не выполнено")
DONE = Undoable(what="отметку о выполнении", undo=_undo_do, instead="Попросите совет вернуть поручение")
ANSWERED = Undoable(what="ответ на поручение", undo=_undo_answer, instead="Дайте новое поручение")
MARK = Undoable(
    what="оценку совета",
    undo=marks.take_back,
    instead="Скажите об ошибке куратору: оценка остаётся в программе",
    concerns=lambda later, act: later.facts.get("mark") == act.facts["mark"],
)
