"""What stands around every page of the public section: its sections, the school, the way into the cabinet."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from mentoring_site.ui.elements import Tab
from reports.site.context import school_of

SECTIONS = (
    ("Программы", "public:programs"),
    ("Результаты", "public:results"),
    ("Практики", "public:cases"),
    ("Материалы", "public:materials"),
    ("Наставники", "public:people"),
    ("Документы", "public:documents"),
    ("События", "public:events"),
    ("Новости", "public:news"),
)


def _navigation(path: str) -> list[Tab]:
    urls = [(label, reverse(name)) for label, name in SECTIONS]
    return [Tab(label, url, current=path.startswith(url)) for label, url in urls]


def render_public(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Render a page of the public section with its navigation; no cache keeps it."""
    school = school_of(request)
    around = {
        "public_nav": _navigation(request.path),
        "view_url": reverse("public:accessibility"),
        "cabinet_url": reverse("reports:home"),
        "school_full": school.organisation.name if school else "",
        "city": school.organisation.city if school else "",
    }
    response = render(request, template, context | around)
    add_never_cache_headers(response)
    return response
