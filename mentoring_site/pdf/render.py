"""Papers as PDF: plain facts and a template in, tagged PDF/UA-1 bytes out.

A paper is drawn from *facts*, a JSON-serialisable dictionary that is also the context of its template; the facts
are kept with the paper, so the same facts and the same `RENDERER` give the same bytes for ever. Nothing is fetched
but ``data:`` addresses and files of our static folder; anything else stops the rendering.
"""

import base64
import hashlib
import io
import re
from datetime import date
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import qrcode
from django.conf import settings
from django.template.loader import render_to_string
from PIL import ImageFont
from qrcode.image.svg import SvgPathFillImage

TEMPLATES = 5  # raise it with every change of print templates or print CSS that moves a glyph
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

STATIC = (Path(settings.BASE_DIR) / "static").resolve()
STYLESHEET = STATIC / "css" / "document.css"

MONTHS = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)


class PdfError(Exception):
    """The paper cannot be drawn; the message is a Russian sentence."""


def allowed(url):
    """Whether a paper may open this address: ``data:``, or a file inside the static folder."""
    try:
        parts = urlsplit(url)
        if parts.scheme == "data":
            return True
        if parts.scheme != "file" or parts.netloc:
            return False
        return Path(url2pathname(parts.path)).resolve().is_relative_to(STATIC)
    except ValueError:  # malformed address, NUL byte
        return False


def render_pdf(template, context, *, title=None):
    """Draw a paper.

    Takes the name of a template that extends ``base_document.html``, its facts (documented at the top of each
    template) and, if wanted, a title that replaces the template's own. Returns the bytes of a PDF/UA-1 file.
    Raises `PdfError` when a text is too long or the template asks for a foreign address.
    """
    if complaints := too_long(context):
        raise PdfError(" ".join(complaints))
    html = render_to_string(template, {**context, "document_title": title or ""})
    from mentoring_site.pdf.weasy import press  # half a second and 25 MB that only those who draw need

    return press(html)


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


NBSP = "\N{NO-BREAK SPACE}"
_INITIAL = r"[А-ЯЁӘҺҖҢӨҮA-Z]\."
_SURNAME = r"\b[А-ЯЁӘҺҖҢӨҮ][\w’-]{1,40}"
_BINDINGS = [
    (re.compile(pattern), replacement)
    for pattern, replacement in [
        (r"№\s*(?=\w)", "№" + NBSP),
        # 2 сентября 2026 г.
        (rf"\b(\d{{1,2}}|«\d{{1,2}}»)\s+({'|'.join(MONTHS)})\b", rf"\1{NBSP}\2"),
        (rf"\b({'|'.join(MONTHS)})\s+(\d{{4}})\b", rf"\1{NBSP}\2"),
        (r"(\d{4})\s+(гг?\.|год[ау]?\b|уч\.)", rf"\1{NBSP}\2"),
        # от 02.09.2026 № 41-од
        (r"\b([Оо]т)\s+(?=\d)", rf"\1{NBSP}"),
        (rf"(\d{{4}}(?:{NBSP}г\.)?)\s+№", rf"\1{NBSP}№"),
        # п. 3.3, ст. 351.8, пунктами 3.3; г. Элиста; д. 5
        (r"\b(пп?|подп|ст|ч|гл|разд|стр|с|абз|прил|кв|каб)\.\s+(?=\d)", rf"\1.{NBSP}"),
        (r"\b(г|с|п|ул|пр|пер|д|им|стр|тел)\.\s+(?=[А-ЯЁӘҺҖҢӨҮ\d])", rf"\1.{NBSP}"),
        (r"\b(т)\.\s*(д|п|е|ч)\.", rf"\1.{NBSP}\2."),
        # И. О. Фамилия and Фамилия И. О.
        (rf"({_INITIAL})\s*(?={_INITIAL}(?:\s|$|[,;:)»]|\w))", rf"\1{NBSP}"),
        (rf"({_INITIAL})\s*(?={_SURNAME})", rf"\1{NBSP}"),
        (rf"({_SURNAME})\s+(?={_INITIAL})", rf"\1{NBSP}"),
        # telephone numbers
        (r"(\+7|\b8|\(\d{3,5}\)|\+7\s\d{3})\s+(?=[\d(])", rf"\1{NBSP}"),
        (r"(\+7\s\d{3}|\(\d{3,5}\))\s+(?=\d)", rf"\1{NBSP}"),
        # units and short words
        (r"(\d)\s+(?=(?:час|мин|руб|чел|лет|год|дн|месяц|%|₽|кл)\w{0,3}\b|%|₽)", rf"\1{NBSP}"),
        (r"(?<![\w-])([АВИКОСУЯавикосуя])\s+(?=\S)", rf"\1{NBSP}"),
        (r"\s+([—–])(?=\s)", rf"{NBSP}\1"),
    ]
]
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


BOLD = 1.09  # how much wider the bold face is
HEADING = 80  # millimetres that one line of a heading holds for sure
_QUOTED = re.compile(r"«[^«»\n]{1,40}»")
_PREPOSITION = re.compile(r"(?<![\w-])(без|для|до|за|из|на|об|от|по|при|со)[^\S\n]+(?=\w)", re.IGNORECASE)


def keep(text):
    """The text with no-break spaces where a line must not break: «№ 5», «п. 3.3», dates, initials, short words.

    Also drops control and bidirectional signs. Line breaks stay.
    """
    text = _UNPRINTABLE.sub("", str(text).replace("\r\n", "\n")).replace("\u202f", NBSP)
    return "\n".join(_bind(line) for line in text.split("\n"))


def headline(text):
    """Text of a heading: besides what `keep` binds, no preposition ends a line and a short name in quotes stays whole."""
    return _QUOTED.sub(_whole_name, _PREPOSITION.sub(rf"\1{NBSP}", keep(text)))


def _whole_name(found) -> str:
    name = found[0]
    return name.replace(" ", NBSP) if width_of(name, 12) * BOLD < HEADING else name


def _bind(line):
    line = re.sub(r"[^\S\n]{2,}", " ", line)  # runs of blanks would make the patterns below quadratic
    for pattern, replacement in _BINDINGS:
        line = pattern.sub(replacement, line)
    return line


def in_words(value):
    """«2 сентября 2026 г.» from a date or an ISO string; other text comes back as it is."""
    day = _date(value)
    return f"{day.day}{NBSP}{MONTHS[day.month - 1]}{NBSP}{day.year}{NBSP}г." if day else keep(value or "")


def in_digits(value):
    """«02.09.2026» from a date or an ISO string; other text comes back as it is."""
    day = _date(value)
    return day.strftime("%d.%m.%Y") if day else keep(value or "")


def _date(value):
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
