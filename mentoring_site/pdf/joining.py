"""Many papers as one file, for one press of a printer's button; each paper alone stays what it is."""

import io
from collections.abc import Iterable

import pypdfium2

from mentoring_site.pdf.pages import PDFIUM


def join_pdfs(papers: Iterable[bytes]) -> bytes:
    """Return one PDF with the pages of all papers in their order."""
    made = io.BytesIO()
    with PDFIUM:
        joined = pypdfium2.PdfDocument.new()
        for paper in papers:
            joined.import_pages(pypdfium2.PdfDocument(paper))
        joined.save(made)
        joined.close()
    return made.getvalue()
