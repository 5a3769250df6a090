"""Pages of help: the same texts inside the cabinet and for a visitor of the site."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from mentoring_site.ui.elements import Crumb
from reports.help import tours
from reports.help.shelves import found_terms, found_topics, regulation_url, shelves, whom
from reports.help.texts import terms as all_terms
from reports.help.texts import topics
from reports.site.frame import render_public

QUERY_AT_MOST = 100


@login_not_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All topics, those of the reader's roles first; with ``?q=`` what has its words in any form."""
    query = " ".join(request.GET.get("q", "").split())[:QUERY_AT_MOST]
    context = {
        "query": query,
        "found": found_topics(query, request.user) if query else [],
        "found_terms": found_terms(query) if query else [],
        "shelves": shelves(request.user),
        "tours_off": request.user.is_authenticated and tours.are_off(request.user),
    }
    return _page(request, "reports/help/index.html", context)


@login_not_required
@require_GET
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """One topic."""
    found = next((one for one in topics() if one.slug == slug), None)
    if found is None:
        raise Http404
    near = [one for one in topics() if one is not found and set(one.roles) & set(found.roles)]
    near.sort(key=lambda one: (one.order < found.order, one.order))
    context = {"topic": found, "whom": whom(found), "near": near[:4], "crumbs": _crumbs(Crumb(found.title))}
    return _page(request, "reports/help/topic.html", context)


@login_not_required
@require_GET
def terms(request: HttpRequest) -> HttpResponse:
    """The glossary for people."""
    context = {"terms": all_terms(), "regulation_url": regulation_url(request.user), "crumbs": _crumbs(Crumb("Слова"))}
    return _page(request, "reports/help/terms.html", context)


@login_not_required
@require_GET
def term(request: HttpRequest, slug: str) -> HttpResponse:
    """One word of the glossary, for «?» that opens beside it; without scripts «?» leads to the glossary itself."""
    found = next((one for one in all_terms() if one.slug == slug), None)
    if found is None:
        raise Http404
    return render(request, "reports/help/term.html", {"term": found, "regulation_url": regulation_url(request.user)})


@require_POST
def tour_seen(request: HttpRequest) -> HttpResponse:
    """«Понятно»: the word about this kind of page is not shown again."""
    tours.remember(request.POST.get("page", ""), by=request.user)
    return redirect(_back(request))


@require_POST
def tours_off(request: HttpRequest) -> HttpResponse:
    """«Не показывать подсказки»."""
    tours.switch_off(by=request.user)
    messages.success(
        request, "Подсказки выключены. Включить их снова можно в справке", extra_tags=reverse("reports:help")
    )
    return redirect(_back(request))


@require_POST
def tours_on(request: HttpRequest) -> HttpResponse:
    """«Показывать подсказки снова»."""
    tours.switch_on(by=request.user)
    messages.success(request, "Подсказки снова появятся, когда Вы откроете страницы")
    return redirect("reports:help")


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    if request.user.is_authenticated:
        return render(request, template, {"base": "base.html"} | context)
    return render_public(request, template, {"base": "base_public.html"} | context)


def _crumbs(last: Crumb) -> list[Crumb]:
    return [Crumb("Справка", reverse("reports:help")), last]


def _back(request: HttpRequest) -> str:
    address = request.POST.get("next", "")
    return address if url_has_allowed_host_and_scheme(address, allowed_hosts=None) else reverse("reports:home")
