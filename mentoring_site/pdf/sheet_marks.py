"""A QR code of its own on every sheet of a paper: which paper, which sheet of how many, of which edition.

It is drawn after the layout, when the number of sheets is known, into the lower margin: a shuffled scan files itself by
it. For a screen reader it is no part of the paper (PDF/UA-1, 7.1: an artifact).
"""

import re
from collections.abc import Iterator

import pydyf
import qrcode
from weasyprint.document import Document

from mentoring_site.pdf.marks import Mark, mark_text

MM = 72 / 25.4
SIDE = 14 * MM  # 33 to 37 modules: 3 pixels of a scan of 200 dpi each
FROM_RIGHT, FROM_BOTTOM = 10 * MM, 4.5 * MM  # the lower margin is 20 mm, most printers leave out 4


def draw_marks(document: Document, pdf: pydyf.PDF, url: str, edition: str) -> None:
    """Draw the code of each sheet below its text, before anything else of the sheet."""
    pages = [found for found in pdf.objects if isinstance(found, pydyf.Dictionary) and found.get("Type") == "/Page"]
    for number, (page, laid_out) in enumerate(zip(pages, document.pages, strict=True), start=1):
        text = mark_text(url, Mark(number, len(pages), edition))
        left = laid_out.width * 0.75 - FROM_RIGHT - SIDE  # the library counts in CSS pixels
        stream = pydyf.Stream([b"/Artifact BMC", b"q", *_modules(text, left), b"f", b"Q", b"EMC"], compress=True)
        pdf.add_object(stream)
        page["Contents"] = pydyf.Array([stream.reference, page["Contents"]])


def _modules(text: str, left: float) -> Iterator[bytes]:
    """Yield rectangles of the dark modules, those that touch in a row as one."""
    code = qrcode.QRCode(border=0, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    size = SIDE / len(rows)
    for line, row in enumerate(rows):
        bottom = FROM_BOTTOM + SIDE - (line + 1) * size
        for run in re.finditer("1+", "".join("1" if dark else "0" for dark in row)):
            x, width = left + run.start() * size, (run.end() - run.start()) * size
            yield f"{x:.3f} {bottom:.3f} {width:.3f} {size:.3f} re".encode()
