"""What else happens when a consent ends: each feature that stands on consents registers its part.

The parts run in the transaction that ends the consent, in the order of registration (``people/apps.py``). A consent
that a new one replaces does not end in this sense: the person goes on consenting.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from people.accounts.models import User
from people.consents.models import Consent


@dataclass(frozen=True)
class EndHandler:
    """One part: ``apply(consent, by=user)`` does it, ``consequences(consent)`` says beforehand what it will do.

    ``consent`` carries why and when it ended (``end``, ``ended_on``); ``by`` is None for the clock.
    """

    apply: Callable[..., Any]
    consequences: Callable[[Consent], list[str]]


_HANDLERS: list[EndHandler] = []


def on_end(*handlers: EndHandler) -> None:
    """Add parts, once each; called by the app when it is ready."""
    _HANDLERS.extend(handler for handler in handlers if handler not in _HANDLERS)


def apply_all(consent: Consent, *, by: User | None) -> None:
    """Run every part for a consent that has just been withdrawn or has expired."""
    for handler in _HANDLERS:
        handler.apply(consent, by=by)


def consequences_of(consent: Consent) -> list[str]:
    """Return what the parts would do if the consent were withdrawn now, in Russian."""
    return [sentence for handler in _HANDLERS for sentence in handler.consequences(consent)]
