"""A person with a real browser: opens pages, presses what is seen, fills in fields by their names or words.

Every page that a person comes to is looked at: answers, the console, the width, and (where the page is of a kind not
yet seen) a picture is taken and axe-core reads it on a desk's screen and on a phone's.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import urlencode, urljoin, urlsplit

from playwright.sync_api import Browser, Locator, Page, Response

from tests import ROOT

AXE = (ROOT / "tests" / "vendor" / "axe.min.js").read_text()
PICTURES = ROOT / "var" / "screenshots"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MOST_KINDS = 3  # of one address: empty, filled, refused
DESK, PHONE = (1280, 900), (390, 844)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
READ = """rules => axe.run(document, {runOnly: rules, resultTypes: ['violations'], iframes: false}).then(found => found.violations.map(
    fault => `${fault.id}: ${fault.nodes.map(node => node.target.join(' ') + ' ' + node.html.slice(0, 160)).join('; ')}`))"""
KIND = """() => {
    const main = document.querySelector('main') || document.body;
    const seen = new Set([...main.querySelectorAll('*')].map(e => e.tagName + ' ' + e.classList));
    return [...seen].sort().join(',');
}"""
TOO_WIDE = """() => {
    const room = document.documentElement;
    if (room.scrollWidth <= room.clientWidth) return [];
    return [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > room.clientWidth + 1)
        .slice(0, 5).map(e => `${e.tagName} ${e.className}`.trim());
}"""


@dataclass
class Album:
    """What was seen on the way: pages by kind, and everything that was wrong with them."""

    base: str
    pages: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)  # of answers, the console and the content policy
    unreadable: list[str] = field(default_factory=list)  # what axe-core found
    wide: list[str] = field(default_factory=list)  # pages wider than a phone
    kinds: set = field(default_factory=set)

    def complaints(self, page: Page, who: str):
        """Keep a picture of a page of a new kind and read it with axe-core at both widths."""
        address = re.sub(r"\d+(?=/)|[\w-]{30,}", "N", urlsplit(page.url).path)
        kind = (address, page.evaluate(KIND))
        if kind in self.kinds or sum(known[0] == address for known in self.kinds) >= MOST_KINDS:
            return
        self.kinds.add(kind)
        name = f"{len(self.pages) + 1:03} {who} {address.strip('/').replace('/', ' ')}".strip()
        self.pages.append(name)
        own = page.viewport_size
        sizes = (DESK, PHONE) if own["width"] == PHONE[0] else (PHONE, DESK)
        page.evaluate(AXE)
        for width, height in sizes:  # the person's own width comes last and stays
            page.set_viewport_size({"width": width, "height": height})
            self.unreadable += [f"{name} ({width} px): {fault}" for fault in page.evaluate(READ, RULES)]
            if width == PHONE[0] and (parts := page.evaluate(TOO_WIDE)):
                self.wide.append(f"{name}: {parts}")
        page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


class Person:
    """Somebody at a desk or with a phone."""

    def __init__(self, browser: Browser, album: Album, name: str, size=DESK):
        self.album, self.name, self.password = album, name, ""
        self.context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale="ru-RU", has_touch=size == PHONE, base_url=album.base
        )
        self.context.set_default_timeout(30_000)
        self.page = self.context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: album.faults.append(f"{name}, {self.page.url}: {error}"))
        self.page.on("response", self._answered)

    def _heard(self, message):
        if message.type == "error":
            self.album.faults.append(f"{self.name}, {self.page.url}: {message.text}")

    def _answered(self, response: Response):
        if response.status >= 400:
            self.album.faults.append(f"{self.name}: {response.status} {response.url}")

    @property
    def text(self) -> str:
        """The words of the page; no-break spaces count as spaces."""
        return " ".join(self.page.inner_text("body").replace("\u00a0", " ").split())

    def sees(self, *sentences: str):
        """Check that the page says these words."""
        for sentence in sentences:
            assert sentence in self.text, f"{self.name} не видит «{sentence}» на {self.page.url}: {self.text[:1500]}"

    def does_not_see(self, *sentences: str):
        """Check that the page does not say these words."""
        for sentence in sentences:
            assert sentence not in self.text, f"{self.name} видит «{sentence}» на {self.page.url}"

    def go(self, address: str):
        """Open an address as from a bookmark or a letter; log in when the page asks for it."""
        self.page.goto(urljoin(self.album.base, urlsplit(address)._replace(scheme="", netloc="").geturl()))
        self.arrived()

    def arrived(self):
        """Look at the page that has come; log in when it asks for it."""
        self.page.wait_for_load_state()
        self.album.complaints(self.page, self.name)
        if self.password and "/accounts/login/" in self.page.url:
            self.log_in()

    def log_in(self, login: str = "", password: str = ""):
        """Log in on the page of login, which then leads where the person was going."""
        self.password = password or self.password
        self.login = login or self.login
        self.page.fill("[name=login]", self.login)
        self.page.fill("[name=password]", self.password)
        self.page.click("main button[type=submit]")
        assert "/accounts/login/" not in self.page.url, f"{self.name}: {self.text[:300]}"
        self.arrived()

    def home(self):
        """Come to the list of what waits, by the first entry of the navigation where there is one."""
        self.go("/home/")

    def click(self, words: str, within: str = "main"):
        """Follow a link or press a button that is seen, by its words."""
        self._named(words, within).click()
        self.arrived()

    def _named(self, words: str, within: str) -> Locator:
        spot = (
            self.page.locator(f"{within} >> css=a, button, summary").filter(has_text=words).filter(visible=True).first
        )
        assert spot.count(), f"{self.name}: нет «{words}» на {self.page.url}: {self.text[:1500]}"
        return spot

    def take(self, task: str):
        """Take up a task of the home page: press its button."""
        self.home()
        entry = self.page.locator("li.task").filter(has_text=task).first
        assert entry.count(), f"{self.name}: нет дела «{task}»: {self.text[:2500]}"
        folded = entry.locator("xpath=ancestor::details[not(@open)]/summary")
        if folded.count():
            folded.first.click()
        entry.locator("a.btn, button.btn").first.click()
        self.arrived()

    def press(self, words: str = "", *, refused: bool = False, **typed):
        """Fill in the fields (see ``fill``) and press the button; the page comes back with complaints
        only if ``refused``.
        """
        for name, value in typed.items():
            self.fill(name, value)
        form = "main form[method=post]"
        main = self.page.locator(
            ", ".join(f"{form} button.{kind}[type=submit]" for kind in ("btn-primary", "btn-danger"))
        )
        any_button = self.page.locator(f"{form} button[type=submit]")
        with self.page.expect_navigation():  # scripts may ask the server whether it answers before they send
            (any_button.filter(has_text=words) if words else main).first.click()
        self.arrived()
        wrong = self.page.locator(
            ".errors, .invalid-feedback, .note.is-error, .note.is-warning:not(.is-told)"
        ).all_inner_texts()
        assert bool(wrong) == refused, f"{self.name}, {self.page.url}: {wrong}"

    def fill(self, name: str, value):
        """Type into a field, tick or choose by value or words, attach a file; ``True`` ticks the only box."""
        spots = self.page.locator(f"main form [name='{name}'], main [form][name='{name}']")
        assert spots.count(), f"{self.name}: нет поля {name} на {self.page.url}"
        kind = spots.first.evaluate("e => e.tagName == 'INPUT' ? e.type : e.tagName")
        if kind == "file":
            spots.first.set_input_files(value)
        elif kind in ("checkbox", "radio"):
            for one in [value] if isinstance(value, str | bool | int) else value:
                self._tick(spots, one)
        elif kind == "SELECT":
            spots.first.select_option(label=self._option(spots.first, value))
        else:
            spots.first.fill(str(value))

    def _tick(self, spots: Locator, one):
        for index in range(spots.count()):
            spot = spots.nth(index)
            said = spot.evaluate(
                "e => [...(e.labels || [])].map(l => l.innerText).join(' ') + ' ' + (e.closest('tr, li') ||"
                " e).innerText"
            )
            if (
                one is True
                or spot.get_attribute("value") == str(one)
                or (isinstance(one, str) and one in said.replace("\u00a0", " "))
            ):
                spot.check()
                return
        raise AssertionError(f"{self.name}: нет выбора «{one}» на {self.page.url}")

    def _option(self, select: Locator, words: str) -> str:
        options = select.locator("option").all_inner_texts()
        return next(o for o in options if words in o.replace("\u00a0", " "))

    def find(self, words: str):
        """Search a list by its own line of filters."""
        self.page.fill("main form[method=get] [name=q]", words)
        self.page.press("main form[method=get] [name=q]", "Enter")
        self.arrived()

    def shown(self, css: str, words: str) -> bool:
        """Whether something with these words is on the page."""
        return self.page.locator(css).filter(has_text=words).count() > 0

    def file(self, words: str) -> bytes:
        """Return what a link leads to when it is a file."""
        address = self._named(words, "main").get_attribute("href")
        answer = self.context.request.get(urljoin(self.page.url, address))
        assert answer.ok, f"{self.name}: {answer.status} {address}"
        return answer.body()

    def printed(self, words: str) -> bytes:
        """Return the paper that a button prints: its form is sent as it stands."""
        button = self._named(words, "main")
        address, fields = button.evaluate("b => [b.form.action, [...new FormData(b.form, b)]]")
        answer = self.context.request.post(
            address,
            data=urlencode([tuple(pair) for pair in fields]),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )
        assert answer.ok, f"{self.name}: {answer.status} {words}"
        return answer.body()
