"""Pages of a PDF that somebody uploads: whether it opens, how many pages it has, a page as a picture."""

import threading

import pypdfium2
from django.core.exceptions import ValidationError
from PIL.Image import Image
from pypdfium2 import PdfDocument, PdfiumError

MAX_SIDE = 3600  # pixels of a rendered page
PDFIUM = threading.RLock()  # the library is not safe for threads


def open_pdf(data: bytes, name: str) -> PdfDocument:
    """Open a PDF; the caller closes it. Raises ``ValidationError`` when it is protected, damaged or has no pages."""
    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
        except PdfiumError as error:
            if "password" in str(error).lower() or "security" in str(error).lower():
                raise ValidationError(
                    f"«{name}» защищён паролем. Сохраните его без пароля и загрузите снова", code="encrypted"
                ) from error
            raise ValidationError(
                f"«{name}» повреждён и не открывается. Отсканируйте или сохраните его заново", code="damaged"
            ) from error
        if not len(document):
            document.close()
            raise ValidationError(f"«{name}»: в файле нет ни одной страницы", code="damaged")
        return document


def count_pages(data: bytes, name: str) -> int:
    """Return the number of pages of a PDF. Raises ``ValidationError`` as ``open_pdf`` does."""
    with PDFIUM:
        document = open_pdf(data, name)
        try:
            return len(document)
        finally:
            document.close()


def drawn(document: PdfDocument, index: int, dpi: int, *, grey: bool = True) -> Image:
    """Draw a page of a PDF as a picture, never larger than ``MAX_SIDE``. Raises ``PdfiumError``."""
    with PDFIUM:
        page = document[index]
        try:
            scale = min(dpi / 72, MAX_SIDE / max(*page.get_size(), 1))
            return page.render(scale=scale, grayscale=grey).to_pil()
        finally:
            page.close()
