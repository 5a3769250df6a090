"""Pages of scans as pictures: how many there are, the code on each, a thumbnail, one PDF of some of them."""

import io
import re
import threading
from collections.abc import Iterator

import pypdfium2
import zxingcpp
from django.core.exceptions import ValidationError
from PIL import Image
from pypdfium2 import PdfiumError

from reports.orders.printing.pdf import Damaged, intact
from reports.orders.scans.models import ScanPage

MAX_SIDE = 3600  # pixels of a rendered page
_CODE = re.compile(r"/verify/([2-9A-HJ-NP-Z]{10})/?$")
_PDFIUM = threading.RLock()  # the library is not safe for threads

Code = tuple[str, int] | None
"""The code of an order on a sheet and by how many degrees to turn the page."""


def count_pages(data: bytes, name: str) -> int:
    """Return the number of pages of a PDF. Raises ``ValidationError``."""
    with _PDFIUM:
        document = _open(data, name)
        try:
            return len(document)
        finally:
            document.close()


def codes_of(data: bytes, name: str) -> Iterator[Code]:
    """Yield the code of each page of a PDF. Raises ``ValidationError``."""
    with _PDFIUM:
        document = _open(data, name)
    try:
        for index in range(len(document)):
            yield _code_on_page(document, index)
    finally:
        with _PDFIUM:
            document.close()


def _open(data: bytes, name: str):
    """Open a PDF. Raises ``ValidationError`` when it is protected or damaged."""
    try:
        return pypdfium2.PdfDocument(data)
    except PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise ValidationError(f"«{name}» защищён паролем. Сохраните его без пароля и загрузите снова") from error
        raise ValidationError(f"«{name}» повреждён и не открывается. Отсканируйте или сохраните его заново") from error


def _code_on_page(document, index: int) -> Code:
    """Read the code of a page of a PDF, first coarsely; a page that cannot be drawn has none."""
    for dpi in (150, 300):
        try:
            picture = drawn(document, index, dpi)
        except PdfiumError:
            return None
        if found := code_of(picture):
            return found
    return None


def drawn(document, index: int, dpi: int, *, grey: bool = True):
    """Draw a page of a PDF as a picture, never larger than ``MAX_SIDE``."""
    with _PDFIUM:
        page = document[index]
        try:
            scale = min(dpi / 72, MAX_SIDE / max(*page.get_size(), 1))
            return page.render(scale=scale, grayscale=grey).to_pil()
        finally:
            page.close()


def code_of(picture) -> Code:
    """Return the order's code on a sheet and by how much to turn the page, or None without a code of ours."""
    for barcode in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode):
        if found := _CODE.search(barcode.text.strip()):
            return found[1], round(-barcode.orientation / 90) % 4 * 90
    return None


def picture_of(page: ScanPage, dpi: int = 60) -> bytes:
    """Return a page as a small JPEG, turned upright. Raises ``Damaged``."""
    data = intact(page.source.file)
    try:
        if page.source.file.content_type == "application/pdf":
            with _PDFIUM:
                document = _open(data, page.source.file.name)
                try:
                    picture = drawn(document, page.index, dpi, grey=False)
                finally:
                    document.close()
        else:
            picture = Image.open(io.BytesIO(data)).convert("RGB")
            picture.thumbnail((dpi * 12, dpi * 12))
    except (PdfiumError, ValidationError, OSError, IndexError) as error:
        raise Damaged("Страница не открывается") from error
    out = io.BytesIO()
    picture.convert("RGB").rotate(-page.turned, expand=True).save(out, "JPEG", quality=80)
    return out.getvalue()


def pdf_of(pages: list[ScanPage]) -> bytes:
    """Return one PDF of the pages, copied as they are and turned upright. Raises ``Damaged``."""
    with _PDFIUM:
        made = pypdfium2.PdfDocument.new()
        try:
            for page in pages:
                _copy(made, page)
            out = io.BytesIO()
            made.save(out)
            return out.getvalue()
        except (PdfiumError, ValidationError) as error:
            raise Damaged("Страница не открывается") from error
        finally:
            made.close()


def _copy(made, page) -> None:
    data, index = intact(page.source.file), page.index
    if page.source.file.content_type != "application/pdf":
        out = io.BytesIO()
        with Image.open(io.BytesIO(data)) as picture:
            picture.convert("RGB").save(out, "PDF", resolution=max(picture.size) / 11.69)  # as on a sheet of A4
        data, index = out.getvalue(), 0
    source = _open(data, page.source.file.name)
    try:
        made.import_pages(source, [index])
        copied = made[len(made) - 1]
        copied.set_rotation((copied.get_rotation() + page.turned) % 360)
    finally:
        source.close()
