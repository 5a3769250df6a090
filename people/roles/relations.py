"""Roles that relations give: mentor and mentee come from pairs by order and are never granted on the screen of roles.

The feature that knows the relation registers a source when its app is ready, so that roles need not know of pairs.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from people.register.models import Person
from people.rights import RELATION_ROLES


@dataclass(frozen=True)
class RelationRoles:
    """One source: the codes of roles that a person (by key) holds now, and everybody who holds one, by role."""

    of_person: Callable[[int], Iterable[str]]
    holders: Callable[[], dict[str, list[Person]]]


_SOURCES: list[RelationRoles] = []


def register(source: RelationRoles) -> None:
    """Add a source; called once by an app when it is ready."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def relation_roles_of(person_id: int) -> set[str]:
    """Return the codes of the roles that the person holds by relations now; one query for each source."""
    return {role for source in _SOURCES for role in source.of_person(person_id)}


def relation_holders() -> dict[str, list[Person]]:
    """Return who holds each role by a relation now, by name; one query for each source."""
    found: dict[str, set[Person]] = {role: set() for role in RELATION_ROLES}
    for source in _SOURCES:
        for role, people in source.holders().items():
            found[role].update(people)
    return {role: sorted(people, key=lambda p: (p.search, p.pk)) for role, people in found.items()}
