"""Best practices and methodical materials for visitors: lists, cards, files (п. 3.3, 3.5, 8.1).

Names are asked of live consents at each look; a text that names somebody without leave is not shown at all.
"""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from mentoring_site.evidence.presenters import with_evidence
from mentoring_site.ui.list_page import TotalOrder
from reports.site.case_files import file_of, files_of
from reports.site.frame import render_public
from reports.site.public_views import PER_PAGE, public
from roadmap.library.models import Material
from roadmap.practices.models import Practice
from roadmap.practices.public import paragraphs, shown


@public
@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    """Published practices, the newest first."""
    found = Practice.objects.for_visitors().with_authors().order_by("-published_at", "-pk")
    page = TotalOrder(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"cases": shown(page), "page_obj": page}
    return render_public(request, "reports/site/public/cases.html", context)


@public
@require_GET
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One published practice."""
    found = Practice.objects.for_visitors().with_authors().prefetch_related(with_evidence())
    practice = get_object_or_404(found, pk=pk)
    context = {
        "case": shown([practice])[0],
        "paragraphs": paragraphs(practice),
        "files": files_of(practice, "public:case_file") if practice.files_public else [],
    }
    return render_public(request, "reports/site/public/case.html", context)


@public
@require_GET
def case_file(request: HttpRequest, pk: int) -> FileResponse:
    """A file of a published practice whose materials are shown."""
    return file_of(Practice.objects.for_visitors().filter(files_public=True), pk)


@public
@require_GET
def materials(request: HttpRequest) -> HttpResponse:
    """Methodical materials that the curator has shown, the newest first."""
    found = Material.objects.for_visitors().select_related("topic").order_by("-public_at", "-pk")
    page = TotalOrder(found, PER_PAGE).get_page(request.GET.get("page"))
    return render_public(request, "reports/site/public/materials.html", {"materials": page, "page_obj": page})


@public
@require_GET
def material(request: HttpRequest, pk: int) -> HttpResponse:
    """One material with its files."""
    found = Material.objects.for_visitors().select_related("topic").prefetch_related("forms", "kinds", with_evidence())
    shown_one = get_object_or_404(found, pk=pk)
    context = {"material": shown_one, "files": files_of(shown_one, "public:material_file")}
    return render_public(request, "reports/site/public/material.html", context)


@public
@require_GET
def material_file(request: HttpRequest, pk: int) -> FileResponse:
    """A file of a material that is shown."""
    return file_of(Material.objects.for_visitors(), pk)
