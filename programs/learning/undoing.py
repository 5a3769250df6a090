"""A removed line of a week comes back."""

from typing import Any

from mentoring_site.models import Act
from mentoring_site.undo import Undoable
from people.accounts.models import User
from programs.learning import acts


def _put_back(act: Act, note: Any, *, by: User) -> None:
    acts.put_back(note, by=by, undone=act.pk)


REMOVED = Undoable(what="удаление строки", undo=_put_back, instead="Напишите строку этой недели заново")
