"""A proposal to a bank taken back while nobody has acted on it."""

from typing import Any

from mentoring_site.models import Act
from mentoring_site.undo import Undoable
from mentoring_site.workflow import perform
from people.accounts.models import User

TALK = {"remind"}


def _unpropose(act: Act, candidate: Any, *, by: User) -> None:
    perform(candidate, "withdraw", by=by, columns={"reason": "Предложение отменено тем, кто его сделал"}, undone=act.pk)


PROPOSAL = Undoable(
    what="предложение в банк",
    undo=_unpropose,
    instead="Снять из банка можно на странице кандидата: «Снять из банка»",
    concerns=lambda later, act: later.verb not in TALK,
)
