"""Who has a say before another e-mail of a person is written: it may lead to a password (people/access)."""

from collections.abc import Callable

from people.register.models import Person
from people.rights import Actor

Guard = Callable[[Person, str, Actor | None], bool]
_GUARDS: list[Guard] = []


def register_guard(guard: Guard) -> None:
    """Add a guard that may take a change over: it returns True and the e-mail stays; called once when an app is ready.

    It gets the person, the new e-mail and who writes it (None for a command on the server).
    """
    if guard not in _GUARDS:
        _GUARDS.append(guard)


def is_kept(person: Person, email: str, by: Actor | None) -> bool:
    """Whether another e-mail of a person must not be written now: a request for it waits for another person."""
    return email != person.email and any([guard(person, email, by) for guard in _GUARDS])
