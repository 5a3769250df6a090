"""Markdown of news, help and the Положение to clean HTML: raw HTML is off, the result is sanitised besides."""

from functools import lru_cache

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

TAGS = {
    "p",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "a",
    "blockquote",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "br",
    "hr",
    "code",
}


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def render(text: str) -> SafeString:
    """Return clean HTML of a Markdown text; links get rel=noopener, the page's own heading stays the only h1."""
    html = _parser().render(text).replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    return SafeString(
        nh3.clean(html, tags=TAGS, attributes={"a": {"href", "title"}}, url_schemes={"http", "https", "mailto"})
    )
