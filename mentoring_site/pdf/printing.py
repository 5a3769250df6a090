"""Many papers drawn and handed out as one file, to be printed in one go."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from mentoring_site.pdf.joining import joined_pdf
from mentoring_site.pdf.parallel import render_many
from mentoring_site.pdf.resources import PdfError


def printed(papers: Iterable[tuple], name: str) -> HttpResponse:
    """Answer with one PDF of all papers, given as ``(template, facts)``. Raises ``PdfError`` when one cannot be drawn:
    a file that lacks a paper would be printed as if it were whole.
    """
    drawn = []
    for paper in render_many(papers):
        if isinstance(paper, PdfError):
            raise paper
        drawn.append(paper)
    disposition = content_disposition_header(False, f"{name}.pdf") or "inline"
    return HttpResponse(joined_pdf(drawn), content_type="application/pdf", headers={"Content-Disposition": disposition})
