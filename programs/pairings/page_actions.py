"""Buttons that higher features put on the page of a pair or group; registered when the app is ready."""

from collections.abc import Callable, Iterable

from mentoring_site.ui.elements import Action
from people.accounts.models import User
from programs.pairings.models import Pairing

Provider = Callable[[Pairing, User], Iterable[Action]]
_PROVIDERS: list[Provider] = []


def register(*providers: Provider) -> None:
    """Add functions ``(pairing, user) -> buttons``; ``pairing.people`` is prefetched."""
    _PROVIDERS.extend(p for p in providers if p not in _PROVIDERS)


def actions_for(pairing: Pairing, user: User) -> list[Action]:
    """Return the buttons of all features in the order in which they were registered."""
    return [action for provider in _PROVIDERS for action in provider(pairing, user)]
