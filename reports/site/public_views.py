"""The public section: readable without login, never cached where it names people."""

from urllib.parse import urlparse

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site.files import serve
from mentoring_site.ui.list_page import TotalOrder
from people.consents.dissemination import unwilling
from people.language.mentions import people_named_in
from programs.pairings.mentions import people_in
from programs.program.models import Program, past_end
from reports.documents.local_acts.models import LocalAct
from reports.orders.models import Order
from reports.site import events as site_events
from reports.site import visibility
from reports.site.context import VIEW_COOKIE, VIEW_MODES
from reports.site.frame import render_public
from reports.site.models import News
from roadmap.legal_base.public import sections, shown
from roadmap.partners.public import shown as partners_shown
from roadmap.plan.models import Roadmap
from roadmap.plan.presenters import term_words
from roadmap.regulation.models import Regulation

PER_PAGE = 10  # these are read one by one
ROADMAPS_AT_MOST = 3
MODES = (
    ("", "Обычный вид"),
    ("large", "Крупные буквы"),
    ("contrast", "Чёрным по белому"),
    ("contrast large", "Крупно, чёрным по белому"),
)


def public(view):
    """Mark a view as one of the few that need no login, and keep its pages out of every shared cache."""
    return login_not_required(never_cache(view))


def _render(request, template: str, **context):
    """Render a page of the public section."""
    return render_public(request, f"reports/site/public/{template}.html", context)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404: a visitor keeps the navigation of the public section, somebody who has logged in gets the way home.

    A page that is not there and one that this reader may not know of look alike.
    """
    match = getattr(request, "resolver_match", None)
    user = getattr(request, "user", None)
    inside = user is not None and user.is_authenticated
    if inside and not (match and match.namespace == "public"):
        return HttpResponse(render_to_string("404.html"), status=404)
    response = _render(request, "not_found")
    response.status_code = 404
    return response


def _page_of(request, rows) -> Page:
    return TotalOrder(rows, PER_PAGE).get_page(request.GET.get("page"))


@public
@require_GET
def home(request):
    """What mentoring is here, the year in figures, the latest results and news."""
    latest = visibility.results(visibility.published()[:2])
    return _render(request, "home", figures=visibility.figures(), results=latest, news=_visible_news()[:3])


@public
@require_GET
def programs(request):
    """Programs that run now, and after them those past their planned end that are summed up (п. 8.1)."""
    running = Program.objects.running().alias(over=past_end()).order_by("over", "-starts_on", "pk")
    page = _page_of(request, running.values_list("pk", flat=True))
    return _render(request, "programs", programs=visibility.running(list(page)), page_obj=page)


@public
@require_GET
def results(request):
    """Results of finished programs (п. 8.2)."""
    page = _page_of(request, visibility.published())
    shown = visibility.results(list(page))
    return _render(request, "results", results=shown, figures=visibility.figures(), page_obj=page)


@public
@require_GET
def people(request):
    """Mentors and mentees who let their names stand here (п. 8.1)."""
    banks = visibility.banks()
    shown = {f"{part}_categories": any(one.category for one in banks[part]) for part in ("mentor", "mentee")}
    return _render(request, "people", mentors=banks["mentor"], mentees=banks["mentee"], **shown)


@public
@require_GET
def photo(request, key):
    """The photograph of somebody of the banks, while the person lets it stand here."""
    return serve(visibility.photo_file(key), inline=True)


@public
@require_GET
def documents(request):
    """The Положение, the roadmap, partners that are shown, and the legal base by level (п. 3.3, 8.1)."""
    return _render(
        request,
        "documents",
        sections=sections(),
        local_acts=LocalAct.objects.for_visitors().select_related("file"),
        partners=partners_shown(),
        regulation=Regulation.objects.filter(state=Regulation.State.APPROVED).first(),
        roadmaps=Roadmap.objects.filter(state=Roadmap.State.APPROVED).order_by("-school_year")[:ROADMAPS_AT_MOST],
    )


@public
@require_GET
def legal_act_file(request, pk: int):
    """The text of an act that the legal base shows."""
    return serve(get_object_or_404(shown(), pk=pk, file__isnull=False).file, inline=True)


@public
@require_GET
def local_act_file(request, pk: int):
    """The text of a local act of the school that somebody has put on the site."""
    act = get_object_or_404(LocalAct.objects.for_visitors(), pk=pk)
    if act.file is None:
        raise Http404
    return serve(act.file, inline=True)


@public
@require_GET
def regulation(request):
    """The text of the Положение in force."""
    found = get_object_or_404(Regulation, state=Regulation.State.APPROVED)
    return _render(request, "regulation", regulation=found)


@public
@require_GET
def roadmap(request, year: int):
    """The approved roadmap of a school year; tasks that name somebody without leave are left out."""
    approved = Roadmap.objects.filter(state=Roadmap.State.APPROVED).prefetch_related("stages__tasks")
    found = get_object_or_404(approved, school_year=year)
    stages = [(str(stage), list(stage.tasks.all())) for stage in found.stages.all()]
    people = people_in("\n".join(_words(task) for _, tasks in stages for task in tasks))
    apart = unwilling(person.pk for person in people)
    hidden = [person for person in people if person.pk in apart]
    shown = [
        (title, [_task(task) for task in tasks if not (hidden and people_named_in(_words(task), hidden))])
        for title, tasks in stages
    ]
    return _render(request, "roadmap", roadmap=found, stages=shown)


def _words(task) -> str:
    return f"{task.text} {task.expected_result}"


def _task(task) -> dict:
    return {"text": task.text, "term": term_words(task), "result": task.expected_result}


def _visible_news():
    named_people = News.people.through.objects.order_by().values_list("person", flat=True).distinct()
    return News.objects.visible_without(unwilling(named_people))


@public
@require_GET
def events(request):
    """What is coming and what has been: kind, title, day and place, nobody by name (п. 8.1)."""
    return _render(request, "events", announced=site_events.announced(), held=site_events.held())


@public
@require_GET
def news(request):
    """News and announcements (п. 8.1)."""
    page = _page_of(request, _visible_news())
    return _render(request, "news", news=page.object_list, page_obj=page)


@public
@require_GET
def news_item(request, pk: int):
    """One piece of news."""
    return _render(request, "news_item", item=get_object_or_404(_visible_news(), pk=pk))


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
    return _render(request, "accessibility", modes=MODES, back=back)


@public
@require_GET
def verify(request, code: str):
    """Whether a printed order stands in the register: number, date and heading, no names."""
    order = get_object_or_404(Order.objects.select_related("pdf"), code=code, state__in=Order.ISSUED_STATES)
    heading = order.get_kind_display() if people_in(order.heading) else order.heading
    return _render(request, "verify", order=order, heading=heading)


@public
@require_GET
def robots(request):
    """Robots read the public section and nothing else; a page of verification is not indexed."""
    lines = [
        "User-agent: *",
        "Disallow: /home/",
        "Disallow: /verify/",
        "Disallow: /accounts/",
        "Disallow: /accessibility/",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
