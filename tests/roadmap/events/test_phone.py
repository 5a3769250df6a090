"""Attendance on a telephone in Chromium without scripts: one tap a person, and the code at the door (п. 3.4)."""

import mimetypes
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Empty, Queue
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from reports.help.models import TourSeen
from roadmap.events import attendance
from tests.programs.pairings.test_phone import FLAGS, ROOT
from tests.roadmap.events.kit import an_event, day, moved_to, row_of

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.point("12.5")]
CHROMIUM = Path("/usr/bin/chromium")
FORM = "application/x-www-form-urlencoded"


def served(asks):
    """Return how the browser's requests are answered: files from the disk, pages by whoever reads the queue."""

    def serve(route):
        request, address = route.request, urlsplit(route.request.url)
        file = ROOT / address.path.lstrip("/")
        if address.path.startswith("/static/") and file.is_file():
            kind = mimetypes.guess_type(address.path)[0] or "font/woff2"
            return route.fulfill(body=file.read_bytes(), content_type=kind)
        reply = Queue()
        asks.put((request.method, address.path, request.post_data or "", reply))
        return route.fulfill(body=reply.get(timeout=30), content_type="text/html; charset=utf-8")

    return serve


def browse(playwright, script, asks):
    """Run a script with a window of 390 px, in a thread of its own."""
    with playwright.sync_playwright() as p:
        chromium = p.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        tab = chromium.new_page(viewport={"width": 390, "height": 844}, java_script_enabled=False, locale="ru-RU")
        tab.route("**/*", served(asks))
        try:
            return script(tab)
        finally:
            chromium.close()


@pytest.fixture
def walk():
    """Return a function ``(client, script)``: the script walks over the site on a phone, as whoever has logged in."""
    playwright = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM.exists():
        pytest.skip("нет /usr/bin/chromium")

    def run(client, script):
        asks = Queue()
        with ThreadPoolExecutor(1) as pool:
            done = pool.submit(browse, playwright, script, asks)
            while not done.done():
                try:
                    method, path, data, reply = asks.get(timeout=0.05)
                except Empty:
                    continue
                post = {"data": data, "content_type": FORM} if method == "POST" else {}
                reply.put(getattr(client, method.lower())(path, follow=True, **post).content)
        return done.result()

    return run


@pytest.fixture
def today_event(cast):
    for user in (cast.curator, cast.mentor):
        TourSeen.objects.create(user=user, page="*")
    people = [cast.mentor.person, cast.mentee.person, cast.stranger.person]
    return moved_to(an_event(cast, people=people), day())


def test_a_tap_marks_a_person_and_another_takes_it_back(cast, as_user, walk, today_event):
    url = f"http://school.test{reverse('roadmap:event_attendance', args=[today_event.pk])}"
    name = re.compile(cast.mentor.person.full_name)

    def one_tap(tab):
        tab.goto(url)
        ticks = tab.locator("button.roll-mark")
        heights = [ticks.nth(n).bounding_box()["height"] for n in range(ticks.count())]
        width = tab.evaluate("document.documentElement.scrollWidth")
        tab.get_by_role("button", name=name).click()
        return width, heights, tab.get_by_role("button", name=name).get_attribute("aria-pressed")

    width, heights, pressed = walk(as_user(cast.curator), one_tap)
    assert (width, len(heights), pressed) == (390, 3, "true") and min(heights) >= 44
    assert row_of(today_event, cast.mentor).is_present and not row_of(today_event, cast.mentee).is_present
    assert walk(as_user(cast.curator), one_tap)[2] == "false"
    assert row_of(today_event, cast.mentor).is_present is False


def test_the_code_at_the_door_opens_on_a_phone_and_one_tap_marks(cast, as_user, walk, today_event):
    shown = as_user(cast.curator).get(reverse("roadmap:event_door", args=[today_event.pk]))
    path = reverse("roadmap:event_arrive", args=[attendance.door_token(today_event)])
    assert shown.context["address"].endswith(path)

    def arrive(tab):
        tab.goto(f"http://school.test{path}")
        width = tab.evaluate("document.documentElement.scrollWidth")
        button = tab.get_by_role("button", name="Я здесь")
        height = button.bounding_box()["height"]
        button.click()
        return width, height, tab.locator("h1").inner_text()

    width, height, heading = walk(as_user(cast.mentor), arrive)
    assert (width, heading) == (390, "Вы отмечены") and height >= 44
    row = row_of(today_event, cast.mentor)
    assert (row.is_present, row.way) == (True, "qr")
