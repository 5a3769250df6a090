"""The whole life of one program through real clicks: seven browsers from the staff list to the page of results.

Every page on the way is for everybody: axe-core finds nothing at a desk or on a phone, nothing runs off a phone.
"""

import pytest

from tests.e2e.browser import PICTURES

pytestmark = [pytest.mark.browser, pytest.mark.story]


@pytest.mark.point("23")
@pytest.mark.clause("3.3-c3", "3.3-e1", "6.2-b", "8.2-a")
def test_the_whole_life_in_browsers(walk):
    """Everybody came to the end of the story."""
    if walk.failure:
        raise walk.failure


@pytest.mark.point("23")
def test_no_page_complained(walk):
    """No answer of 400 or above, nothing in the console, nothing that the content policy refused."""
    assert not walk.album.faults, "\n".join(walk.album.faults)


@pytest.mark.point("23")
def test_pictures_are_kept(walk):
    """Every kind of page on the way can be looked at afterwards."""
    kept = {path.stem for path in PICTURES.glob("*.png")}
    assert set(walk.album.pages) <= kept
    assert len(kept) > 100


@pytest.mark.point("21")
def test_axe_finds_nothing(walk):
    """WCAG 2.1 AA at 1280 and at 390 pixels."""
    assert not walk.album.unreadable, "\n".join(walk.album.unreadable)


@pytest.mark.point("21")
def test_no_page_is_wider_than_a_phone(walk):
    """At 390 pixels nobody scrolls sideways."""
    assert not walk.album.wide, "\n".join(walk.album.wide)


@pytest.mark.point("21")
def test_the_walk_saw_every_room(walk):
    """The pages that were read are of every room of the house."""
    seen = " ".join(walk.album.pages)
    rooms = (
        "home",
        "people",
        "banks",
        "consents",
        "pairings",
        "programs",
        "orders",
        "settings",
        "site",
        "results",
        "setup",
    )
    assert [room for room in rooms if f" {room}" not in seen] == []
