"""What the page of the site in the cabinet shows: results to publish, news, and why they are not seen."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from mentoring_site.russian import joined, period
from mentoring_site.ui.elements import Badge
from people.accounts.models import User
from people.consents.dissemination import allowed_fields
from people.rights import Right
from people.roles.instead import decides
from programs.completion.publication import hidden_names, persons_of, publishable
from programs.program.models import Program
from reports.site import visibility
from reports.site.models import News

NEWS_AT_ONCE = 20


@dataclass(frozen=True)
class ResultRow:
    """An ended program: whether its results are published, what is missing, what can be done."""

    title: str
    url: str
    term: str
    badge: Badge
    missing: Sequence[str]
    preview_url: str
    publish_url: str
    unpublish_url: str


@dataclass(frozen=True)
class NewsRow:
    """A piece of news with its state; ``hidden`` names those who have not agreed to be named."""

    item: News
    badge: Badge
    hidden: str


def load_allowed_fields(programs: Sequence[Program]) -> None:
    """Read for programs that were read ``for_showing`` what their people allow to publish (``allowed``); one query."""
    allowed = allowed_fields(persons_of(programs))
    for program in programs:
        program.allowed = allowed  # type: ignore[attr-defined]


def may_publish_of(program: Program, user: User) -> bool:
    """Whether the user decides what the site shows of a program that was read ``for_showing``."""
    return decides(user, Right.PROGRAMS_PUBLISH, persons_of([program]))


def result_row(program: Program, user: User) -> ResultRow:
    """Return the row of a program with its loaded ``allowed`` fields."""
    allowed = program.allowed  # type: ignore[attr-defined]
    missing = publishable(program, allowed)
    published, publishes = bool(program.results_published_at), may_publish_of(program, user)
    may_publish = publishes and not missing and not published
    return ResultRow(
        title=program.title,
        url=program.get_absolute_url(),
        term=period(program.started_on, program.ended_on),
        badge=_result_badge(published=published, complete=not missing),
        missing=missing or hidden_names(program, allowed),
        preview_url=reverse("reports:site_preview", args=[program.pk]),
        publish_url=reverse("reports:site_publish", args=[program.pk]) if may_publish else "",
        unpublish_url=reverse("reports:site_unpublish", args=[program.pk]) if publishes and published else "",
    )


def _result_badge(*, published: bool, complete: bool) -> Badge:
    if published:
        return Badge("опубликованы", "done") if complete else Badge("опубликованы, но не видны", "late")
    return Badge("можно публиковать", "you") if complete else Badge("не готовы", "others")


def news_rows(items: Sequence[News]) -> list[NewsRow]:
    """Return the rows of news read with ``people``."""
    unwilling = visibility.unwilling(person.pk for item in items for person in item.people.all())
    return [_news_row(item, unwilling) for item in items]


def _news_row(item: News, unwilling: set[int]) -> NewsRow:
    names = _names(item, unwilling)
    return NewsRow(item, _news_badge(item, names), f"Названы без согласия: {names}" if names else "")


def _news_badge(item: News, names: str) -> Badge:
    if names:
        return Badge("не показываем", "stopped")
    if not item.is_public:
        return Badge("черновик", "draft")
    return Badge("на сайте", "done") if item.published_on <= timezone.localdate() else Badge("ждёт даты", "ahead")


def hidden_by(item: News) -> str:
    """Return whom a piece of news names without leave, in words."""
    return _names(item, visibility.unwilling(person.pk for person in item.people.all()))


def _names(item: News, unwilling: set[int]) -> str:
    return joined([person.short_name for person in item.people.all() if person.pk in unwilling])
