"""What the site's news tell of the year's plan: how many of each stage, and as evidence of a line (этап 7)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone

from mentoring_site.inbox import Group, InboxItem
from mentoring_site.russian import joined, quoted, rushort
from mentoring_site.ui.list_filters import within, year_now
from people.accounts.models import User
from people.consents.dissemination import unwilling
from people.rights import Right
from reports.site.models import News, NewsQuerySet
from roadmap.plan.coverage import Coverage, coverage
from roadmap.plan.models import Roadmap
from roadmap.proofs.kinds import ProofKind

PATIENCE = timedelta(days=30)
"""So long a stage may go on before somebody is asked to tell of it."""


def shown() -> NewsQuerySet:
    """Return the news that a visitor sees today: what is held back tells nobody of anything."""
    named = News.people.through.objects.order_by().values_list("person", flat=True).distinct()
    return News.objects.visible_without(unwilling(named))


def told(year: int) -> dict[int, int]:
    """Return how many pieces of news tell of each stage in a school year."""
    found = shown().filter(within("published_on", year), stage__isnull=False)
    return dict(found.order_by().values_list("stage").annotate(Count("pk")))


def _published(user: Any, since: date, until: date) -> QuerySet:
    return shown().filter(published_on__range=(since, until)).order_by("-published_on", "-pk")


def items(user: User) -> Iterator[InboxItem]:
    """Return for whoever writes news the stages of this year that have begun and of which nothing is told."""
    if not user.can(Right.SITE_EDIT):
        return
    for roadmap in Roadmap.objects.filter(state=Roadmap.State.APPROVED, school_year=year_now()).with_requirements():
        silent = [heard for heard in coverage(roadmap).values() if not heard.news and _is_overdue(heard)]
        if silent:
            numbers = joined([str(heard.stage.number) for heard in silent])
            word = "этап" if len(silent) == 1 else "этапы"
            yield InboxItem(
                f"Рассказать на сайте: {word} {numbers} дорожной карты",
                "Мероприятия идут, а новостей о них нет (приложение к Положению, этап 7)",
                f"{reverse('reports:news_new')}?stage={silent[0].stage.number}",
                "Написать новость",
                since=max(heard.begun_on for heard in silent if heard.begun_on),
                group=Group.SITE,
                key=f"roadmap:{roadmap.pk}:silent:{silent[-1].stage.number}",
            )


def _is_overdue(heard: Coverage) -> bool:
    return heard.begun_on is not None and heard.begun_on + PATIENCE <= timezone.localdate()


NEWS = ProofKind(
    "news", "новость", News, _published, lambda news: f"Новость {quoted(news.title)}, {rushort(news.published_on)}"
)
