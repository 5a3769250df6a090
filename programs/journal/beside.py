"""What higher features show beside an activity or a planned meeting: a registry that they fill."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from mentoring_site.ui.elements import Action
from people.accounts.models import User
from programs.program.models import Program


@dataclass(frozen=True)
class Mark:
    """One line: what is said, what can be done about it, where a press takes it back."""

    words: str
    actions: tuple[Action, ...] = ()
    drop_url: str = ""
    drop_label: str = "Снять отметку"


@dataclass(frozen=True)
class Beside:
    """Lines and buttons that a feature adds."""

    marks: tuple[Mark, ...] = ()
    actions: tuple[Action, ...] = ()


_PROVIDERS: list[Callable[[User, Program, Any], Beside]] = []


def register(*providers: Callable[[User, Program, Any], Beside]) -> None:
    """Add providers; called once when the app is ready."""
    _PROVIDERS.extend(providers)


def beside(user: User, program: Program, thing: Any) -> dict[str, Iterable[Any]]:
    """Return what templates show beside a thing: ``marks`` and ``mark_actions``."""
    found = [provider(user, program, thing) for provider in _PROVIDERS]
    return {
        "marks": [mark for one in found for mark in one.marks],
        "mark_actions": [action for one in found for action in one.actions],
    }
