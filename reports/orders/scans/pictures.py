"""Pages of a stack as pictures and as one PDF."""

import io

import pypdfium2
from django.core.exceptions import ValidationError
from PIL import Image
from pypdfium2 import PdfiumError

from mentoring_site.pdf.pages import PDFIUM, Drawing, Undrawable, open_pdf
from reports.orders.printing.pdf import Damaged, intact
from reports.orders.scans.models import ScanPage


def picture_of(page: ScanPage, dpi: int = 60) -> bytes:
    """Return a page as a small JPEG, turned upright. Raises ``Damaged``."""
    data = intact(page.source.file)
    try:
        if page.source.file.content_type == "application/pdf":
            with Drawing(data) as drawing:
                picture = drawing.page(page.index, dpi, grey=False)
        else:
            picture = Image.open(io.BytesIO(data)).convert("RGB")
            picture.thumbnail((dpi * 12, dpi * 12))
    except (Undrawable, OSError) as error:
        raise Damaged("Страница не открывается") from error
    out = io.BytesIO()
    picture.convert("RGB").rotate(-page.turned, expand=True).save(out, "JPEG", quality=80)
    return out.getvalue()


def pdf_of(pages: list[ScanPage]) -> bytes:
    """Return one PDF of the pages, copied as they are and turned upright. Raises ``Damaged``."""
    with PDFIUM:
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
    source = open_pdf(data, page.source.file.name)
    try:
        made.import_pages(source, [index])
        copied = made[len(made) - 1]
        copied.set_rotation((copied.get_rotation() + page.turned) % 360)
    finally:
        source.close()
