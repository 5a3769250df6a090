"""Choosing on a phone: compact cards, of which the rest unfolds; at a desk everything lies open.

No script is needed.
"""

import mimetypes
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from people.banks.models import Statement
from programs.pairings.choice_presenters import SHOWN
from tests.factories import make_candidate, make_person

ROOT = Path(settings.BASE_DIR)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
pytestmark = [pytest.mark.django_db, pytest.mark.point("21")]
LONG = "научиться вести репетицию ансамбля, держать темп и подготовить учеников к академическому концерту"
HEIGHT = 215  # pixels of a card on a phone: four on a screen


@pytest.fixture
def choice(cast, as_user):
    """The page with twelve mentees and eleven mentors, who say a lot: too many for a table."""
    for part, count in (("mentee", 12), ("mentor", 11)):
        for _ in range(count):
            candidate = make_candidate(make_person("Санджи-Горяева", "Герензел"), part, by=cast.director)
            Statement.objects.filter(candidate=candidate).update(text=LONG)
    return as_user(cast.curator).get(reverse("programs:pairing_new")).content.decode()


@pytest.fixture
def desk_and_phone(choice):
    """The same page in Chromium without scripts, as width → window."""
    playwright = pytest.importorskip("playwright.sync_api")
    if not Path("/usr/bin/chromium").exists():
        pytest.skip("нет /usr/bin/chromium")

    def serve(route):
        path = re.sub(r"^https?://[^/]+", "", route.request.url).split("?")[0]
        file = ROOT / path.lstrip("/")
        if path.startswith("/static/") and file.is_file():
            return route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(path)[0] or "font/woff2")
        return route.fulfill(body=choice, content_type="text/html; charset=utf-8")

    with playwright.sync_playwright() as p:
        chromium = p.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        windows = {}
        for width in (390, 1280):
            tab = chromium.new_page(viewport={"width": width, "height": 844}, java_script_enabled=False, locale="ru-RU")
            tab.route("**/*", serve)
            tab.goto("http://school.test/")
            windows[width] = tab
        yield windows
        chromium.close()


def test_a_card_says_whom_and_why_in_a_line(choice):
    assert choice.count('<section class="sheet choice"') == 12
    assert choice.count('<p class="brief one-line">Научиться вести репетицию') == 12
    assert choice.count("<summary>Анкета и наставники") == 12
    assert choice.count("<summary>Чему отвечает") == 12 * SHOWN
    assert choice.count(f"Ещё {11 - SHOWN}\xa0наставников") == 12  # they stand on a page of their own
    assert "<details open" not in choice


@pytest.mark.browser
def test_twelve_cards_are_scanned_on_a_phone_and_lie_open_at_a_desk(desk_and_phone):
    phone, desk = desk_and_phone[390], desk_and_phone[1280]
    cards = phone.locator(".choice")
    heights = [cards.nth(n).bounding_box()["height"] for n in range(cards.count())]
    assert len(heights) == 12 and max(heights) <= HEIGHT, heights
    offer = phone.locator(".choice").first.get_by_text("Предложить").first
    assert not offer.is_visible()
    cards.first.locator("summary").first.click()
    assert offer.is_visible()
    why = cards.first.locator(".fit-why").first
    assert not why.is_visible()
    cards.first.locator(".fit summary").first.click()
    assert why.is_visible()

    first = desk.locator(".choice").first
    assert first.get_by_text("Предложить").first.is_visible() and first.locator(".fit-why").first.is_visible()
    assert not first.locator(".brief").first.is_visible() and not first.locator("summary").first.is_visible()
