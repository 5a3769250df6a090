"""What stands around every page about a person: the way to it and its parts."""

from dataclasses import dataclass

from django.urls import reverse

from mentoring_site.ui.elements import Crumb, Tab
from people.register.models import Person
from people.rights import Actor, Right


@dataclass(frozen=True)
class PersonPart:
    """A part of a person's page with an address of its own, named by ``url_name`` with the key of the person.

    Parts stand in the order of ``place``. Everybody who sees the person may open a part without a ``right``; with one,
    its holders and the person.
    """

    place: int
    code: str
    label: str
    url_name: str
    right: Right | None = None


_PARTS: list[PersonPart] = []


def register_parts(*parts: PersonPart) -> None:
    """Add parts; called once by each app when it is ready."""
    _PARTS.extend(part for part in parts if part not in _PARTS)


def tabs(user: Actor, person: Person, current: str) -> list[Tab]:
    """Return the parts of a person's page that the user may open; ``current`` is the code of the open one."""
    own = user.person_id == person.pk
    return [
        Tab(part.label, reverse(part.url_name, args=[person.pk]), current=part.code == current)
        for part in sorted(_PARTS, key=lambda part: part.place)
        if part.right is None or own or user.can(part.right)
    ]


def crumbs(user: Actor, person: Person, last: str = "") -> list[Crumb]:
    """Return the way to a person's page, or to the part of it named ``last``."""
    start = [Crumb("Люди", reverse("people:register"))] if user.can(Right.PEOPLE_SEE_ALL) else []
    here = Crumb(person.short_name, person.get_absolute_url() if last else None)
    return [*start, here, *([Crumb(last)] if last else [])]
