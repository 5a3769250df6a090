"""Reads kept pages in Chromium as people would see them, at a desk and on a phone.

No server answers: a page that the test client has drawn is laid before the browser together with the styles of the
repository. Each page is measured and read by axe-core at 1280 pixels as it comes, and at 390 with all folds open.
"""

import mimetypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Route

from tests import ROOT
from tests.e2e.browser import AXE, DESK, PHONE, READ, RULES, TOO_WIDE

SCREENS = 3
"""So many screens of a desk a page may be high, unless it is a document or a list of 25."""
FINGER = 44
HOME = "reports/home/home.html"
READERS = {"": "visitor", "mentor": "participant", "mentee": "participant"}
DOCUMENTS = frozenset(
    {
        "reports/orders/order.html",  # the text of an order and its paper
        "reports/help/terms.html",  # the glossary, read from А to Я
        "reports/surveys/survey.html",  # the results of a survey, question by question
        "reports/annual_report/annual.html",  # the report as it is printed
        "reports/monitoring/monitoring.html",  # the results of a monitoring
        "reports/statistics/statistics.html",  # the note as it is printed
        "reports/statistics/note.html",
        "reports/figures/figures.html",  # the year in pictures, as it is printed
        "programs/program/program.html",  # the programme as it was approved
        "roadmap/regulation/regulation_version.html",  # a version of the Положение beside the former one
        "roadmap/events/event.html",  # an event with its programme, decisions and results
        "programs/journal/journal.html",  # a list of meetings, a page at a time
        "reports/site/public/regulation.html",  # the Положение as it was accepted
        "reports/site/public/roadmap.html",  # the roadmap as it was approved
        "roadmap/regulation/regulation.html",
    }
)
"""Pages whose matter is the whole text of a document, or a list that is no ``list.html``."""
MORE_RULES = [*RULES, "wcag22aa", "best-practice"]
HEIGHT = "() => Math.ceil(document.documentElement.scrollHeight)"
UNFOLD = "() => document.querySelectorAll('main details').forEach(e => { e.open = true })"
SMALL = """least => {
    const block = e => { while (['inline', 'contents'].includes(getComputedStyle(e).display)) e = e.parentElement; return e; };
    const among_words = link => {  // a link inside a sentence is as high as its line
        if (getComputedStyle(link).display != 'inline') return false;
        const room = block(link), walk = document.createTreeWalker(room, NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) {
            const words = walk.currentNode, own = words.parentElement;
            if (/[\\p{L}\\d]/u.test(words.data) && !own.closest('a, button, .visually-hidden') && block(own) == room) return true;
        }
        return false;
    };
    const takes = (e, x, y) => {
        const found = document.elementFromPoint(x, y), label = found && found.closest('label');
        return found && (e.contains(found) || (label && label.control == e));
    };
    const room = (e, box) => {  // how far above and below its middle a finger still hits it
        box.scrollIntoView({block: 'nearest', inline: 'nearest'});  // a bar of tabs moves sideways
        const line = box.getClientRects()[0], x = line.x + line.width / 2, y = line.y + line.height / 2;
        let up = 0, down = 0;
        while (up < least / 2 && takes(e, x, y - up - 1)) up += 1;
        while (down < least && takes(e, x, y + down + 1)) down += 1;
        return up + down + 1;
    };
    const clipped = e => e.closest('.visually-hidden') || (e.closest('thead') || e).getBoundingClientRect().width <= 1;
    return [...document.querySelectorAll('main :is(a[href], button, summary, select, textarea, input:not([type=hidden]))')]
        .filter(e => e.checkVisibility({visibilityProperty: true}) && !clipped(e) && !among_words(e))
        .map(e => [e, Math.max(...[e, ...(e.labels || [])].filter(box => box.getClientRects().length).map(box => room(e, box)))])
        .filter(([e, high]) => high < least - 2)
        .map(([e, high]) => `${e.tagName} ${e.className} ${(e.innerText || e.name || '').trim().slice(0, 40)}: ${high}`);
}"""


@dataclass(frozen=True)
class Kept:
    """A page as somebody was given it; the first of its templates is its own."""

    who: str
    url: str
    html: bytes
    templates: tuple[str, ...]

    @property
    def name(self) -> str:
        """What a complaint calls it."""
        return f"{self.who or 'visitor'} {self.url} ({self.templates[0]})"

    @property
    def may_be_high(self) -> bool:
        """Whether it is a list of 25 or a document."""
        return "list.html" in self.templates or bool(DOCUMENTS & set(self.templates))

    @property
    def kind(self) -> tuple[str, str]:
        """Its template and what sort of person reads it; a home is everybody's own."""
        own = self.who if self.templates[0] == HOME else READERS.get(self.who, "office")
        return self.templates[0], own


def one_of_each(pages: Iterable[Kept]) -> list[Kept]:
    """Return the first page of every kind."""
    found: dict[tuple[str, str], Kept] = {}
    for page in pages:
        found.setdefault(page.kind, page)
    return list(found.values())


class Reader:
    """One window of a browser, which is shown page after page."""

    def __init__(self, browser: Browser):
        context = browser.new_context(reduced_motion="reduce", locale="ru-RU")
        self.tab: Page = context.new_page()
        self.tab.route("**/*", self._answer)
        self.shown: Kept | None = None
        self.broken: list[str] = []
        self.tab.on("pageerror", lambda error: self.broken.append(str(error)))

    def _answer(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        file = ROOT / path.lstrip("/")
        if self.shown and route.request.is_navigation_request() and route.request.frame == self.tab.main_frame:
            route.fulfill(body=self.shown.html, content_type="text/html; charset=utf-8")
        elif path.startswith("/static/") and file.is_file():
            route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(path)[0] or "font/woff2")
        else:
            route.fulfill(status=204)

    def faults(self, page: Kept) -> Iterator[str]:
        """Yield what is wrong with a page at both widths."""
        self.shown = page
        self.tab.set_viewport_size({"width": DESK[0], "height": DESK[1]})
        self.tab.goto(f"http://page.test{page.url}")
        self.tab.evaluate(AXE)
        height = self.tab.evaluate(HEIGHT)
        if height > SCREENS * DESK[1] and not page.may_be_high:
            yield f"высота {height} px"
        yield from self._at(DESK[0])
        self.tab.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        self.tab.evaluate(UNFOLD)
        yield from self._at(PHONE[0])
        self.tab.set_viewport_size({"width": PHONE[0], "height": self.tab.evaluate(HEIGHT)})
        yield from (f"меньше {FINGER} px: {target}" for target in self.tab.evaluate(SMALL, FINGER))
        yield from self.broken
        self.broken.clear()

    def _at(self, width: int) -> Iterator[str]:
        yield from (f"{width} px: {fault}" for fault in self.tab.evaluate(READ, MORE_RULES))
        if wide := self.tab.evaluate(TOO_WIDE):
            yield f"{width} px: шире экрана: {wide}"
