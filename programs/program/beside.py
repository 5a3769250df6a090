"""What higher features show on the page of a program: a registry that they fill."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from people.accounts.models import User
from programs.program.models import Program


@dataclass(frozen=True)
class Section:
    """A part of the page: its template, and the context that the template gets as ``section``."""

    template: str
    context: dict[str, Any]


_PROVIDERS: list[Callable[[Program, User], Section | None]] = []


def register(*providers: Callable[[Program, User], Section | None]) -> None:
    """Add providers; called once when the app is ready. None stands for nothing to show."""
    _PROVIDERS.extend(providers)


def sections_of(program: Program, user: User) -> list[Section]:
    """Return the sections that the user may see."""
    return [section for provider in _PROVIDERS if (section := provider(program, user))]
