"""Nine places at most, their sections, the settings on one page, the way back, four places on a phone."""

from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import sync_playwright as playwright

from people.school.models import School
from reports.home.places import GROUPS
from tests.factories import make_program
from tests.mentoring_site import test_face as face
from tests.programs.journal.kit import make_running
from tests.reports.home.test_pages import ALL

pytestmark = [pytest.mark.django_db, pytest.mark.point("10.4")]


def places(client) -> list:
    return [item for group in client.get("/home/").context["nav"] for item in group]


def test_nobody_has_more_than_nine_places_and_each_opens(cast, as_user):
    assert sum(len(group) for group in GROUPS) <= 9
    for name in ALL:
        client = as_user(getattr(cast, name))
        found = places(client)
        assert 3 <= len(found) <= 9, name
        opened = {item.url: client.get(item.url, follow=True).status_code for item in found}
        assert set(opened.values()) == {200}, (name, opened)


def test_every_section_that_a_role_sees_opens(cast, as_user):
    for name in ALL:
        client = as_user(getattr(cast, name))
        for place in places(client):
            tabs = client.get(place.url, follow=True).context["nav_tabs"]
            assert [tab.label for tab in tabs if tab.current] == ([tabs[0].label] if tabs else [])
            assert all(client.get(tab.url, follow=True).status_code == 200 for tab in tabs), (name, place.label)


def test_a_place_with_one_section_bears_its_name(cast, as_user):
    assert "Запросы доступа" in [item.label for item in places(as_user(cast.chair))]
    assert "Ознакомление" in [item.label for item in places(as_user(cast.stranger))]
    assert [item.label for item in places(as_user(cast.curator))][-1] == "Настройки"


def test_consents_agreements_and_notices_are_one_place(cast, as_user):
    tabs = as_user(cast.clerk).get("/consents/").context["nav_tabs"]
    assert [tab.label for tab in tabs] == ["Согласия", "Соглашения", "Уведомления"]
    page = as_user(cast.clerk).get(tabs[1].url)
    assert [t.label for t in page.context["nav_tabs"] if t.current] == ["Соглашения"]
    assert [i.label for g in page.context["nav"] for i in g if i.current] == ["Согласия"]


@pytest.mark.parametrize(
    ("role", "names"),
    [
        ("mentor", ["reports:home", "programs:programs", "reports:talks", "reports:acquaintance"]),
        ("mentee", ["reports:home", "programs:programs", "reports:talks", "reports:acquaintance"]),
        ("curator", ["reports:home", "programs:programs", "programs:pairings", "reports:orders"]),
        ("clerk", ["reports:home", "reports:orders", "people:register", "people:consents"]),
        ("stranger", ["reports:home", "reports:acquaintance", "people:consents", "roadmap:roadmaps"]),
    ],
)
def test_a_phone_has_four_places_by_role(cast, as_user, role, names):
    make_running(cast)
    bottom = as_user(getattr(cast, role)).get("/home/").context["nav_phone"]
    assert [item.name for item in bottom] == names and [item.current for item in bottom] == [True, False, False, False]


def test_everybody_has_four_places_on_a_phone(cast, as_user):
    for name in ALL:
        assert len(as_user(getattr(cast, name)).get("/home/").context["nav_phone"]) == 4, name


def test_the_talk_of_the_only_program_opens_at_once(cast, as_user):
    program, _ = make_running(cast)
    assert as_user(cast.mentor).get(reverse("reports:talks")).url == reverse("programs:talk", args=[program.pk])
    assert "Разговор начинается вместе с программой" in as_user(cast.stranger).get("/talks/").content.decode()


def test_several_talks_are_a_list(cast, as_user):
    first = make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    second = make_program(cast, "running", mentor=cast.chair, mentee=cast.mentor)
    page = as_user(cast.mentor).get("/talks/")
    assert set(page.context["programs"]) == {first, second}
    assert reverse("programs:talk", args=[second.pk]) in page.content.decode()


