"""The public section: readable without login, never cached where it names people."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from reports.models import News, Order
from reports.navigation import VIEW_MODES
from reports.public import showing
from roadmap.legal_base import by_level
from roadmap.models import Regulation, Roadmap

SECTIONS = (
    ("Программы", "programmes"),
    ("Результаты", "results"),
    ("Наставники", "people"),
    ("Документы", "documents"),
    ("Новости", "news"),
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
    return render(
        request,
        f"public/{template}.html",
        context
        | {"public_nav": nav, "view_url": reverse("public:accessibility"), "cabinet_url": reverse("reports:home")},
    )


@public
def home(request):
    """What mentoring is here, the year in figures, the latest results and news."""
    news = News.objects.filter(is_public=True, published_on__lte=timezone.localdate())[:3]
    return page(request, "home", figures=showing.figures(), results=showing.results()[:2], news=news)


@public
def programmes(request):
    """Programmes that run now (п. 8.1)."""
    return page(request, "programmes", programmes=showing.running())


@public
def results(request):
    """Results of finished programmes (п. 8.2)."""
    return page(request, "results", results=showing.results(), figures=showing.figures())


@public
def people(request):
    """Mentors and mentees who let their names stand here (п. 8.1)."""
    return page(request, "people", **{f"{part}s": rows for part, rows in showing.banks().items()})


@public
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
def regulation(request):
    """The text of the Положение in force."""
    return page(request, "regulation", regulation=get_object_or_404(Regulation, state="approved"))


@public
def roadmap(request, year: int):
    """The approved roadmap of a school year, without names."""
    found = get_object_or_404(Roadmap.objects.prefetch_related("stages__tasks"), state="approved", school_year=year)
    return page(request, "roadmap", roadmap=found)


@public
def news(request):
    """News and announcements (п. 8.1)."""
    return page(request, "news", news=News.objects.filter(is_public=True, published_on__lte=timezone.localdate())[:50])


@public
def news_item(request, pk: int):
    """One piece of news."""
    return page(
        request,
        "news_item",
        item=get_object_or_404(News, pk=pk, is_public=True, published_on__lte=timezone.localdate()),
    )


@public
def accessibility(request):
    """The version for the visually impaired: contrast and large letters, remembered on this device."""
    if request.method == "POST":
        response = redirect("public:home")
        mode = request.POST.get("mode", "")
        if mode in VIEW_MODES:
            response.set_cookie(
                "view", mode, max_age=365 * 86400, samesite="Lax", secure=request.is_secure(), httponly=True
            )
        else:
            response.delete_cookie("view")
        return response
    return page(
        request,
        "accessibility",
        modes=[
            ("", "Обычный вид"),
            ("large", "Крупные буквы"),
            ("contrast", "Чёрным по белому"),
            ("contrast large", "Крупно, чёрным по белому"),
        ],
    )


@public
@require_GET
def verify(request, code: str):
    """Whether a printed order stands in the register: number, date and heading, no names."""
    order = get_object_or_404(Order.objects.select_related("pdf"), code=code, state__in=["registered", "revoked"])
    return page(request, "verify", order=order)
