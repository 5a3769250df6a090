"""The public section: readable without login, never cached where it names people."""

from urllib.parse import urlparse

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site.lists import page_of
from mentoring_site.russian import period, ruday
from people.language.mentions import named
from programs.program.models import Program
from reports.orders.models import Order
from reports.site import visibility
from reports.site.context import VIEW_COOKIE, VIEW_MODES, school_of
from reports.site.models import News
from reports.site.news import people_in
from roadmap.plan.models import Roadmap
from roadmap.regulation.legal_base import by_level
from roadmap.regulation.models import Regulation

SECTIONS = (
    ("Программы", "programmes"),
    ("Результаты", "results"),
    ("Наставники", "people"),
    ("Документы", "documents"),
    ("Новости", "news"),
)
PER_PAGE = 10  # these are read one by one
MODES = (
    ("", "Обычный вид"),
    ("large", "Крупные буквы"),
    ("contrast", "Чёрным по белому"),
    ("contrast large", "Крупно, чёрным по белому"),
)


def public(view):
    """Mark a view as one of the few that need no login, and keep its pages out of every shared cache."""
    return login_not_required(never_cache(view))


def page(request, template: str, **context):
    """Render a page of the public section with its navigation."""
    nav = [
        {
            "label": label,
            "url": reverse(f"public:{name}"),
            "current": request.path.startswith(reverse(f"public:{name}")),
        }
        for label, name in SECTIONS
    ]
    school = school_of(request)
    return render(
        request,
        f"reports/site/public/{template}.html",
        context
        | {
            "public_nav": nav,
            "view_url": reverse("public:accessibility"),
            "cabinet_url": reverse("reports:home"),
            "school_full": school.organisation.name if school else "",
            "city": school.organisation.city if school else "",
        },
    )


@public
@require_GET
def home(request):
    """What mentoring is here, the year in figures, the latest results and news."""
    latest = visibility.results(visibility.published()[:2])
    return page(request, "home", figures=visibility.figures(), results=latest, news=list(_news()[:3]))


@public
@require_GET
def programmes(request):
    """Programmes that run now (п. 8.1)."""
    found = page_of(Program.objects.filter(state="running").order_by("-starts_on", "pk"), request, PER_PAGE)
    return page(request, "programmes", programmes=visibility.running(found["page_obj"].object_list), **found)


@public
@require_GET
def results(request):
    """Results of finished programmes (п. 8.2)."""
    found = page_of(visibility.published(), request, PER_PAGE)
    shown = visibility.results(found["page_obj"].object_list)
    return page(request, "results", results=shown, figures=visibility.figures(), **found)


@public
@require_GET
def people(request):
    """Mentors and mentees who let their names stand here (п. 8.1)."""
    return page(request, "people", **{f"{part}s": rows for part, rows in visibility.banks().items()})


@public
@require_GET
def documents(request):
    """The Положение, the roadmap and the legal base by level (п. 8.1)."""
    return page(
        request,
        "documents",
        levels=by_level(),
        regulation=Regulation.objects.filter(state="approved").first(),
        roadmaps=Roadmap.objects.filter(state="approved").order_by("-school_year")[:3],
    )


@public
@require_GET
def regulation(request):
    """The text of the Положение in force."""
    return page(request, "regulation", regulation=get_object_or_404(Regulation, state="approved"))


@public
@require_GET
def roadmap(request, year: int):
    """The approved roadmap of a school year, without names."""
    found = get_object_or_404(Roadmap.objects.prefetch_related("stages__tasks"), state="approved", school_year=year)
    stages = [{"title": str(stage), "rows": [_task(t) for t in stage.tasks.all()]} for stage in found.stages.all()]
    whole = "\n".join(f"{row['text']} {row['result']}" for stage in stages for row in stage["rows"])
    hidden = [p for p in people_in(whole) if p.pk not in visibility.willing()]
    for stage in stages if hidden else ():
        stage["rows"] = [row for row in stage["rows"] if not named(f"{row['text']} {row['result']}", hidden)]
    return page(request, "roadmap", roadmap=found, stages=stages)


def _task(task) -> dict:
    term = period(task.starts_on, task.due_on) if task.starts_on and task.due_on else ""
    return {
        "text": task.text,
        "term": term or (f"до {ruday(task.due_on)}" if task.due_on else "в течение года"),
        "result": task.expected_result,
    }


def _news():
    return News.objects.shown(visibility.willing())


@public
@require_GET
def news(request):
    """News and announcements (п. 8.1)."""
    found = page_of(_news(), request, PER_PAGE)
    return page(request, "news", news=found["page_obj"], **found)


@public
@require_GET
def news_item(request, pk: int):
    """One piece of news."""
    return page(request, "news_item", item=get_object_or_404(_news(), pk=pk))


def _path_of(address: str) -> str:
    """Return the path of an address, or an empty string when it is none."""
    try:
        return urlparse(address).path
    except ValueError:
        return ""


@public
@require_http_methods(["GET", "POST"])
def accessibility(request):
    """The version for the visually impaired: contrast and large letters, remembered on this device."""
    came_from = request.POST.get("next") or _path_of(request.headers.get("Referer", ""))
    inside = came_from.startswith("/") and url_has_allowed_host_and_scheme(came_from, allowed_hosts=None)
    back = came_from if inside and came_from != request.path else reverse("public:home")
    if request.method == "POST":
        response = redirect(back)
        mode = request.POST.get("mode", "")
        if mode in VIEW_MODES:
            response.set_cookie(
                VIEW_COOKIE, mode, max_age=365 * 86400, samesite="Lax", secure=request.is_secure(), httponly=True
            )
        else:
            response.delete_cookie(VIEW_COOKIE)
        return response
    return page(request, "accessibility", modes=MODES, back=back)


@public
@require_GET
def verify(request, code: str):
    """Whether a printed order stands in the register: number, date and heading, no names."""
    order = get_object_or_404(Order.objects.select_related("pdf"), code=code, state__in=["registered", "revoked"])
    heading = order.get_kind_display() if people_in(order.heading) else order.heading
    return page(request, "verify", order=order, heading=heading)


@public
@require_GET
def robots(request):
    """Robots read the public section and nothing else; a checked paper is nobody's business."""
    lines = [
        "User-agent: *",
        "Disallow: /home/",
        "Disallow: /verify/",
        "Disallow: /accounts/",
        "Disallow: /accessibility/",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
