"""The whole life of one programme through real clicks: seven browsers from the staff list to the page of results."""

import pytest

from tests.e2e.browser import PICTURES

pytestmark = [pytest.mark.browser, pytest.mark.story]


@pytest.mark.point("23")
@pytest.mark.clause("3.1-a", "3.2-a", "3.2-b", "3.3-c3", "3.3-e1", "3.3-e2", "6.2-c", "7.1-a", "8.2-a")
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
