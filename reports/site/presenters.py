"""What the page of the site in the cabinet shows: results to publish, news, and why they are not seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from mentoring_site.russian import joined
from mentoring_site.ui.bulk_act import Chosen
from mentoring_site.ui.elements import Badge
from people.accounts.models import User
from people.consents.dissemination import allowed_fields, unwilling
from people.rights import Right
from people.roles.instead import decides
from programs.completion.models import Completion
from programs.completion.publication import hidden_names, persons_of, publishable
from programs.pairings.models import Participation
from programs.program.models import Program
from reports.site.models import News

NEWS_AT_ONCE = 20


@dataclass(frozen=True)
class ResultRow:
    """An ended program: whether its results are published, what is missing, what can be done."""

    title: str
    url: str
    people: str
    badge: Badge
    who: str
    move: str
    ended_on: date | None
    changed_on: date | None
    missing: Sequence[str]
    key: int
    preview_url: str
    publish_url: str
    unpublish_url: str


@dataclass(frozen=True)
class NewsRow:
    """A piece of news with its state; ``hidden`` names those who have not agreed to be named.

    ``told`` says of which stage it tells and where else it was published.
    """

    item: News
    badge: Badge
    hidden: str
    told: str


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
    who, _, move = move_words(program, missing).partition(": ")
    may_publish = publishes and not missing and not published
    return ResultRow(
        title=program.title,
        url=program.get_absolute_url(),
        people=_people(program),
        badge=_result_badge(published=published, complete=not missing),
        who=who,
        move=move,
        ended_on=program.ended_on,
        changed_on=changed_on(program),
        missing=missing or hidden_names(program, allowed),
        key=program.pk,
        preview_url=reverse("reports:site_preview", args=[program.pk]),
        publish_url=reverse("reports:site_publish", args=[program.pk]) if may_publish else "",
        unpublish_url=reverse("reports:site_unpublish", args=[program.pk]) if publishes and published else "",
    )


def _people(program: Program) -> str:
    """«Мельник О. Л. — Ким Д. Э.»; reads ``for_showing()``."""
    sides = program.pairing.participations.all()
    names = [[p.person.short_name for p in sides if p.part == part] for part in Participation.Part]
    return " — ".join(joined(list(dict.fromkeys(side))) for side in names if side)


def move_words(program: Program, missing: Sequence[str]) -> str:
    """Return whose move it is on the way to the site, in a few words; reads ``for_showing()``."""
    if not missing:
        return "" if program.results_published_at else "куратор: опубликовать"
    ended = [c for c in program.completions.all() if c.state == Completion.State.REGISTERED]
    if any(c.public_approved_at for c in ended):
        return "куратор: согласия и имена"
    return "наставляемый: одобрить текст" if any(c.public_text for c in ended) else "куратор: написать текст"


def changed_on(program: Any) -> date | None:
    """Return the day of the last act on a program that was read with ``changed_at``."""
    return timezone.localdate(program.changed_at) if program.changed_at else None


def result_cells(program: Program, user: User) -> tuple:
    """Return a row of the workbook; reads loaded ``allowed`` fields."""
    row = result_row(program, user)
    return (
        row.title,
        row.people,
        row.badge.word,
        f"{row.who}: {row.move}" if row.who else "",
        program.started_on,
        row.ended_on,
        program.results_published_at,
        row.changed_on,
        "; ".join(row.missing),
    )


def to_publish(programs: list[Program], user: User) -> list[Chosen]:
    """Say of each program whether its results may be published, or what is missing; reads loaded ``allowed`` fields."""
    return [_to_publish(program, user) for program in programs]


def _to_publish(program: Any, user: User) -> Chosen:
    reasons: tuple[str, ...] = tuple(publishable(program, program.allowed))
    if program.results_published_at:
        reasons = ("уже опубликованы",)
    elif not may_publish_of(program, user):
        reasons = ("участник программы о ней не решает",)
    return Chosen(program, program.title, program.get_absolute_url(), _people(program), reasons)


def _result_badge(*, published: bool, complete: bool) -> Badge:
    if published:
        return Badge("опубликованы", "done") if complete else Badge("опубликованы, но не видны", "late")
    return Badge("можно публиковать", "you") if complete else Badge("не готовы", "others")


def news_rows(items: Sequence[News]) -> list[NewsRow]:
    """Return the rows of news read with ``people``."""
    apart = unwilling(person.pk for item in items for person in item.people.all())
    return [_news_row(item, apart) for item in items]


def _news_row(item: News, apart: set[int]) -> NewsRow:
    names = _names(item, apart)
    return NewsRow(item, _news_badge(item, names), f"Названы без согласия: {names}" if names else "", _told(item))


def _told(item: News) -> str:
    """«Этап 2 · город или район · социальная сеть»."""
    level = item.get_level_display() if item.level != News.Level.SCHOOL else ""
    stage, network = f"Этап {item.stage}" if item.stage else "", "социальная сеть" if item.social_url else ""
    return " · ".join(filter(None, [stage, level, network]))


def _news_badge(item: News, names: str) -> Badge:
    if names:
        return Badge("не показываем", "stopped")
    if not item.is_public:
        return Badge("черновик", "draft")
    return Badge("на сайте", "done") if item.published_on <= timezone.localdate() else Badge("ждёт даты", "ahead")


def hidden_by(item: News) -> str:
    """Return whom a piece of news names without leave, in words."""
    return _names(item, unwilling(person.pk for person in item.people.all()))


def _names(item: News, apart: set[int]) -> str:
    return joined([person.short_name for person in item.people.all() if person.pk in apart])
