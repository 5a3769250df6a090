"""What consents to duties are about: pairs and groups that a person takes part in or is about to lead.

Pairs stand above consents (docs/decisions/0006), so the features that have them register a provider
(``programs/apps.py``). Providers are asked in the order of registration.
"""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from people.register.models import Person


@dataclass(frozen=True)
class Matter:
    """One pair or group in which a person has, or is to have, duties.

    ``uuid`` is of the pairing, ``part`` one of ``Consent.Part``, ``note`` what stands next to it in the list of a
    person's consents: «вместе: Очирова С. Д.».
    """

    uuid: uuid.UUID
    part: str
    note: str


@dataclass(frozen=True)
class Provider:
    """``matters(person)`` lists what needs a consent now; ``words(person, part, uuid)`` names one of them in a paper.

    ``words`` returns «в паре с Лиджиевой Кермен Бадмаевной, преподавателем по классу баяна», or an empty string for a
    matter that is not the provider's.
    """

    matters: Callable[[Person], Iterable[Matter]]
    words: Callable[[Person, str, uuid.UUID], str]


_PROVIDERS: list[Provider] = []


def register(*providers: Provider) -> None:
    """Add providers, once each; called by the app when it is ready."""
    _PROVIDERS.extend(provider for provider in providers if provider not in _PROVIDERS)


def matters_of(person: Person) -> list[Matter]:
    """Return every matter in which the person needs a consent to duties; the first provider that names one wins."""
    found: dict[tuple[str, uuid.UUID], Matter] = {}
    for provider in _PROVIDERS:
        for matter in provider.matters(person):
            found.setdefault((matter.part, matter.uuid), matter)
    return list(found.values())


def matter_in_words(person: Person, part: str, matter: uuid.UUID) -> str:
    """Return the words of a paper for a matter, or an empty string when nobody knows it."""
    return next(filter(None, (provider.words(person, part, matter) for provider in _PROVIDERS)), "")
