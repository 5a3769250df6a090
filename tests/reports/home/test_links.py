"""No dead ends: what an order, the choice of its items and a package link to opens for whoever reads
the page (face, 4).
"""

from urllib.parse import urljoin

import pytest
from django.urls import reverse

from tests.factories import make_pairing, make_program
from tests.reports.orders.kit import make_mentor, make_order, with_unappointed
from tests.walker import Page, read_out

pytestmark = [pytest.mark.django_db, pytest.mark.point("14", "21")]
KEEPERS = ["clerk", "director", "curator"]


def dead(client, url) -> dict:
    """Return the links of a page's main part that do not open, with their answers."""
    page = Page(client.get(url), url)
    assert page.status == 200
    main = next(page.tree.iter("main"))
    found = {urljoin(url, a.get("href")) for a in main.iter("a") if not a.get("href").startswith("#")}
    answers = {link: read_out(client.get(link, follow=True)).status_code for link in sorted(found)}
    return {link: code for link, code in answers.items() if code != 200}


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        *(("assignment", role) for role in KEEPERS),
        ("programs", "director"),
        ("completion", "clerk"),
        ("roadmap", "curator"),
    ],
)
def test_an_order_links_to_what_its_reader_may_open(cast, as_user, kind, role):
    order = make_order(cast, kind)
    assert dead(as_user(getattr(cast, role)), order.get_absolute_url()) == {}


def test_a_mentee_reads_of_the_mentor_without_a_way_into_the_bank(cast, as_user):
    pairing = with_unappointed(make_pairing(cast, "recommended", mentor=cast.mentor, mentee=cast.mentee))
    order = make_order(cast, "assignment", "registered", items=[pairing])
    page = as_user(cast.mentee).get(order.get_absolute_url())
    assert pairing.get_absolute_url() in page.content.decode()
    assert dead(as_user(cast.mentee), order.get_absolute_url()) == {}


@pytest.mark.parametrize("role", KEEPERS)
def test_the_choice_of_items_links_to_what_opens(cast, as_user, role):
    make_mentor(cast)
    make_pairing(cast, "recommended", complete=False)
    make_program(cast, "agreed")
    for kind in ("appointment", "assignment", "programs"):
        url = f"{reverse('reports:order_new')}?kind={kind}"
        assert dead(as_user(getattr(cast, role)), url) == {}, kind


@pytest.mark.point("3.11")
@pytest.mark.parametrize(
    ("state", "role"),
    [
        ("draft", "curator"),
        ("submitted", "clerk"),
        ("agreed", "director"),
        *(("running", role) for role in KEEPERS),
    ],
)
def test_a_package_opens_with_its_zip_while_the_program_is_on_its_way(cast, as_user, state, role):
    program = make_program(cast, state, mentor=cast.mentor, mentee=cast.mentee)
    assert dead(as_user(getattr(cast, role)), reverse("reports:pairing_package", args=[program.pairing_id])) == {}


@pytest.mark.point("3.11")
@pytest.mark.parametrize("role", ["mentor", "mentee"])
@pytest.mark.parametrize("state", ["draft", "running"])
def test_ones_own_package_leads_nowhere_closed(cast, as_user, role, state):
    make_program(cast, state, mentor=cast.mentor, mentee=cast.mentee)
    user = getattr(cast, role)
    assert dead(as_user(user), reverse("reports:person_package", args=[user.person_id])) == {}
