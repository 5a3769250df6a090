"""Things that evidence is put to: each kind says who reads it, who changes it and where it is seen (a registry)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Model, QuerySet

MOST = 10
"""Pieces of evidence of one thing."""
KEPT = timedelta(days=1)
"""So long what was taken away can come back."""


@dataclass(frozen=True)
class Offer:
    """An object of the product that may prove a thing: «запись о встрече 2 сентября»."""

    key: str
    name: str
    object: Model


def _none(thing: Any, user: Any) -> Iterable[Offer]:
    return ()


def _nothing(thing: Any, by: Any) -> Any:
    return None


@dataclass(frozen=True)
class Place:
    """One kind of thing.

    ``readable(user)`` are the things whose evidence the user may open; ``require(thing, user)`` refuses a user who may
    not change it; ``claim(thing, user)`` does that too, locks the thing and refuses when others have acted on it.
    ``title`` and ``address`` name it and say where it is seen, ``record(thing, verb, words, by)`` writes into its log,
    ``offers`` are the objects of the product that may prove it. ``settle(thing, by)`` is called in the act that has
    changed the evidence: a thing may be done by it. ``keeps`` says that what has stood for longer than a day stays
    readable for its days after it was taken away.
    """

    code: str
    model: type[Model]
    readable: Callable[[Any], QuerySet]
    require: Callable[[Any, Any], None]
    claim: Callable[[Any, Any], Any]
    title: Callable[[Any], str]
    address: Callable[[Any], str]
    record: Callable[[Any, str, str, Any], Any]
    offers: Callable[[Any, Any], Iterable[Offer]] = _none
    settle: Callable[[Any, Any], Any] = _nothing
    keeps: bool = False


PLACES: dict[str, Place] = {}


def register(*places: Place) -> None:
    """Let evidence be put to these kinds of things; called once when an app is ready."""
    PLACES.update({place.code: place for place in places})


def of(thing: Any) -> Place:
    """Return how evidence of a thing behaves."""
    return next(place for place in PLACES.values() if isinstance(thing, place.model))
