"""Home and global search."""

from django.shortcuts import render
from django.utils import timezone

from mentoring_site.russian import plural, rudate
from reports import home as rooms
from reports.search import search as find

DAYS = ("Понедельник", "Вторник", "Среда", "Четверг", "Пятница", "Суббота", "Воскресенье")


def home(request):
    """What waits for me; the whole pipeline for those who run it."""
    sections = rooms.sections(request.user)
    count = sum(len(s["tasks"]) for s in sections)
    late = sum(len(s["tasks"]) for s in sections if s["title"] == "Просрочено")
    today = timezone.localdate()
    return render(
        request,
        "reports/home.html",
        {
            "heading": rooms.headline(count),
            "today": f"{DAYS[today.weekday()]}, {rudate(today)}",
            "late": f"Просрочено: {plural(late, 'дело,дела,дел')}." if late else "",
            "sections": sections,
            "pipeline": rooms.pipeline() if request.user.can("reports.pipeline") else [],
        },
    )


def search(request):
    """Find a person, a programme, an order among those the user may see."""
    text = request.GET.get("q", "").strip()
    groups = find(request.user, text)
    return render(request, "reports/search.html", {"search_query": text, "groups": groups, "short": len(text) < 2})
