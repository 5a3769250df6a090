"""Keeping filters: the ones of the last time come back by themselves, others get a name (docs/architecture.md, Pages).

What is typed to search for somebody is never kept: names of people stand in no row of settings.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from mentoring_site.locks import one_at_a_time
from mentoring_site.models import SavedView
from mentoring_site.workflow import NotAllowed, Refused

LISTS: dict[str, frozenset[str]] = {}
"""Name of the address of every list -> names of its filters; each list adds itself."""
SEARCH = "q"
AT_MOST = 12
LAST_TIME = ""
LENGTH = 500
SHARE = "lists.share"
"""The right to show one's view to everybody who opens the list."""


@dataclass(frozen=True)
class Kept:
    """What one person sees above one list: the filters of the last time, own views, and those others have shared."""

    last: str
    views: list[SavedView]


def kept(user: Any, of: str) -> Kept:
    """Return what a person keeps of a list and what others share; one query. A closed account shares nothing."""
    shown = Q(user=user.pk) | Q(shared=True, user__is_active=True)
    rows = list(SavedView.objects.filter(shown, list=of).select_related("user__person").order_by("name", "pk"))
    last = next((row.query for row in rows if row.name == LAST_TIME), "")
    named = [row for row in rows if row.name]
    return Kept(last, sorted(named, key=lambda row: row.user_id != user.pk))


def kept_part(of: str, query: str) -> str:
    """Return the part of a query that may be kept: known filters with a value, without the search."""
    known = LISTS[of] - {SEARCH}
    return urlencode([(key, value) for key, value in parse_qsl(query) if key in known])[:LENGTH]


def same(one: str, other: str) -> bool:
    """Whether two queries choose the same."""
    return sorted(parse_qsl(one)) == sorted(parse_qsl(other))


@transaction.atomic
def remember(of: str, query: str, *, by: Any) -> None:
    """Keep the filters of this time instead of those of the last; none forgets them."""
    one_at_a_time(f"views of {by.pk}")
    part = kept_part(of, query)
    rows = SavedView.objects.filter(user=by.pk, list=of, name=LAST_TIME)
    if part:
        SavedView.objects.update_or_create(
            user_id=by.pk, list=of, name=LAST_TIME, defaults={"query": part, "at": timezone.now()}
        )
    else:
        rows.delete()


@transaction.atomic
def save(of: str, query: str, name: str, *, by: Any, shared: bool = False) -> SavedView:
    """Keep filters under a name, for oneself or ``shared`` with everybody; those of the same name are replaced.

    Raises ``NotAllowed`` when the role shares nothing; ``Refused``.
    """
    if shared and not by.can(SHARE):
        raise NotAllowed("Показывать отбор всем Ваша роль не позволяет. Сохраните его для себя")
    name, part = " ".join(name.split()), kept_part(of, query)
    if not name:
        raise Refused("Назовите отбор: например, «Просроченные»")
    if not part:
        raise Refused("Сначала выберите условия: сохранять пока нечего. Слова поиска не сохраняются")
    one_at_a_time(f"views of {by.pk}")
    mine = SavedView.objects.filter(user=by.pk, list=of).exclude(name=LAST_TIME)
    if mine.exclude(name=name).count() >= AT_MOST:
        raise Refused(f"Больше {AT_MOST} отборов у одного списка не хранится. Уберите лишний")
    values = {"query": part, "shared": shared, "at": timezone.now()}
    return SavedView.objects.update_or_create(user_id=by.pk, list=of, name=name, defaults=values)[0]


@transaction.atomic
def drop(pk: int, *, by: Any) -> str:
    """Take one's own view away; returns its name, an empty one when it was gone already."""
    row = SavedView.objects.select_for_update().filter(pk=pk, user=by.pk).exclude(name=LAST_TIME).first()
    if row is None:
        return ""
    row.delete()
    return row.name
