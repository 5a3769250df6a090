"""The QR code of an order on a scanned sheet."""

import io
import re
from collections.abc import Iterator

import zxingcpp
from PIL import Image

from mentoring_site.pdf.pages import Drawing, Undrawable, count_pages

_CODE = re.compile(r"/verify/([2-9A-HJ-NP-Z]{10})/?$")

Code = tuple[str, int] | None
"""The code of an order on a sheet and by how many degrees to turn the page."""


def codes_of(data: bytes, name: str) -> Iterator[Code]:
    """Yield the code of each page of a PDF. Raises ``ValidationError``."""
    pages = count_pages(data, name)
    with Drawing(data) as drawing:
        for index in range(pages):
            yield _code_on_page(drawing, index)


def _code_on_page(drawing: Drawing, index: int) -> Code:
    """Read the code of a page of a PDF, first coarsely; a page that cannot be drawn has none."""
    for dpi in (150, 300):
        try:
            picture = drawing.page(index, dpi)
        except Undrawable:
            return None
        if found := code_of(picture):
            return found
    return None


def code_of_picture(data: bytes) -> Code:
    """Return the code on a scanned JPEG or PNG."""
    with Image.open(io.BytesIO(data)) as picture:
        return code_of(picture.convert("L"))


def code_of(picture: Image.Image) -> Code:
    """Return the order's code on a sheet and by how much to turn the page, or None without a code of ours."""
    for barcode in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])):
        if found := _CODE.search(barcode.text.strip()):
            return found[1], round(-barcode.orientation / 90) % 4 * 90
    return None
