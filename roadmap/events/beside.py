"""What higher features show and offer on the page of an event: its orders, its news (a registry)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from mentoring_site.ui.elements import Action
from roadmap.events.models import Event


@dataclass(frozen=True)
class Paper:
    """Something that stands beside an event: «Приказ от 02.09.2026 № 41-од»."""

    words: str
    url: str


@dataclass(frozen=True)
class Beside:
    """What one feature adds: ``papers(event, user)`` and the buttons ``offers(event, user)``."""

    papers: Callable[[Event, Any], Iterable[Paper]] = lambda event, user: ()
    offers: Callable[[Event, Any], Iterable[Action]] = lambda event, user: ()


_BESIDE: list[Beside] = []


def register(*parts: Beside) -> None:
    """Add parts, once each; called by the apps when they are ready."""
    _BESIDE.extend(part for part in parts if part not in _BESIDE)


def papers(event: Event, user: Any) -> list[Paper]:
    """Return everything that stands beside the event and that the user may open."""
    return [paper for part in _BESIDE for paper in part.papers(event, user)]


def offers(event: Event, user: Any) -> list[Action]:
    """Return the buttons of other features."""
    return [offer for part in _BESIDE for offer in part.offers(event, user)]
