"""A reader with a plain browser: opens pages, follows links by their words, fills in forms and presses buttons.

Forms are posted with everything that the page itself put into them (hidden keys, versions, preselected choices), so a
test says only what a person would type.
"""

from urllib.parse import urljoin

import tinyhtml5
from django.test import Client


def words(element) -> str:
    """Return the text of an element with single spaces; no-break spaces count as spaces."""
    return " ".join("".join(element.itertext()).replace("\u00a0", " ").split())


def read_out(response):
    """Return the answer with its file read to the end and put away; ``close()`` would drop the test's
    own connection.
    """
    if response.streaming:
        b"".join(response.streaming_content)
    return response


class Page:
    """An answer of the site as a reader sees it."""

    def __init__(self, response, url: str):
        self.response, self.url, self.status = response, url, response.status_code
        html = response.content.decode() if "html" in response.get("Content-Type", "") else ""
        self.tree = tinyhtml5.parse(html, namespace_html_elements=False) if html else None
        self.text = words(self.tree.find("body")) if html else ""

    def heading(self) -> str:
        """Return the words of the page's main heading."""
        return words(next(self.tree.iter("h1")))

    def links(self) -> dict[str, str]:
        """Return addresses of links by their words; the first of the same words wins."""
        found: dict[str, str] = {}
        for a in self.tree.iter("a"):
            if a.get("href"):
                found.setdefault(words(a), a.get("href"))
        return found

    def forms(self) -> list:
        """Return the forms of the main part of the page."""
        main = next(self.tree.iter("main"), self.tree)
        return list(main.iter("form"))

    def form(self, button: str | None = None):
        """Return the form with a button of the given words, or the only POST form."""
        posts = [f for f in self.forms() if (f.get("method") or "get").lower() == "post"]
        if button:
            posts = [f for f in posts if any(button in words(b) for b in f.iter("button"))]
        assert posts, f"нет формы «{button or ''}» на странице {self.url}: {self.text[:400]}"
        return posts[0]


def filled(form) -> dict:
    """Return what the form would post untouched."""
    data: dict[str, list[str]] = {}
    for field in form.iter():
        name = field.get("name")
        if not name or field.get("disabled") is not None:
            continue
        kind = field.get("type", "text").lower()
        if field.tag == "input" and kind not in ("submit", "button", "file"):
            if kind in ("checkbox", "radio") and field.get("checked") is None:
                continue
            data.setdefault(name, []).append(field.get("value", "on" if kind == "checkbox" else ""))
        elif field.tag == "textarea":
            data.setdefault(name, []).append(("".join(field.itertext())).removeprefix("\n"))
        elif field.tag == "select":
            chosen = [o for o in field.iter("option") if o.get("selected") is not None]
            if not chosen and field.get("multiple") is None:
                chosen = list(field.iter("option"))[:1]
            data.setdefault(name, []).extend(o.get("value", words(o)) for o in chosen)
    return data


def choice(form, name: str, label: str) -> str:
    """Return the value of the choice whose label contains ``label``."""
    for select in form.iter("select"):
        if select.get("name") == name:
            for option in select.iter("option"):
                if label in words(option):
                    return option.get("value", words(option))
    labels = {lab.get("for"): words(lab) for lab in form.iter("label")}
    for field in form.iter("input"):
        if field.get("name") == name and label in labels.get(field.get("id"), ""):
            return field.get("value")
    raise AssertionError(f"в поле {name} нет выбора «{label}»")


class Reader:
    """One person with a browser of one's own."""

    def __init__(self, **extra):
        self.client, self.extra = Client(), extra
        self.page: Page | None = None

    def open(self, url: str) -> Page:
        """Open an address, following redirects."""
        response = self.client.get(url, follow=True, **self.extra)
        self.page = Page(response, response.redirect_chain[-1][0] if response.redirect_chain else url)
        return self.page

    def follow(self, text: str) -> Page:
        """Follow the link whose words begin with ``text``, else one whose words contain it."""
        links = self.page.links()
        for label in sorted(links, key=lambda label: not label.startswith(text)):
            if text in label:
                return self.open(urljoin(self.page.url, links[label]))
        raise AssertionError(f"нет ссылки «{text}» на странице {self.page.url}: {list(self.page.links())}")

    def press(self, button: str | None = None, *, expect: int = 200, choose: dict | None = None, **typed) -> Page:
        """Fill in the form with ``button`` and press it; the page that follows must answer ``expect``.

        ``typed`` are values by field name (a list ticks several), ``choose`` are words of choices by field name.
        """
        form = self.page.form(button)
        data = filled(form)
        for name, label in (choose or {}).items():
            labels = [label] if isinstance(label, str) else label
            data[name] = [choice(form, name, one) for one in labels]
        files = {name: value for name, value in typed.items() if hasattr(value, "read")}
        for name, value in typed.items():
            if name not in files:
                data[name] = [str(v) for v in value] if isinstance(value, list | tuple) else [str(value)]
        for b in form.iter("button"):
            if button and button in words(b) and b.get("name"):
                data[b.get("name")] = [b.get("value", "")]
        url = urljoin(self.page.url, form.get("action") or self.page.url)
        before = self.page.url
        response = self.client.post(url, {**data, **files}, follow=True, **self.extra)
        self.page = Page(response, response.redirect_chain[-1][0] if response.redirect_chain else url)
        assert self.page.status == expect, f"{url}: {self.page.status} {self.page.text[:300]}"
        if expect == 200 and not response.redirect_chain and self.page.url == before:
            errors = [
                words(e)
                for e in self.page.tree.iter()
                if "invalid-feedback" in (e.get("class") or "") or "error-summary" in (e.get("class") or "")
            ]
            raise AssertionError(f"{url}: форма не принята: {errors or self.page.text[:600]}")
        return self.page
