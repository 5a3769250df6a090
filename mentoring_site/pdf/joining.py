"""Several papers of ours as one file, to be printed in one go."""

import io
from collections.abc import Iterable

import pypdfium2


def joined_pdf(papers: Iterable[bytes]) -> bytes:
    """Return one PDF with the pages of all papers, in their order. Takes papers that this product has drawn."""
    whole = pypdfium2.PdfDocument.new()
    try:
        for data in papers:
            part = pypdfium2.PdfDocument(data)
            try:
                whole.import_pages(part)
            finally:
                part.close()
        made = io.BytesIO()
        whole.save(made)
    finally:
        whole.close()
    return made.getvalue()
