"""A task given, done or answered taken back while nobody has acted on it."""

from typing import Any

from mentoring_site.models import Act
from mentoring_site.undo import Undoable
from mentoring_site.workflow import perform
from people.accounts.models import User

NOTHING: dict[str, Any] = {"done_at": None, "done_by": None, "result": ""}
UNANSWERED: dict[str, Any] = {"answered_at": None, "answered_by": None, "comment": ""}


def _ungive(act: Act, task: Any, *, by: User) -> None:
    perform(task, "drop", by=by, undone=act.pk)


def _undo_do(act: Act, task: Any, *, by: User) -> None:
    perform(task, "undo_do", by=by, columns=NOTHING, undone=act.pk)


def _undo_answer(act: Act, task: Any, *, by: User) -> None:
    perform(task, "undo_answer", by=by, columns=UNANSWERED, undone=act.pk)


GIVEN = Undoable(what="задание", undo=_ungive, instead="Снять задание можно на его странице, пока оно не выполнено")
DONE = Undoable(what="отметку о выполнении", undo=_undo_do, instead="Попросите наставника вернуть задание")
ANSWERED = Undoable(what="ответ на задание", undo=_undo_answer, instead="Дайте новое задание или скажите об этом")
