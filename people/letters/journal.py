"""The delivery journal: who, which letter, when, what became of it. No subject, no text, no whole address."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone

from mentoring_site.mail import DONE_MEANWHILE, NOT_NEEDED, UNDONE
from mentoring_site.models import OutboxMail
from mentoring_site.russian import rushort, rutime
from mentoring_site.ui.elements import Badge
from mentoring_site.ui.list_page import Column, EmptyState, ListFilter, ListPage
from people.letters.acts import refusal
from people.register.models import Person

WAITING = Q(sent_at=None, failed_at=None)
DROPPED = Q(last_error__in=(NOT_NEEDED, DONE_MEANWHILE, UNDONE))
STATES = {
    "waiting": ("ждут", WAITING),
    "failed": ("не доставлены", Q(failed_at__isnull=False) & ~DROPPED),
    "dropped": ("уже не нужны", Q(failed_at__isnull=False) & DROPPED),
    "sent": ("отправлены", Q(sent_at__isnull=False)),
}
SLOT = re.compile(r"\{\{.*?\}\}")
TAG = re.compile(r"\{%.*?%\}|\{#.*?#\}")


class LetterFilter(ListFilter):
    """Which letters are shown."""

    show = django_filters.ChoiceFilter(
        label="Показать",
        choices=[(code, words) for code, (words, _) in STATES.items()],
        empty_label="все",
        method="shown",
    )

    def shown(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Letters in one of the states."""
        return queryset.filter(STATES[value][1])


@dataclass(frozen=True)
class LetterRow:
    """One letter: to whom in a word, which, when, what became of it, and where it is sent again."""

    who: str
    to: str
    what: str
    when: str
    badge: Badge
    note: str
    again_url: str
    again_word: str


@cache
def kind_of(template: str) -> str:
    """Say which letter it is by its own subject, without what is written in for a person: «Приказ № …»."""
    first = get_template(f"mail/{template}.txt").template.source.strip().splitlines()[0]  # type: ignore[attr-defined]
    words = " ".join(SLOT.sub("…", TAG.sub(" ", first)).split())
    return words.removesuffix(": …")


def hidden(address: str) -> str:
    """An address by which a slip of the pen is seen, but nobody is written to: «о…@школа.рф»."""
    name, _, host = address.partition("@")
    return f"{name[:1]}…@{host}"


def letters() -> QuerySet:
    """Return all letters of the journal."""
    return OutboxMail.objects.all()


def badge(letter: OutboxMail) -> Badge:
    """What became of a letter."""
    if letter.sent_at:
        return Badge("отправлено", "done")
    if letter.failed_at:
        dropped = letter.last_error in (NOT_NEEDED, DONE_MEANWHILE, UNDONE)
        return Badge("уже не нужно", "stopped") if dropped else Badge("не доставлено", "late")
    return Badge("ждёт", "others")


def _row(letter: Any, user: Any) -> LetterRow:
    done = letter.sent_at or letter.failed_at
    may = not refusal(letter)
    at = timezone.localtime(done or letter.created_at)
    return LetterRow(
        who=letter.who,
        to=hidden(letter.to),
        what=kind_of(letter.template),
        when=f"{rushort(at)} в {rutime(at)}",
        badge=badge(letter),
        note=letter.last_error,
        again_url=reverse("people:letter_again", args=[letter.pk]) if may else "",
        again_word="Отправить ещё раз" if letter.failed_at else "Отправить сейчас",
    )


def _load(found: list[Any]) -> None:
    """Name the people of a page by one query: a letter keeps only their numbers."""
    people = Person.objects.filter(pk__in={letter.person_id for letter in found})
    names = {person.pk: person.short_name for person in people}
    for letter in found:
        letter.who = names.get(letter.person_id, "не записан")


NONE = "Писем под этот отбор нет."
LETTERS = ListPage(
    title="Журнал писем",
    url="people:letters",
    template="people/letters/letters.html",
    filters=LetterFilter,
    noun="письмо,письма,писем",
    columns=(Column("Письмо и кому"), Column("Когда", ("new", "old"), align="date"), Column("Что с ним")),
    orderings={"new": ("-created_at", "-pk"), "old": ("created_at", "pk")},
    row=_row,
    load=_load,
    nothing=EmptyState("Писем пока не было."),
    none_found=NONE,
)
