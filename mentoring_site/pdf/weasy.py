"""WeasyPrint: HTML in, tagged PDF bytes out. Called only by ``pdf.render_pdf``, which says what papers may open."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pydyf
import weasyprint
from weasyprint.document import Document
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from mentoring_site.pdf.resources import STATIC, STYLESHEET, PdfError, allowed
from mentoring_site.pdf.sheet_marks import draw_marks
from mentoring_site.pdf.structure import mend_tables

WIDEST = 0.7  # em: what a space of a justified line may gain; a wider one opens rivers
FEW = 16  # lines of text above a signature: with fewer of them on a further page a tighter setting is tried
LAST = 5  # lines or rows of the last page: the same with fewer of them

_local = threading.local()
_stretch = inline.justify_line


def _justify(context: Any, line: boxes.LineBox, extra: float) -> None:
    """Note how far a line is from the right margin: it is stretched when its whole paragraph is known."""
    line.short_of = context, extra


inline.justify_line = _justify  # the library offers no place for it; tests/mentoring_site/test_layout.py watches it


class StaticFetcher(URLFetcher):
    """Opens ``data:`` addresses and files of the static folder, and stops the rendering on anything else."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("data", "file"), allow_redirects=False)
        self.refused: list[str] = []  # WeasyPrint swallows even a fatal error inside an SVG picture

    def fetch(self, url: str, headers: Any = None) -> Any:
        if not allowed(url):
            self.refused.append(url[:200])
            raise FatalURLFetchingError(url[:200])
        return super().fetch(url, headers)


def html_to_pdf(html: str, sheet_mark: tuple[str, str] | None = None) -> bytes:
    """Return a PDF/UA-1 file of the HTML; raises ``PdfError`` when it asks for a foreign address.

    ``sheet_mark``: the address and the edition of the paper that the code on each sheet says.
    """
    fetcher = drawing_kit()[-1]
    fetcher.refused.clear()
    try:
        document = _laid_out(html)
        drawn = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=False, finisher=_finisher(sheet_mark))
    except FatalURLFetchingError as error:  # a BaseException: it must not travel further
        raise PdfError(f"Документ обращается к постороннему адресу: {error}") from None
    if fetcher.refused:
        raise PdfError(f"Документ обращается к постороннему адресу: {fetcher.refused[0]}")
    return drawn


def _finisher(sheet_mark: tuple[str, str] | None) -> Callable[[Document, pydyf.PDF], None]:
    """Return what is done with the file before it is written."""

    def finish(document: Document, pdf: pydyf.PDF) -> None:
        mend_tables(document, pdf)
        if sheet_mark:
            draw_marks(document, pdf, *sheet_mark)

    return finish


def _laid_out(html: str) -> Document:
    """Lay a paper out; once more with narrower intervals if that spares a page with little on it."""
    document = _rendered(html)
    if any(0 < lines < FEW for lines in lines_above_signatures(document)) or 0 < _lines_of(document.pages[-1]) < LAST:
        tight = _rendered(html.replace('<body class="', '<body class="tight ', 1))
        if len(tight.pages) < len(document.pages):
            return tight
    return document


def _rendered(html: str) -> Document:
    fonts, stylesheet, fetcher = drawing_kit()
    source = weasyprint.HTML(string=html, base_url=STATIC.as_uri() + "/", url_fetcher=fetcher)
    document = source.render(font_config=fonts, stylesheets=[stylesheet], pdf_variant="pdf/ua-1")
    _justify_paragraphs(document)
    return document


def _justify_paragraphs(document: Document) -> None:
    """Stretch paragraphs to both margins (ГОСТ Р 7.0.97, 3.3); one whose spaces would gape stays left-aligned whole.

    Words are not hyphenated: they stay whole for a search and for a screen reader.
    """
    paragraphs: dict[int, list] = {}
    for page in document.pages:
        for line in _lines(page._page_box):
            if hasattr(line, "short_of"):
                paragraphs.setdefault(id(line.element), []).append((*line.short_of, line))
    for lines in paragraphs.values():
        gains = [(extra / (inline.count_expandable_spaces(line) or 1), line) for _, extra, line in lines]
        if all(gain <= WIDEST * line.style["font_size"] for gain, line in gains):
            for context, extra, line in lines:
                _stretch(context, line, extra)


def _lines(box: Any) -> Iterator:
    """Yield the lines of a page."""
    if isinstance(box, boxes.LineBox):
        yield box
    for child in getattr(box, "children", ()):
        yield from _lines(getattr(child, "_box", child))


def _lines_of(page: Any) -> int:
    return sum(isinstance(box, boxes.LineBox | boxes.TableRowBox) for box in _boxes(page._page_box))


def lines_above_signatures(document: Document) -> list[int]:
    """Return how many lines of text stand above the signature of each page but the first that has one."""
    counts = []
    for page in document.pages[1:]:
        lines = 0
        for box in _boxes(page._page_box):
            if "closing" in _classes(box):
                counts.append(lines)
                break
            lines += isinstance(box, boxes.LineBox | boxes.TableRowBox)
    return counts


def _classes(box: Any) -> list[str]:
    return (box.element.get("class") or "").split() if box.element is not None else []


def _boxes(box: Any) -> Iterator:
    """Yield the boxes of a page in their order, without those of its margins; a row of a table is one."""
    yield box
    if not isinstance(box, boxes.LineBox | boxes.TableRowBox):
        for child in getattr(box, "children", ()):
            if not isinstance(child, boxes.MarginBox):
                yield from _boxes(getattr(child, "_box", child))


def drawing_kit() -> tuple[FontConfiguration, weasyprint.CSS, StaticFetcher]:
    """The fonts, the parsed stylesheet and the fetcher of this thread: made once, because fresh ones leak."""
    if not hasattr(_local, "kit"):
        fonts, fetcher = FontConfiguration(), StaticFetcher()
        try:
            stylesheet = weasyprint.CSS(filename=str(STYLESHEET), font_config=fonts, url_fetcher=fetcher)
        except FatalURLFetchingError as error:
            raise PdfError(f"Стиль документов обращается к постороннему адресу: {error}") from None
        _local.kit = fonts, stylesheet, fetcher
    return _local.kit
