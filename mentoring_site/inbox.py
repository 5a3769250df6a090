"""What waits for somebody: computed from the facts at each look, never stored.

Each feature with something to do has a module ``inbox.py`` with ``items(user)``; the app registers it when it is ready.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone


@dataclass(frozen=True)
class InboxItem:
    """One thing that waits for a person: what, why, since when, until when, and one click to do it."""

    title: str  # «Получить согласие Очировой Светланы Дмитриевны»
    why: str  # «Без него нельзя передать на подпись приказ о закреплении»
    url: str
    verb: str  # words of the button: «Записать согласие»
    since: date | datetime | None = None
    until: date | None = None
    weight: int = 0  # among those without a term, the heavier first
    post: bool = False  # the click itself does it: a button of a form, not a link
    other_verb: str = ""  # a second answer, as a link: «Было не так»
    other_url: str = ""


Provider = Callable[[Any], Iterable[InboxItem]]
_PROVIDERS: list[Provider] = []


def register(*providers: Provider) -> None:
    """Add functions ``user -> items``; called once by each app when it is ready."""
    _PROVIDERS.extend(p for p in providers if p not in _PROVIDERS)


def items_for(user) -> list[InboxItem]:
    """Return everything that waits for the user: the nearest term first, then the heaviest, then the oldest."""
    found = [item for provider in _PROVIDERS for item in provider(user)]
    return sorted(found, key=lambda i: (i.until or date.max, -i.weight, day_of(i.since) or date.max, i.title))


def day_of(moment: date | datetime | None) -> date | None:
    """Return the local day of a day or a moment."""
    return timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