def test_the_settings_are_one_page(cast, as_user):
    page = as_user(cast.curator).get("/settings/")
    assert {e.name for e in page.context["entries"]} >= {"people:roles", "people:accounts", "people:workdays"}
    assert [p.label for p in page.context["particulars"]][:2] == ["Название", "Учредитель"]
    assert as_user(cast.sysadmin).get("/settings/").context["particulars"] == []
    assert as_user(cast.mentor).get("/settings/").status_code == 403
    for entry in page.context["entries"]:
        if entry.name != "health_details":
            crumbs = as_user(cast.curator).get(entry.url).context["nav_crumbs"]
            assert crumbs[0] == ("Настройки", "/settings/"), entry.name


def test_a_short_form_asks_for_one_number_and_comes_back(cast, as_user):
    client, school = as_user(cast.curator), School.get()
    address = reverse("people:school_part", args=["phone"])
    page = client.get(f"{address}?next=/settings/")
    assert list(page.context["form"].fields) == ["phone", "version"]
    answer = client.post(f"{address}?next=/settings/", {"phone": "8 (84722) 3-00-00", "version": school.version})
    assert answer.url == "/settings/" and School.get().phone
    assert (School.get().inn, School.get().name) == (school.inn, school.name)
    outside = client.post(f"{address}?next=//evil.example/", {"phone": "1", "version": School.get().version})
    assert outside.url == reverse("people:school")
    assert client.get(reverse("people:school_part", args=["nothing"])).status_code == 404


def test_a_wrong_number_stays_in_its_short_form(cast, as_user):
    address = reverse("people:school_part", args=["inn"])
    page = as_user(cast.curator).post(address, {"inn": "1234567890", "version": School.get().version})
    assert set(page.context["form"].errors) == {"inn"}


def test_a_page_without_a_way_back_of_its_own_gets_one(cast, as_user):
    client = as_user(cast.curator)
    assert client.get(reverse("people:account")).context["nav_crumbs"] == [("Мои задачи", "/home/")]
    assert client.get(reverse("people:withdrawals")).context["nav_crumbs"] == [("Согласия", "/consents/")]
    assert client.get("/home/").context["nav_crumbs"] == client.get("/consents/").context["nav_crumbs"] == []


SIDE = """() => {
    const side = document.querySelector('.side-nav'), last = [...side.querySelectorAll('a')].pop();
    return [side.scrollHeight <= side.clientHeight, Math.ceil(last.getBoundingClientRect().bottom) <= innerHeight];
}"""
TAPS = """() => [...document.querySelectorAll('.crumbs a, .sections a, .bottom a')].filter(a => a.offsetParent)
    .map(a => a.getBoundingClientRect().height)"""
WIDE = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@pytest.mark.browser
def test_nothing_of_the_navigation_is_cut_off(cast, as_user):
    """The curator has the most places: all of them stand in 720 px, ways back and sections are 44 px high."""
    client = as_user(cast.curator)
    addresses = ("/home/", "/consents/", "/roadmap/", "/settings/school/inn/", "/settings/roles/")
    pages = {address: client.get(address).content for address in addresses}
    with playwright() as p:
        chromium = p.chromium.launch(executable_path="/usr/bin/chromium", args=face.FLAGS)
        for address, html in pages.items():
            for width, height in ((1280, 720), (900, 720), (390, 844)):
                tab = chromium.new_page(viewport={"width": width, "height": height})
                tab.route("**/*", answer(address, html))
                tab.goto(f"http://face.test{address}")
                assert tab.evaluate(WIDE), (address, width)
                assert min(tab.evaluate(TAPS), default=44) >= 44, (address, width)
                assert width < 992 or tab.evaluate(SIDE) == [True, True], address
                tab.close()
        chromium.close()


def answer(own: str, html: bytes):
    """Return what serves one page of the product, and its styles as the style guide does."""

    def serve(route):
        path = urlsplit(route.request.url).path
        route.fulfill(body=html, content_type="text/html; charset=utf-8") if path == own else face.serve(route)

    return serve
