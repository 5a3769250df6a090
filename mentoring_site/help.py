"""Which page of help explains a refused act: found by the right or by the feature whose rule refuses.

The frame knows neither topics nor texts: an app registers what its topics cover when it is ready.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Help:
    """A page of help: its title and address."""

    title: str
    url: str


_COVERED: dict[str, Help] = {}


def register(covered: Mapping[str, Help]) -> None:
    """Say which topic covers what: «people.banks» is a feature or a module, «right:banks» a right or all of a kind."""
    _COVERED.update(covered)


def about(*names: str) -> Help | None:
    """Return the topic of the first name that has one: its own, or that of the nearest part above it.

    A step of a workflow («people.banks#approve») has a topic of its own or none: its feature is named after it.
    """
    for name in names:
        while name:
            if found := _COVERED.get(name):
                return found
            name = "" if "#" in name else name.rpartition(".")[0]
    return None


def names_of(error: BaseException | None) -> tuple[str, ...]:
    """Return what a refusal, or the one that it was made from, is about."""
    while error is not None:
        if named := getattr(error, "about", ()):
            return tuple(named)
        error = error.__cause__
    return ()


def place_of(request: Any) -> str:
    """Return the module of the view that answers a request; empty when no address was found."""
    match = getattr(request, "resolver_match", None)
    return match.func.__module__ if match else ""
