"""Every page of the story is for everybody: axe-core finds nothing at a desk or on a phone, nothing runs off a phone."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.story]


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
    rooms = ("home", "people", "banks", "consents", "pairings", "programs", "orders", "settings", "site", "results", "setup")
    assert [room for room in rooms if f" {room}" not in seen] == []
