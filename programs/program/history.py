"""History of programs in words; for director and curator also the changed fields.

Features above register here what they add to it and which of their acts a reader may know of, when the app is ready.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from mentoring_site import history as mentoring_site_history
from mentoring_site.models import Act
from mentoring_site.russian import rushort
from people.rights import Right
from programs.pairings.confidentiality import reads_all
from programs.program.models import Program

RESULTS = {"do", "undo_do", "checked", "returned"}
"""Acts about the result of one mentee."""

Readable = Callable[[Act], bool]
_OBJECTS: list[Callable[[Program, Any], Iterable]] = []
_READABLE: dict[str, Callable[[Program, Any, set[int]], Readable]] = {}


def register_objects(objects: Callable[[Program, Any], Iterable]) -> None:
    """Add ``objects(program, user)``, whose acts stand in the history of the program too."""
    _OBJECTS[:] = [*(known for known in _OBJECTS if known != objects), objects]


def register_private_acts(verbs: Iterable[str], readable: Callable[[Program, Any, set[int]], Readable]) -> None:
    """Register which acts of these ``verbs`` a mentee of a group may know of (п. 1.3, подп. 4).

    ``readable(program, user, own)`` returns a function of an act; ``own`` are the user's participations.
    """
    _READABLE.update(dict.fromkeys(verbs, readable))


def entries(program: Program, user) -> list[dict]:
    """Return the history of a program, its plan and what features above add, newest first.

    For ``components/history.html``. In a group a mentee reads nothing of what another did, got back or talked about
    (п. 1.3, подп. 4).
    """
    fields = user.can(Right.PEOPLE_HISTORY)
    added = [thing for objects in _OBJECTS for thing in objects(program, user)]
    objects = [program, *added, *(program.activities.all() if fields else ())]
    found = mentoring_site_history.entries(objects, fields=fields, keep=_readable(program, user), user=user)
    for entry in found:
        entry["changes"] = [_dates(change) for change in entry["changes"]]
    return found


def _readable(program: Program, user) -> Readable | None:
    """Return the function that says which acts the user may know of, or None for who reads all."""
    sides = list(program.pairing.participations.all())
    if reads_all(program, user, sides):
        return None
    own = {p.pk for p in sides if p.person_id == user.person_id}
    found: dict[Callable, Readable] = {}  # asked for when the first such act is met

    def keep(act: Act) -> bool:
        if act.actor_id == user.pk:
            return True
        if act.verb in RESULTS:
            return act.facts.get("participation") in own
        readable = _READABLE.get(act.verb)
        if readable is None:
            return True
        if readable not in found:
            found[readable] = readable(program, user, own)
        return found[readable](act)

    return keep


def _dates(line: str) -> str:
    return re.sub(r"\b\d{4}-\d{2}-\d{2}\b", lambda day: rushort(day.group()), line)
