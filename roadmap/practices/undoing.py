"""A practice given to the council, taken back while nobody has looked."""

from typing import Any

from mentoring_site.models import Act
from mentoring_site.undo import Undoable
from mentoring_site.workflow import perform
from people.accounts.models import User

NOTHING: dict[str, Any] = {"submitted_at": None, "submitted_by": None}


def _undo(act: Act, practice: Any, *, by: User) -> None:
    perform(practice, "undo_submit", by=by, columns=NOTHING, undone=act.pk)


SUBMITTED = Undoable(what="передачу совету", undo=_undo, instead="Попросите совет вернуть практику с замечаниями")
