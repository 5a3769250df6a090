"""An editor's eye: reads what pages and papers show and names what no careful editor would print.

A page is read block by block, as a reader sees it: text of inline elements runs together, white space collapses, a
no-break space stays. Links are gathered for a walk over the site.
"""

import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve
from pypdf import PdfReader

INLINE = frozenset("a abbr b bdi cite code data dfn em i kbd label mark q s small".split()) | {  # noqa: SIM905
    *("span", "strong", "sub", "sup", "time", "u", "var", "wbr"),
}
SILENT = {"script", "style", "template", "textarea", "svg"}  # what a picture says, its table says too
TERM = "term"  # the «?» beside a word of the regulation: a sign on the line, not a part of the sentence
VOID = {"br", "hr", "img", "input", "link", "meta", "col", "source", "wbr", "area", "base", "embed", "track"}
SPOKEN = ("title", "alt", "placeholder", "aria-label", "content")

RULES = {
    "причастие на «ёна»": re.compile(r"\b(?!(?:алёна|матрёна|семёна)\b)[а-яё]+ёна\b", re.IGNORECASE),
    "(а)": re.compile(r"[а-яё]\((?:а|ся|ась|ая|ой|ей|ы|и|ла|на|ов|ев|ям|ами|его|её|у|ом|им)\)"),
    "две точки": re.compile(r"(?<![.\d])\.\.(?!\.)"),
    "г. г.": re.compile(r"\bг\.\s*г\.", re.IGNORECASE),
    "прямые кавычки": re.compile(r'"'),
    "двойной пробел": re.compile(r"[ \u00a0]{2}"),
    "пробел перед знаком": re.compile(r"[^\s|/.][ \u00a0](?:[,;!?]|[.:](?![.\w/]))"),
    "дефис вместо тире": re.compile(r"(?<=[^\W\d_»).])[ \u00a0]-[ \u00a0](?=\S)"),
    "пустое значение": re.compile(r"\b(?:None|null|undefined|NaN|True|False)\b|\{[{%]|\[object"),
    "вы строчное": re.compile(r"\b(?:вы|вас|вам|вами|ваш(?:а|е|и|его|ей|ему|у|им|ем|их|ими)?)\b"),
    "с кем": re.compile(r"\bсо? [А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?(?:ова|ева|ёва|ина|ская)[ \u00a0][А-ЯЁ]"),
}


OF_THE_REGULATION = re.compile(r"персонализированных\(ой\) программ\(ы\)|приказ\(ы\)")  # its words are not ours


def complaints(text: str) -> Iterator[str]:
    """Yield what is wrong with one block of text, each with the words around it."""
    text = OF_THE_REGULATION.sub("приказы", text)
    for name, rule in RULES.items():
        for found in rule.finditer(text):
            yield f"{name}: …{text[max(0, found.start() - 40) : found.end() + 30]}…"
    if text.rfind("«") > text.rfind("»") or 0 <= text.find("»") < text.find("«") or ("»" in text) != ("«" in text):
        yield f"кавычки не закрыты: {text[:160]}"  # one sign closes two quotes that end together (Розенталь)


class Sheet(HTMLParser):
    """Blocks of visible text of a page and the links on it."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self.links: list[str] = []
        self._text: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self._break()

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        if known.get("class") == TERM:
            self._text = ["".join(self._text).rstrip(" \n")]
        if tag not in VOID:
            self._open.append(f"{tag}.{TERM}" if known.get("class") == TERM else tag)
        if tag not in INLINE:
            self._break()
        if tag == "a" and known.get("href"):
            self.links.append(known["href"])
        if tag not in ("meta", "link"):
            self.blocks.extend(known[name] for name in SPOKEN if known.get(name))

    def handle_endtag(self, tag):
        if tag in self._open or f"{tag}.{TERM}" in self._open:
            while self._open.pop() not in (tag, f"{tag}.{TERM}"):
                pass
        if tag not in INLINE:
            self._break()

    def handle_data(self, data):
        if not (SILENT | {f"a.{TERM}"}) & set(self._open):
            self._text.append(data)

    def _break(self):
        text = re.sub(r"[ \t\r\n]+", " ", "".join(self._text)).strip(" ")
        if text:
            self.blocks.append(text)
        self._text = []


def paper_text(data: bytes) -> list[str]:
    """Return the pages of a PDF as text in one line each, without spaces that the layout put in."""
    pages = (page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    return [re.sub(r"\s+", " ", page.replace("\u00ad", "")) for page in pages]


PIECES = ("bootstrap5/", "django/", "documents/")
"""Templates that a page may draw before its own: fields of its forms, a paper that it holds."""
PAPER_RULES = ("причастие на «ёна»", "(а)", "две точки", "г. г.", "прямые кавычки", "пустое значение", "вы строчное")


def kind_of(address: str) -> str:
    """Return what kind of page an address opens: its view, and what names a kind of thing in it; empty for none."""
    parts = urlsplit(address)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return ""
    named = [value for value in match.kwargs.values() if isinstance(value, str) and not value.isdigit()]
    return " ".join([match.view_name, *named, "query" if parts.query else ""]).strip()


class Walk:
    """A walk over the site as one person: a page of every kind, as it is linked, and a paper of every kind."""

    def __init__(self, client: Client, *, papers: set[str] | None = None):
        self.client = client
        self.papers = set() if papers is None else papers
        """Kinds of papers that have been read: each is drawn once by all walks that share the set."""
        self.seen: set[str] = set()
        self.kinds: set[str] = set()
        self.found: dict[str, str] = {}
        self.pages: list[tuple[str, bytes, tuple[str, ...]]] = []
        """Address, body and templates of every page, the page's own template first."""

    def start(self, *addresses: str) -> dict[str, str]:
        """Walk from the addresses; return complaints with the first address of each."""
        waiting = list(addresses)
        while waiting:
            url = waiting.pop(0)
            for link in self._read(url):
                address = urljoin(url, link).partition("#")[0]
                if address not in self.seen and self._is_new(address):
                    waiting.append(address)
        return self.found

    def _is_new(self, address: str) -> bool:
        parts = urlsplit(address)
        kind = "" if parts.netloc or parts.scheme else kind_of(address)
        if not kind or kind in self.kinds or kind in self.papers:
            return False
        self.kinds.add(kind)
        self.seen.add(address)
        return True

    def _read(self, url: str) -> list[str]:
        response = self.client.get(url, follow=True)
        kind = response.get("Content-Type", "")
        body = b"".join(response.streaming_content) if response.streaming else response.content
        if response.status_code >= 500:
            self.found[f"ошибка {response.status_code}"] = url
        if kind.startswith("text/html"):
            names = [template.name for template in response.templates if template.name]
            own = tuple(name for name in names if name.endswith(".html") and not name.startswith(PIECES))
            self.pages.append((response.request["PATH_INFO"], body, own))
            sheet = Sheet(body.decode())
            for block in sheet.blocks:
                for words in complaints(block):
                    self.found.setdefault(words, url)
            return sheet.links
        if kind.startswith("application/pdf"):
            self.papers.add(kind_of(url))
            for page in paper_text(body):
                for words in complaints(page):
                    if words.startswith(PAPER_RULES):
                        self.found.setdefault(words, url)
        return []
