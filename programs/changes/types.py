"""What one type of change contributes to the pages that all types share: the tab of a program, the page of a change.

Each type is declared in the ``presenters.py`` of its folder and listed in ``catalog.py``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from mentoring_site.ui.elements import Action, Badge, Check
from mentoring_site.workflow import Complaint
from people.accounts.models import User
from programs.changes.models import Change
from programs.program.models import Program

TONES: dict[str, Any] = {"proposed": "you", "ready": "others", "registered": "done", "withdrawn": "stopped"}
"""Tone of the badge by ``Change.State``."""


@dataclass(frozen=True)
class ChangeRow:
    """One line of the tab «Изменения»: a change or a petition."""

    url: str
    name: str
    summary: str
    badge: Badge
    order: str = ""


def _nothing(*_: Any) -> Any:
    return ()


@dataclass(frozen=True)
class ChangeType:
    """The declaration of one type of change.

    ``order_effect`` is said before the change is submitted for an order; ``summary(change)`` is a few words for lists;
    ``facts(change, user)`` are rows of label and value. ``of_program(program, user)`` are the changes that the tab of a
    program shows and ``offer(program, user)`` the button that begins one there, if any. ``actions(change, user)`` are
    further buttons of the page, ``missing_for_order(change)`` what an order needs besides the workflow, and
    ``more_checks(change)`` further lines of the checklist. ``template`` with ``context(change, user)`` draws more
    sections below the facts.
    """

    model: type[Change]
    order_effect: str
    summary: Callable[[Any], str]
    facts: Callable[[Any, User], Iterable[tuple[str, object]]]
    of_program: Callable[[Program, User], Iterable[Change]] = _nothing
    offer: Callable[[Program, User], Action | None] = lambda program, user: None
    actions: Callable[[Any, User], Iterable[Action]] = _nothing
    missing_for_order: Callable[[Any], list[Complaint]] = lambda change: []
    more_checks: Callable[[Any], Iterable[Check]] = _nothing
    template: str = "programs/changes/change.html"
    context: Callable[[Any, User], dict] = lambda change, user: {}

    @property
    def name(self) -> str:
        """Name of the type in addresses and in the query of a new order."""
        return self.model._meta.model_name or ""

    @property
    def label(self) -> str:
        """Name of the type in Russian, capitalized."""
        return str(self.model._meta.verbose_name).capitalize()
