"""The QR code of an order on a scanned sheet."""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import zxingcpp
from PIL import Image

from mentoring_site.pdf.marks import Mark, read_mark
from mentoring_site.pdf.pages import Drawing, Undrawable, count_pages

_CODE = re.compile(r"/verify/([2-9A-HJ-NP-Z]{10})/?(\?[0-9a-f-]*)?$")


@dataclass(frozen=True)
class Code:
    """What was read on a sheet: the code of the order, by how many degrees to turn the page, and the sheet's own mark.

    Sheets that were printed before each had a mark bear the code of the order only on the first.
    """

    order: str
    turned: int
    mark: Mark | None = None


BLANK = Code("", 0)
"""Nothing is on the page: the empty back of a sheet."""
EVEN = 40  # of 255: how much the light of an empty page differs from place to place


def codes_of(data: bytes, name: str) -> Iterator[Code | None]:
    """Yield the code of each page of a PDF, ``BLANK`` of an empty one. Raises ``ValidationError``."""
    pages = count_pages(data, name)
    with Drawing(data) as drawing:
        for index in range(pages):
            yield _code_on_page(drawing, index)


def _code_on_page(drawing: Drawing, index: int) -> Code | None:
    """Read the code of a page of a PDF, first coarsely; a page that cannot be drawn has none."""
    for dpi in (150, 300):
        try:
            picture = drawing.page(index, dpi)
        except Undrawable:
            return None
        if found := code_of(picture):
            return found
        if _is_blank(picture):
            return BLANK
    return None


def _is_blank(picture: Image.Image) -> bool:
    light = picture.convert("L").resize((60, 85), Image.Resampling.BOX).tobytes()
    return max(light) - min(light) < EVEN


def missing_sheets(codes: Iterable[Code | None]) -> list[int]:
    """Return the numbers of the sheets of a paper that are not among the pages; none where no sheet bears a mark."""
    marks = [code.mark for code in codes if code and code.mark]
    if not marks:
        return []
    return sorted(set(range(1, max(mark.sheets for mark in marks) + 1)) - {mark.sheet for mark in marks})


def code_of_picture(data: bytes) -> Code | None:
    """Return the code on a scanned JPEG or PNG."""
    with Image.open(io.BytesIO(data)) as picture:
        return code_of(picture.convert("L"))


def code_of(picture: Image.Image) -> Code | None:
    """Return the order's code on a sheet and by how much to turn the page, or None without a code of ours."""
    for barcode in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])):
        if found := _CODE.search(barcode.text.strip()):
            return Code(found[1], round(-barcode.orientation / 90) % 4 * 90, read_mark(barcode.text.strip()))
    return None
