"""What waits in the roadmap: tasks to do for whoever is responsible, a missing or returned roadmap for the curator."""

from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.russian import school_year
from mentoring_site.waiting import Waiting
from roadmap.models import Roadmap, Task
from roadmap.plans import this_year

AHEAD = timedelta(days=14)


def waiting(user) -> list[Waiting]:
    """Return the user's tasks that are late or due within two weeks; for the curator also the roadmap itself."""
    today = timezone.localdate()
    tasks = Task.objects.filter(
        stage__roadmap__state="approved", done_on__isnull=True, due_on__lte=today + AHEAD
    ).select_related("stage__roadmap")
    mine = tasks.filter(responsible=user.person_id)
    if user.can("roadmap.write"):
        mine = (tasks.filter(responsible__isnull=True) | mine).distinct()
    found = [
        Waiting(
            f"Выполнить по дорожной карте: {t.text[:1].lower()}{t.text[1:]}",
            f"Этап {t.stage.number}: {t.stage.title}",
            reverse("roadmap:task_done", args=[t.stage.roadmap_id, t.pk]),
            "Отметить выполнение",
            since=t.starts_on,
            until=t.due_on,
        )
        for t in mine[:10]
    ]
    return found + ([*_own()] if user.can("roadmap.write") else [])


def _own():
    """The curator's: a returned draft, a roadmap that is not there yet."""
    year = this_year()
    roadmaps = list(Roadmap.objects.filter(Q(school_year=year) | Q(state="draft")))
    for roadmap in roadmaps:
        if roadmap.state == "draft" and roadmap.returned_why:
            why = f"Возвращена: {roadmap.returned_why[:140]}"
            yield Waiting(f"Доработать: {roadmap}", why, roadmap.get_absolute_url(), "Открыть карту", weight=60)
    if not any(r.school_year == year for r in roadmaps):
        yield Waiting(
            f"Составить дорожную карту на {school_year(year, full=True)} учебный год",
            "Её разрабатывает куратор и утверждает директор (п. 3.3, 3.4)",
            reverse("roadmap:new"),
            "Составить карту",
            weight=5,
        )
