"""Everything that one user can read: pages by their links, workbooks of lists, papers; for tests of who sees what."""

import io
import re
import zipfile
from collections import deque
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.test import Client
from pypdf import PdfReader

LINK = re.compile(r'<a[^>]+href="([^"#]+)')
SKIPPED = re.compile(r"^/(help|accounts/logout|static|media|verify|jsi18n)|format=|/\\.|sort=|page=|school_year=")
OPTIONS = re.compile(r"<option.*?</option>", re.DOTALL)
"""Choices of filters name what there may be, not what there is."""
MOST = 90
"""Pages of one user: those nearest to the starts."""


def text_of(response) -> str:
    """Return the words of a page, of a workbook, of a paper."""
    content = response.getvalue() if response.streaming else response.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as whole:
            return unescape("".join(whole.read(name).decode(errors="ignore") for name in whole.namelist()))
    if content[:4] == b"%PDF":
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return content.decode(errors="ignore")


def everything_read(client: Client, starts: list[str]) -> dict[str, str]:
    """Return address -> words of whatever the user reaches from the home and from ``starts`` by links."""
    found: dict[str, str] = {}
    waiting = deque([*starts, "/home/"])
    while waiting and len(found) < MOST:
        address = waiting.popleft()
        if address in found:
            continue
        response = client.get(address)
        text = OPTIONS.sub("", text_of(response)) if response.status_code == 200 else ""
        found[address] = text
        if "html" not in response.get("Content-Type", ""):
            continue
        here = address.partition("?")[0]
        if "format=xlsx" in text and f"{here}?format=xlsx" not in found:
            book = client.get(f"{here}?format=xlsx")
            found[f"{here}?format=xlsx"] = text_of(book) if book.status_code == 200 else ""
        for link in LINK.findall(text):
            where = urlsplit(urljoin(address, link.replace("&amp;", "&")))
            target = where.path + (f"?{where.query}" if where.query else "")
            if not where.netloc and not SKIPPED.search(target) and target not in found:
                waiting.append(target)
    return found
