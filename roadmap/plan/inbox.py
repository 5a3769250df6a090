"""What waits in the roadmap: tasks to do for whoever is responsible, a missing or returned roadmap for the curator."""

from datetime import timedelta

from django.db.models import Exists
from django.urls import reverse
from django.utils import timezone

from mentoring_site.inbox import InboxItem
from mentoring_site.russian import school_year
from people.inbox_counts import told_of
from people.rights import Right
from roadmap.plan.acts import this_year
from roadmap.plan.models import Roadmap, Task

AHEAD = timedelta(days=14)


def asks(user) -> dict:
    """Whether there is a roadmap for this year, and one that was returned, for the curator."""
    if not user.can(Right.ROADMAP_WRITE):
        return {}
    returned = Roadmap.objects.filter(state="draft").exclude(returned_why="")
    return {"has_roadmap": Exists(Roadmap.objects.filter(school_year=this_year())), "has_returned": Exists(returned)}


def items(user, told=None) -> list[InboxItem]:
    """Return the user's tasks that are late or due within two weeks; for the curator also the roadmap itself."""
    today = timezone.localdate()
    tasks = Task.objects.filter(
        stage__roadmap__state="approved", done_on__isnull=True, due_on__lte=today + AHEAD
    ).select_related("stage__roadmap")
    mine = tasks.filter(responsible=user.person_id)
    if user.can(Right.ROADMAP_WRITE):
        mine = (tasks.filter(responsible__isnull=True) | mine).distinct()
    found = [
        InboxItem(
            f"Выполнить по дорожной карте: {t.text[:1].lower()}{t.text[1:]}",
            f"Этап {t.stage.number}: {t.stage.title}",
            reverse("roadmap:task_done", args=[t.stage.roadmap_id, t.pk]),
            "Отметить выполнение",
            since=t.starts_on,
            until=t.due_on,
        )
        for t in mine[:10]
    ]
    return found + ([*_own(told or told_of(asks(user)))] if user.can(Right.ROADMAP_WRITE) else [])


def _own(told):
    """The curator's: a returned draft, a roadmap that is not there yet."""
    if told is None:
        return
    for roadmap in Roadmap.objects.filter(state="draft").exclude(returned_why="") if told.has_returned else ():
        why = f"Возвращена: {roadmap.returned_why[:140]}"
        yield InboxItem(f"Доработать: {roadmap}", why, roadmap.get_absolute_url(), "Открыть карту", weight=60)
    if not told.has_roadmap:
        yield InboxItem(
            f"Составить дорожную карту на {school_year(this_year(), full=True)} учебный год",
            "Её разрабатывает куратор и утверждает директор (п. 3.3, 3.4)",
            reverse("roadmap:new"),
            "Составить карту",
            weight=5,
        )
