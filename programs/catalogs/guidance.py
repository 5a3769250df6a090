"""What guides a form or kind of mentoring: materials of a higher feature, shown where one is chosen (п. 3.5)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from programs.catalogs.models import MentoringForm, MentoringKind


@dataclass(frozen=True)
class Guide:
    """A material: its title and address."""

    title: str
    url: str


Model = type[MentoringForm] | type[MentoringKind]
Provider = Callable[[Model, Any], dict[int, list[Guide]]]
_PROVIDERS: list[Provider] = []


def register(*providers: Provider) -> None:
    """Add providers; called once when the app is ready."""
    _PROVIDERS.extend(providers)


def guides(model: Model, user: Any) -> dict[int, list[Guide]]:
    """Return the materials that the user reads, by the key of a form or kind; one query a provider."""
    found: dict[int, list[Guide]] = {}
    for provider in _PROVIDERS:
        for key, some in provider(model, user).items():
            found.setdefault(key, []).extend(some)
    return found


def offered(user: Any) -> list[tuple[str, list[Guide]]]:
    """Return names of offered forms and kinds with their materials, those that have any."""
    rows = []
    for model in (MentoringForm, MentoringKind):
        known = guides(model, user)
        entries: Any = model.objects
        rows += [(one.name, known[one.pk]) for one in entries.filter(is_open=True, pk__in=list(known))]
    return rows
