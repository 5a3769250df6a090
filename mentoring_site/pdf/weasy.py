"""WeasyPrint: HTML in, tagged PDF bytes out. Called only by ``pdf.render_pdf``, which says what papers may open."""

import threading

import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from mentoring_site.pdf.resources import STATIC, STYLESHEET, PdfError, allowed

_local = threading.local()


class StaticFetcher(URLFetcher):
    """Opens ``data:`` addresses and files of the static folder, and stops the rendering on anything else."""

    def __init__(self):
        super().__init__(allowed_protocols=("data", "file"), allow_redirects=False)
        self.refused = []  # WeasyPrint swallows even a fatal error inside an SVG picture

    def fetch(self, url, headers=None):
        if not allowed(url):
            self.refused.append(url[:200])
            raise FatalURLFetchingError(url[:200])
        return super().fetch(url, headers)


def html_to_pdf(html: str) -> bytes:
    """Return a PDF/UA-1 file of the HTML; raises ``PdfError`` when it asks for a foreign address."""
    fonts, stylesheet, fetcher = drawing_kit()
    fetcher.refused.clear()
    try:
        document = weasyprint.HTML(string=html, base_url=STATIC.as_uri() + "/", url_fetcher=fetcher)
        drawn = document.write_pdf(
            font_config=fonts, stylesheets=[stylesheet], pdf_variant="pdf/ua-1", pdf_identifier=False
        )
    except FatalURLFetchingError as error:  # a BaseException: it must not travel further
        raise PdfError(f"Документ обращается к постороннему адресу: {error}") from None
    if fetcher.refused:
        raise PdfError(f"Документ обращается к постороннему адресу: {fetcher.refused[0]}")
    return drawn


def drawing_kit():
    """The fonts, the parsed stylesheet and the fetcher of this thread: made once, because fresh ones leak."""
    if not hasattr(_local, "kit"):
        fonts, fetcher = FontConfiguration(), StaticFetcher()
        try:
            stylesheet = weasyprint.CSS(filename=str(STYLESHEET), font_config=fonts, url_fetcher=fetcher)
        except FatalURLFetchingError as error:
            raise PdfError(f"Стиль документов обращается к постороннему адресу: {error}") from None
        _local.kit = fonts, stylesheet, fetcher
    return _local.kit
