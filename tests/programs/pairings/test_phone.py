"""Choosing on a phone: one mentee at a time; at a desk seven mentees on two screens with a table of everybody.

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
from reports.help.models import TourSeen
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
pytestmark = [pytest.mark.django_db, pytest.mark.point("21", "10.6")]
LONG = "научиться вести репетицию ансамбля, держать темп и подготовить учеников к академическому концерту"
FOLDED = 110  # pixels of a folded card on a phone
SCREEN = 844


@pytest.fixture
def choice(cast, as_user):
    """The page with seven mentees and eleven mentors, who say a lot."""
    for part, count in (("mentee", 7), ("mentor", 11)):
        for _ in range(count):
            candidate = make_candidate(make_person("Санджи-Горяева", "Герензел", consent=True), part, by=cast.director)
            Statement.objects.filter(candidate=candidate).update(text=LONG)
    TourSeen.objects.create(user=cast.curator, page="*")  # no hints: the page as it looks every day
    return as_user(cast.curator).get(reverse("programs:pairing_new")).content.decode()


@pytest.fixture
def desk_and_phone(choice):
    """The same page in Chromium without scripts, as width → window."""
    yield from windows_of(choice)


@pytest.fixture
def school_on_a_phone(choice, cast, as_user):
    """The page of the whole school on a phone."""
    page = as_user(cast.curator).get(reverse("programs:pairing_school")).content.decode()
    for windows in windows_of(page):
        yield windows[390]


def windows_of(page):
    """Yield windows with a page, by width."""
    playwright = pytest.importorskip("playwright.sync_api")
    if not Path("/usr/bin/chromium").exists():
        pytest.skip("нет /usr/bin/chromium")

    def serve(route):
        path = re.sub(r"^https?://[^/]+", "", route.request.url).split("?")[0]
        file = ROOT / path.lstrip("/")
        if path.startswith("/static/") and file.is_file():
            return route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(path)[0] or "font/woff2")
        return route.fulfill(body=page, content_type="text/html; charset=utf-8")

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


def test_a_card_says_whom_and_what_in_a_line(choice):
    assert choice.count('<details class="choice"') == 7
    assert choice.count('<span class="one-line">Научиться вести репетицию') == 7
    assert choice.count("<summary>Чему отвечает") == 7 * SHOWN
    assert choice.count(f"Ещё {11 - SHOWN}\xa0наставников") == 7  # they stand on a page of their own


@pytest.mark.browser
def test_a_phone_shows_one_mentee_at_a_time_with_three_mentors_and_folded_reasons(desk_and_phone):
    phone = desk_and_phone[390]
    cards = phone.locator(".choice")
    assert not phone.locator(".matrix").is_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    heights = [cards.nth(n).bounding_box()["height"] for n in range(1, 7)]
    assert max(heights) <= FOLDED, heights
    assert cards.first.locator("label.pick").count() == SHOWN + 1  # the best three and nobody
    why = cards.first.locator(".fit-why").first
    assert not why.is_visible()
    cards.first.locator(".offer summary").first.click()
    assert why.is_visible()
    cards.nth(1).locator(":scope > summary").click()
    assert cards.nth(1).locator("label.pick").first.is_visible()
    assert not cards.first.locator("label.pick").first.is_visible()
    boxes = [phone.locator(".choice[open] label.pick").nth(n).bounding_box()["height"] for n in range(SHOWN + 1)]
    assert min(boxes) >= 44


@pytest.mark.browser
def test_seven_mentees_take_two_screens_at_a_desk_and_the_keyboard_moves_the_choice(desk_and_phone):
    desk = desk_and_phone[1280]
    assert desk.evaluate("document.documentElement.scrollHeight") <= 2 * SCREEN
    row = desk.locator(".matrix tbody tr").first
    assert row.locator("input").count() == 11 + 1
    row.locator("label").nth(2).click()
    assert row.locator("input:checked").count() == 1
    before = row.locator("input:checked").get_attribute("value")
    desk.keyboard.press("ArrowRight")
    after = row.locator("input:checked").get_attribute("value")
    assert after != before
    name = row.locator("input").first.get_attribute("name")
    assert desk.locator(f"input[name={name}]:checked").count() == 1  # the table and the card are one choice


@pytest.mark.browser
@pytest.mark.point("11.8")
def test_the_whole_school_fits_a_phone(school_on_a_phone):
    phone = school_on_a_phone
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    assert phone.locator(".variant").count() >= 1 and phone.locator("tbody tr").count() == 7
    for place in (".choosing-acts .btn", "tbody select"):
        heights = [box["height"] for one in phone.locator(place).all() if (box := one.bounding_box())]
        assert heights and min(heights) >= 44, place
