"""Steps that one person takes one after another, taken in one visit: one button, each step an act of the log.

A ``Joint`` joins transitions of one workflow. A ``FollowUp`` is what the same person does next with the same thing in
a feature that the first one may not know: it is registered by ``AppConfig.ready()``. Nothing is left out by it: every
right and every requirement of every step is checked, and all are done, or none.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from mentoring_site.ui.elements import Action
from mentoring_site.workflow import Requirement

FIELD = "together"
"""The name of the second button of a confirmation (``confirm.html``)."""


@dataclass(frozen=True)
class Joint:
    """Transitions of one workflow in the order in which they are taken."""

    name: str
    label: str
    steps: tuple[str, ...]

    def allows(self, obj: Any, user: Any) -> bool:
        """Whether the object stands before the first step and every step is the user's."""
        steps = [obj.WORKFLOW[name] for name in self.steps]
        return obj.state in steps[0].sources and all(step.allows(obj, user) for step in steps)

    def require(self, obj: Any, user: Any) -> None:
        """Refuse a user to whom one of the steps does not belong. Raises ``NotAllowed``."""
        for name in self.steps:
            obj.WORKFLOW[name].require(obj, user)

    def requirements(self, obj: Any) -> list[Requirement]:
        """Return the requirements of all steps, each once."""
        return list(dict.fromkeys(r for name in self.steps for r in obj.WORKFLOW[name].requirements))

    def action(self, obj: Any, user: Any, url: str, *, given: tuple[Requirement, ...] = ()) -> Action | None:
        """Return the button, or None when the steps are not this user's or not of this state.

        ``given`` are requirements that the same press meets.
        """
        if not self.allows(obj, user):
            return None
        found = [str(c) for r in self.requirements(obj) if r not in given for c in r.complaints(obj)]
        return Action(self.name, self.label, url, primary=True, enabled=not found, reasons=tuple(found))


@dataclass(frozen=True)
class FollowUp:
    """What may follow an act at once: the label of both together, what is said then, whose it is, and the act itself.

    ``act(obj, by=)`` returns what the user is led to.
    """

    label: str
    success: str
    allows: Callable[[Any, Any], bool]
    act: Callable[..., Any]


_FOLLOW_UPS: dict[tuple[str, str], FollowUp] = {}


def follow(model: str, verb: str, follow_up: FollowUp) -> None:
    """Let ``follow_up`` be offered together with the act ``verb`` on things of ``model`` («programs.program»)."""
    _FOLLOW_UPS[model.lower(), verb] = follow_up


def follow_up(obj: Any, verb: str, user: Any) -> FollowUp | None:
    """Return what the user may do together with ``verb``."""
    found = _FOLLOW_UPS.get((obj._meta.label_lower, verb))
    return found if found and found.allows(obj, user) else None


def taken(act: Callable[[], Any], then: FollowUp | None, *, by: Any) -> Any:
    """Do ``act``, and what follows it in the same transaction. Raises what either raises; then nothing is done."""
    if then is None:
        return act()
    with transaction.atomic():
        return then.act(act(), by=by)
