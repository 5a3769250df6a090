"""What of a person can be handed over: each feature registers its own when its app is ready."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from mentoring_site.russian import joined
from mentoring_site.workflow import NotAllowed
from people.register.models import Person
from people.rights import Right


@dataclass(frozen=True)
class Thing:
    """One open thing of a person: its key inside the part, what it is, and its page."""

    key: int
    what: str
    url: str


@dataclass(frozen=True)
class Part:
    """What one feature hands over.

    ``things(person, user)`` are open and visible to whoever holds one of the ``rights``: who keeps such things, and the
    director, for a keeper who is gone. ``hand(key, person, to, by)`` gives one of them
    to somebody else in the caller's transaction and refuses with sentences. ``who`` says to whom it can go.
    """

    code: str
    title: str
    rights: tuple[Right, ...]
    who: str
    things: Callable[[Person, Any], Iterable[Thing]]
    hand: Callable[[int, Person, Person, Any], None]


_PARTS: dict[str, Part] = {}


def register(*parts: Part) -> None:
    """Add parts, once each; called by the apps when they are ready."""
    for part in parts:
        _PARTS.setdefault(part.code, part)


def parts_of(user: Any) -> list[Part]:
    """Return the parts that the user may hand over."""
    return [part for part in _PARTS.values() if any(user.can(right) for right in part.rights)]


def holders() -> str:
    """Return who hands over anything at all: «директор, куратор или специалист по кадрам»."""
    named = (name for part in _PARTS.values() for right in part.rights for name in right.holders)
    return joined(dict.fromkeys(named), "или")


def require_part(part: Part, user: Any) -> None:
    """Refuse whoever may not hand over things of a part. Raises ``NotAllowed``."""
    if part not in parts_of(user):
        raise NotAllowed(f"«{part.title}»: передать это может {joined(part.rights[0].holders, 'или')}")


@dataclass(frozen=True)
class Open:
    """The open things of one part."""

    part: Part
    things: list[Thing]


def open_of(person: Person, user: Any) -> list[Open]:
    """Return what of the person the user may hand over, part by part."""
    found = [Open(part, list(part.things(person, user))) for part in parts_of(user)]
    return [one for one in found if one.things]
