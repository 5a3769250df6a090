"""A talk that was recorded by mistake taken back."""

from typing import Any

from mentoring_site.models import Act
from mentoring_site.undo import Undoable
from mentoring_site.workflow import perform
from people.accounts.models import User


def _unsettle(act: Act, answer: Any, *, by: User) -> None:
    perform(answer, "undo_settle", by=by, columns={"settled_at": None, "settled_by": None}, undone=act.pk)


SETTLED = Undoable(
    what="отметку о разговоре", undo=_unsettle, instead="Ответ остался на своей странице", in_confidence=True
)
