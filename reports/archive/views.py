"""«Опись файлов»: the list, as XLSX, and as a paper of a school year."""

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET

from mentoring_site.rights import require
from mentoring_site.ui.list_filters import THIS_YEAR, year_now
from people.accounts.requests import UserRequest
from people.rights import Right
from people.roles.letterhead import file_name, pdf_response
from reports.archive import presenters
from reports.archive.list_page import FILES
from reports.archive.sources import inventory


@require_GET
def files(request: UserRequest) -> HttpResponseBase:
    """Every stored file of a school year; the same list as XLSX, and as the paper «Опись»."""
    require(request.user, Right.PAPERS_SEE_ALL, act="видеть опись файлов")
    visible = inventory().visible_to(request.user)  # type: ignore[attr-defined]
    if request.GET.get("format") == "pdf":
        filters, found, _ = FILES.choose(request, visible)
        rows = [presenters.row(stored, request.user) for stored in found[: presenters.PRINTED]]
        chosen = str(filters.chosen.get("year", ""))
        year = year_now() if chosen == THIS_YEAR else int(chosen) if chosen.isdecimal() else None
        facts = presenters.paper_facts(
            rows,
            year,
            filters.in_words(),
            cut=len(rows) == presenters.PRINTED,
        )
        name = file_name("Опись файлов", str(facts["year"]).replace("/", "-") or "за все годы")
        return pdf_response(request, "documents/inventory.html", facts, name=name, back="reports:files")
    return FILES.answer(request, visible, destructions_url=reverse("people:destructions"))
