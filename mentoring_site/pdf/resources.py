"""Papers as PDF: plain facts and a template in, tagged PDF/UA-1 bytes out.

A paper is drawn from *facts*, a JSON-serialisable dictionary that is also the context of its template; the facts
are kept with the paper, so the same facts and the same `RENDERER` give the same bytes for ever. Nothing is fetched
but ``data:`` addresses and files of our static folder; anything else stops the rendering.
"""

from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from django.conf import settings

STATIC = (Path(settings.BASE_DIR) / "static").resolve()
STYLESHEET = STATIC / "css" / "document.css"


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
