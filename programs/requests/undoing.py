"""A request and its decision taken back while nobody has acted on them."""

from typing import Any

from mentoring_site.models import Act
from mentoring_site.undo import Undoable
from mentoring_site.workflow import perform, reload
from people.accounts.models import User

UNDECIDED: dict[str, Any] = {
    "answer": "",
    "decided_at": None,
    "decided_by": None,
    "paper_number": "",
    "paper_date": None,
    "led_to_type": None,
    "led_to_id": None,
}
IDLE = {"remind", "interest"}
"""Acts after which nothing is different for whoever takes something back."""


def _moved_on(later: Act, act: Act) -> bool:
    return later.verb not in IDLE


def _unfile(act: Act, request: Any, *, by: User) -> None:
    perform(request, "withdraw", by=by, undone=act.pk)


def _undecide(act: Act, request: Any, *, by: User) -> None:
    if act.verb == "accept":
        request.type.take_back(reload(request), by=by)
    perform(request, "reopen", by=by, columns=UNDECIDED, undone=act.pk)


FILING = Undoable(
    what="просьбу или предложение",
    undo=_unfile,
    instead="Пока решения нет, отозвать можно на странице просьбы: «Отозвать»",
    concerns=_moved_on,
)
DECISION = Undoable(
    what="решение по просьбе",
    undo=_undecide,
    instead="Если решение нужно изменить, договоритесь с тем, кто просил, и попросите подать новую просьбу",
    concerns=_moved_on,
    effects=("Просьба снова будет ждать решения",),
)
REGISTERED = (("file", FILING), ("accept", DECISION), ("decline", DECISION))
"""Verbs of acts on requests that can be taken back, for the registrations of the app."""
