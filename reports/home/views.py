"""Home and global search."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from mentoring_site.russian import plural, rudate
from people.rights import Right
from reports.home import presenters
from reports.home.pipeline import pipeline
from reports.home.search import is_short
from reports.home.search import search as find

DAYS = ("Понедельник", "Вторник", "Среда", "Четверг", "Пятница", "Суббота", "Воскресенье")


@require_GET
def home(request):
    """What waits for me, what goes on with mine, what is new; the whole pipeline for those who run it."""
    sections = presenters.sections(request.user, whole="all" in request.GET)
    count = sum(section.count for section in sections)
    late = sum(section.count for section in sections if section.title == presenters.LATE)
    shown = sum(len(section.tasks) for section in sections)
    today = timezone.localdate()
    return render(
        request,
        "reports/home/home.html",
        {
            "heading": presenters.headline(count),
            "today": f"{DAYS[today.weekday()]}, {rudate(today)}",
            "late": f"Просрочено: {plural(late, 'дело,дела,дел')}." if late else "",
            "sections": sections,
            "more": plural(count - shown, "дело,дела,дел") if count > shown else "",
            "own": presenters.own_programs(request.user),
            "news": presenters.new_messages(request.user),
            "pipeline": pipeline(request.user) if request.user.can(Right.REPORTS_PIPELINE) else [],
        },
    )


@require_GET
def search(request):
    """Find a person, a program, a pair, an order among those the user may see."""
    text = " ".join(request.GET.get("q", "").split())[:100]
    groups = find(request.user, text)
    return render(
        request,
        "reports/home/search.html",
        {"search_query": text, "groups": groups, "short": is_short(text)},
    )
