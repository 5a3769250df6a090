"""What may stand in an agenda besides programs and pairs: kinds of things that features register (п. 3.5, 4.2)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

AT_MOST = 40


@dataclass(frozen=True)
class MatterKind:
    """One kind of thing that a body speaks of.

    ``waiting(user)`` are those that wait for a meeting and that the user may see; ``label`` names one in the list,
    ``title`` and ``decided`` are the ready question and draft of its decision; ``parties`` are keys of the people whom
    it is about: they are not counted in the quorum of the question and do not vote on it.
    """

    code: str
    heading: str
    model: type[Model]
    waiting: Callable[[Any], QuerySet]
    label: Callable[[Any], str]
    title: Callable[[Any], str]
    decided: Callable[[Any], str]
    parties: Callable[[Any], Iterable[int]]
    address: Callable[[Any], str]


KINDS: dict[str, MatterKind] = {}


def register(*kinds: MatterKind) -> None:
    """Let things of these kinds stand in an agenda; called once by an app when it is ready."""
    KINDS.update({kind.code: kind for kind in kinds})


def kind_of(thing: Model) -> MatterKind | None:
    """Return how a thing stands in an agenda."""
    return next((kind for kind in KINDS.values() if isinstance(thing, kind.model)), None)
