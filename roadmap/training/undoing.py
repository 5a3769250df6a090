"""A record written down or answered, and an invitation, taken back while nobody has acted on them."""

from typing import Any

from mentoring_site.models import Act
from mentoring_site.undo import Undoable
from mentoring_site.workflow import perform
from people.accounts.models import User
from roadmap.training import acts

UNANSWERED: dict[str, Any] = {"answered_at": None, "answered_by": None, "remark": ""}


def _unenter(act: Act, training: Any, *, by: User) -> None:
    acts.take_back(training, by=by, undone=act.pk)


def _unanswer(act: Act, training: Any, *, by: User) -> None:
    perform(training, "undo_answer", by=by, columns=UNANSWERED, undone=act.pk)


def _uninvite(act: Act, invitation: Any, *, by: User) -> None:
    acts.withdraw(invitation, by=by, undone=act.pk)


ENTERED = Undoable(what="запись об обучении", undo=_unenter, instead="Уберите запись на её странице")
ANSWERED = Undoable(what="ответ о записи", undo=_unanswer, instead="Измените или уберите запись на её странице")
INVITED = Undoable(what="приглашение на обучение", undo=_uninvite, instead="Снимите приглашение на его странице")
