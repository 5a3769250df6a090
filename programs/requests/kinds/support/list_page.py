"""Those without a pair as a list: who supports them, who has no support (roadmap, stage 5)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from mentoring_site.russian import as_date
from mentoring_site.ui.elements import Badge
from mentoring_site.ui.list_page import Column, EmptyState, ListFilter, ListPage, Workbook
from people.accounts.models import User
from people.register.models import Employment, Person, named
from programs.requests.kinds.base import ACCEPTED, FILED
from programs.requests.kinds.support.models import PairlessSupport

NO, YES = "no", "yes"


class SupportFilter(ListFilter):
    """By name, with or without support."""

    q = django_filters.CharFilter(
        label="Имя", method="by_name", max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    support = django_filters.ChoiceFilter(
        label="Поддержка", choices=[(NO, "нет"), (YES, "есть или ждёт согласия")], empty_label="не важно", method="has"
    )

    def by_name(self, queryset: Any, name: str, value: str) -> QuerySet:
        return queryset.filter(named(value, "person__"))

    def has(self, queryset: Any, name: str, value: str) -> QuerySet:
        return queryset.filter(supporter__isnull=value == NO)


@dataclass(frozen=True)
class Row:
    """Somebody without a pair."""

    person: Person
    post: str
    badge: Badge
    supporter: str
    until: date | None
    since: date | None
    url: str
    word: str


def with_support(candidates: QuerySet) -> QuerySet:
    """Add who supports each, till when and by which record; the main post."""
    support = PairlessSupport.objects.filter(mentee=OuterRef("person"), request__state__in=(FILED, ACCEPTED))
    post = Employment.objects.current().filter(person=OuterRef("person")).order_by("pk")
    return candidates.annotate(
        supporter=Subquery(support.values("request__person")[:1]),
        supported_until=Subquery(support.values("until")[:1]),
        record=Subquery(support.values("request")[:1]),
        agreed=Subquery(support.values("request__state")[:1]),
        post=Subquery(post.values("post")[:1]),
    )


def _load(found: list[Any]) -> None:
    """Name those who support by one query."""
    people = Person.objects.filter(pk__in={one.supporter for one in found} - {None})
    names = {person.pk: person.short_name for person in people}
    for one in found:
        one.supporter_name = names.get(one.supporter, "")


def row(candidate: Any, user: User) -> Row:
    """Return the line of a candidate read ``with_support``."""
    has = candidate.record is not None
    new = reverse("programs:request_new", args=["support", candidate.person_id])
    if not has:
        badge = Badge("без поддержки", "you")
    elif candidate.agreed == FILED:
        badge = Badge("ждёт согласия", "others")
    else:
        badge = Badge("поддержка идёт", "done")
    return Row(
        person=candidate.person,
        post=candidate.post or "",
        badge=badge,
        supporter=candidate.supporter_name,
        until=candidate.supported_until,
        since=as_date(candidate.decided_at),
        url=reverse("programs:request", args=[candidate.record]) if has else new,
        word="Открыть" if has else "Оформить поддержку",
    )


def _cells(candidate: Any, user: User) -> tuple:
    shown = row(candidate, user)
    return (shown.person.full_name, shown.post, shown.badge.word, shown.supporter, shown.until, shown.since)


SUPPORTS = ListPage(
    title="Без пары: кто поддерживает",
    url="programs:supports",
    template="programs/requests/supports.html",
    filters=SupportFilter,
    noun="человек,человека,человек",
    columns=(
        Column("Человек", ("name",)),
        Column("Поддержка"),
        Column("Кто поддерживает"),
        Column("До", ("until",), align="date"),
        Column("Без пары с", ("old",), align="date"),
        Column("Что сделать"),
    ),
    orderings={
        "name": ("person__search", "pk"),
        "until": ("supported_until", "pk"),
        "old": ("decided_at", "pk"),
    },
    row=row,
    nothing=EmptyState(
        "Все наставляемые банка в парах или группах: поддержка на время никому не нужна. Кто останется без пары,"
        " появится здесь сам."
    ),
    none_found="По этому отбору никого нет. Уберите условие.",
    prepare=lambda found, user: found.select_related("person"),
    load=_load,
    workbook=Workbook(
        "Без пары",
        "Без пары",
        ("Человек", "Должность", "Поддержка", "Кто поддерживает", "До", "Без пары с"),
        _cells,
        dated=True,
        load=_load,
    ),
)
