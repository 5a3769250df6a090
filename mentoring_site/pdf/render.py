"""Papers as PDF: plain facts and a template in, tagged PDF/UA-1 bytes out.

A paper is drawn from *facts*, a JSON-serialisable dictionary that is also the context of its template; the facts
are kept with the paper, so the same facts and the same `RENDERER` give the same bytes for ever. Nothing is fetched
but ``data:`` addresses and files of our static folder; anything else stops the rendering.
"""

import base64
import hashlib
import io
from functools import lru_cache
from importlib.metadata import version

import qrcode
from django.template.loader import render_to_string
from PIL import ImageFont
from qrcode.image.svg import SvgPathFillImage

from mentoring_site import heavy
from mentoring_site.pdf.dashes import one_dash
from mentoring_site.pdf.resources import STATIC, PdfError

TEMPLATES = 8  # raise it with every change of print templates or print CSS that moves a glyph
RENDERER = f"weasyprint {version('weasyprint')} / templates {TEMPLATES}"

MAX_TEXT = 20_000  # signs in one text: a hundred thousand words would hold a processor for half a minute
MAX_CELL = 2_000  # signs in one cell of a table: the time to lay out a row over many pages grows as its square
MAX_LINES = 120  # lines of one row of an appendix, about two and a half pages
MAX_TOTAL = 200_000  # signs in all texts of one paper
TABLES = {
    "rows",
    "activities",
    "stages",
    "requests",
    "forms",
    "kinds",
    "fields",
    "participants",
    "people",
    "acquaintance",
}


def render_pdf(template, context, *, title=None):
    """Draw a paper.

    Takes the name of a template that extends ``base_document.html``, its facts (documented at the top of each
    template; with ``sheet_mark``: {"url", "edition"} each sheet gets a code of its own) and, if wanted, a title that
    replaces the template's own. Returns the bytes of a PDF/UA-1 file.
    Raises `PdfError` when a text is too long or the template asks for a foreign address.
    """
    if complaints := too_long(context):
        raise PdfError(" ".join(complaints))
    heavy.note()
    html = one_dash(render_to_string(template, {**context, "document_title": title or ""}))
    from mentoring_site.pdf.weasy import html_to_pdf  # half a second and 25 MB that only those who draw need

    mark = context.get("sheet_mark")
    return html_to_pdf(html, (mark["url"], mark["edition"]) if mark else None)


def sha256(data):
    """The SHA-256 of bytes as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def too_long(facts):
    """Russian sentences about texts of the facts that are too long to print; an empty list when all fit."""
    complaints, total = [], 0
    for path, text in _texts(facts):
        total += len(text)
        in_table = not TABLES.isdisjoint(path.split("."))
        limit, place = (MAX_CELL, "ячейку таблицы") if in_table else (MAX_TEXT, "документ")
        if len(text) > limit:
            complaints.append(
                f"Слишком длинный текст ({path}): {len(text)} знаков, а в {place} помещается не больше {limit}."
            )
    if total > MAX_TOTAL:
        complaints.append(f"Слишком длинный документ: {total} знаков, а помещается не больше {MAX_TOTAL}.")
    for appendix in facts.get("appendices") or []:
        complaints += _tall_rows(appendix)
    return complaints


def _tall_rows(appendix):
    """Sentences about rows of an appendix that would run over pages because a narrow column holds much text."""
    shares = shares_of(appendix.get("columns") or [])
    for number, row in enumerate(appendix.get("rows") or [], start=1):
        for cell, share in zip(row, shares, strict=False):
            if len(str(cell)) > MAX_LINES * max(share * 0.8, 1):  # about 80 signs in a line of the whole width
                yield f"Слишком длинный текст для узкой колонки (приложение, строка {number})."


def shares_of(columns):
    """Widths of columns in per cent of the table: columns carry relative numbers in `width`."""
    widths = [_number(column.get("width")) for column in columns]
    return [width * 100 / sum(widths) for width in widths]


@lru_cache(maxsize=1)
def _face():
    return ImageFont.truetype(str(STATIC / "fonts" / "PTSerif-Regular.ttf"), 100, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def width_of(text, size=10.5):
    """How many millimetres a text of one line takes in the face of papers, 10.5 pt as in tables."""
    return _face().getlength(text) * size / 100 * 25.4 / 72


def _number(value):
    try:
        return max(1.0, min(float(value), 1000.0))  # in this order not-a-number becomes 1
    except (TypeError, ValueError):
        return 10.0


def _texts(value, path=""):
    """Every text inside nested dictionaries and lists, with its dotted path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, (list, tuple)):
        for number, inner in enumerate(value, start=1):
            yield from _texts(inner, f"{path}.{number}")


@lru_cache(maxsize=64)
def qr(url):
    """A QR code as a ``data:`` address of an SVG drawn with ``fill`` attributes (CSS does not reach inline SVG)."""
    image = qrcode.make(
        url, image_factory=SvgPathFillImage, border=0, error_correction=qrcode.constants.ERROR_CORRECT_M
    )
    drawn = io.BytesIO()
    image.save(drawn)
    return "data:image/svg+xml;base64," + base64.b64encode(drawn.getvalue()).decode()
