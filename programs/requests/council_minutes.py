"""Signed minutes of the methodical council on which a request rests: minutes stand above requests (a registry)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from mentoring_site.evidence.places import Offer
from people.accounts.models import User


@dataclass(frozen=True)
class MinutesOffer:
    """Minutes that may be chosen: the object is attached as evidence."""

    key: str
    number: str
    held_on: date
    name: str
    object: Any

    @property
    def offer(self) -> Offer:
        """As evidence takes it."""
        return Offer(self.key, self.name, self.object)


Source = Callable[[User], Iterable[MinutesOffer]]
_SOURCES: list[Source] = []


def register(source: Source) -> None:
    """Let minutes of this source be chosen; called once when the app is ready."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def offered(user: User) -> list[MinutesOffer]:
    """Return the minutes that the user may read and choose, the latest first."""
    return [one for source in _SOURCES for one in source(user)]
