"""Several papers of ours as one file, to be printed in one go."""

import io
from collections.abc import Iterable

import pypdfium2

from mentoring_site.pdf.pages import PDFIUM


def joined_pdf(papers: Iterable[bytes]) -> bytes:
    """Return one PDF with the pages of all papers, in their order. Takes papers that this product has drawn."""
    made, drawn = io.BytesIO(), list(papers)
    with PDFIUM:
        whole = pypdfium2.PdfDocument.new()
        try:
            for data in drawn:
                part = pypdfium2.PdfDocument(data)
                try:
                    whole.import_pages(part)
                finally:
                    part.close()
            whole.save(made)
        finally:
            whole.close()
    return made.getvalue()
