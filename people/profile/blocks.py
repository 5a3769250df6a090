"""Blocks of other features on a person's page: each feature above registers its own when its app is ready."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from people.register.models import Person


@dataclass(frozen=True)
class Block:
    """A part of the page: its template, and the context that the template gets as ``block``."""

    template: str
    context: dict[str, Any]


Provider = Callable[[Any, Person], Block | None]
_PROVIDERS: list[Provider] = []


def register(provider: Provider) -> None:
    """Add a function ``user, person -> block``; None stands for nothing to show."""
    if provider not in _PROVIDERS:
        _PROVIDERS.append(provider)


def blocks_of(user, person: Person) -> list[Block]:
    """Return the blocks about a person that the user may see."""
    return [block for provider in _PROVIDERS if (block := provider(user, person))]
