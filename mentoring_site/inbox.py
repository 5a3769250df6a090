"""What waits for somebody, and what somebody waits for: computed from the facts at each look, never stored.

Each feature with something to do has a module ``inbox.py`` with ``items(user)``; the app registers it when it is ready.
``held(user)`` there names what the user has done or runs and others now hold.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any

from django.utils import timezone


class Group(Enum):
    """Kinds of what waits, in the order in which the home shows them; the value is the heading."""

    ACCESS = "Доступ"
    DATA = "Персональные данные"
    SCHOOL = "Школа"
    PEOPLE = "Люди"
    TRAINING = "Обучение"
    PARTNERS = "Партнёры"
    READING = "Ознакомление"
    MEETINGS = "Встречи и мероприятия"
    CONSENTS = "Согласия"
    BANKS = "Банки"
    PAIRS = "Пары и группы"
    AGREEMENTS = "Соглашения"
    PROGRAMS = "Программы"
    REQUESTS = "Просьбы"
    CHANGES = "Изменения"
    COMPLETIONS = "Завершение программ"
    ORDERS = "Приказы"
    COUNCIL = "Методический совет"
    ROADMAP = "Дорожная карта"
    LAW = "Правовая база"
    LETTERS = "Письма"
    SITE = "Сайт"
    FILES = "Готовые файлы"


@dataclass(frozen=True)
class InboxItem:
    """One thing that waits for a person: what, why, since when, until when, and one click to do it.

    ``key`` names the thing whatever its words and whoever asks for it: ``order:12:visa``. Two features that ask for
    the same give the same key, and it stands once. A line about several things takes the newest into its key, so that
    one more is a new thing.
    """

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
    group: Group = field(kw_only=True)
    key: str = field(kw_only=True)
    covers: frozenset[str] = frozenset()  # keys of the things that this line does too: they do not stand beside it
    binding: bool = False  # the term is one of law: nobody puts the thing off past it


@dataclass(frozen=True)
class HeldItem:
    """What the user has done or runs and somebody else now holds: what, who, since when, a reminder where there is one.

    ``key`` is that of the thing: what is still asked of the user too does not stand here a second time.
    """

    title: str  # «Согласование программы «…»
    who: str  # «методический совет», «Очирова С. Д.»
    url: str
    key: str
    since: date | datetime | None = None
    remind_url: str = ""  # a POST that writes a reminder


Provider = Callable[[Any], Iterable[InboxItem]]
HeldProvider = Callable[[Any], Iterable[HeldItem]]
_PROVIDERS: list[Provider] = []
_HELD: list[HeldProvider] = []


def register(*providers: Provider) -> None:
    """Add functions ``user -> items``; called once by each app when it is ready."""
    _PROVIDERS.extend(p for p in providers if p not in _PROVIDERS)


def register_held(*providers: HeldProvider) -> None:
    """Add functions ``user -> what others hold``; called once by each app when it is ready."""
    _HELD.extend(p for p in providers if p not in _HELD)


def held_for(user: Any, asked: Iterable[InboxItem] = ()) -> list[HeldItem]:
    """Return what others hold for the user, the longest first; without what the user is ``asked`` for as well."""
    known = {key for item in asked for key in (item.key, *item.covers)}
    found = {item.key: item for provider in _HELD for item in provider(user) if item.key not in known}
    return sorted(found.values(), key=lambda i: (day_of(i.since) or date.max, i.title))


def items_for(user: Any) -> list[InboxItem]:
    """Return everything that waits for the user, each thing once: the nearest term first, then the heaviest, then
    the oldest.
    """
    found = sorted((item for provider in _PROVIDERS for item in provider(user)), key=_urgency)
    covered = {key for item in found for key in item.covers}
    once: dict[str, InboxItem] = {}
    for item in found:
        if item.key not in covered:
            once.setdefault(item.key, item)
    return list(once.values())


def _urgency(item: InboxItem) -> tuple[date, int, date, str]:
    return (item.until or date.max, -item.weight, day_of(item.since) or date.max, item.title)


def day_of(moment: date | datetime | None) -> date | None:
    """Return the local day of a day or a moment."""
    return timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
