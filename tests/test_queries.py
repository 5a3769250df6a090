"""How often pages ask the database: a page 30 times at most, and no further row costs a query.

The addresses are those of tests/access_table.py, so a new page is counted without being told here.
"""

import pytest
from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext

from reports.orders.drafting import acts as drafting_acts
from reports.site.models import News
from tests import factories
from tests.access_table import ROLES, ROWS
from tests.access_world import World
from tests.reports.orders.kit import make_mentor
from tests.test_access import address, logged_in
from tests.walker import read_out

pytestmark = [pytest.mark.django_db, pytest.mark.point("24")]

MOST = 32
HOME = 135
"""A home lets a dozen features ask for themselves, each by a few small queries; only the curator's comes near this."""
PAPERS = 56
"""What draws papers, reads the text of an order as a paper would, opens an entry with agenda, evidence and step, or
names all that is kept of a person, a query for each sort of it.
"""


@pytest.fixture
def world(db):
    made = World()
    made.clients = {}
    return made


def count(world, name, role, most=0) -> int:
    """Return how many times a page asks: of the first two visits the better one.

    The first visit may write down the session or learn the types of objects; it is enough when it asks ``most`` or
    less.
    """
    user, url = world.actors(ROWS[name].key())[role], address(world, name, ROWS[name])
    if user.pk not in world.clients:
        world.clients[user.pk] = logged_in(user)
    first = visit(world.clients[user.pk], url)
    return first if first <= most else min(first, visit(world.clients[user.pk], url))


def visit(client, url) -> int:
    """Open a page; return how many times it asked."""
    reset_queries()  # Django remembers the last 9000 only
    with CaptureQueriesContext(connection) as asked:
        read_out(client.get(url))
    return len(asked)


def readers(name) -> list[str]:
    """Return who opens a page here: everybody a home, the first role that may any other."""
    row = ROWS[name]
    may = [role for role in ROLES if row.only != "post" and row.answer(role, "get") == "ok"]
    return may if name == "reports:home" else may[:1]


def grow(world, number: int) -> None:
    """Add so many of everything that lists show."""
    staff = world.staff
    for _ in range(number):
        for state in ("proposed", "recommended", "assigned"):
            factories.make_pairing(staff, state)
        for state in ("draft", "submitted", "agreed", "running"):
            factories.make_program(staff, state)
        for part in ("mentor", "mentee"):
            for state in ("applied", "approved"):
                factories.make_candidate(factories.make_person(), part, by=staff.director, state=state)
        drafting_acts.draft("appointment", [make_mentor(staff)], by=staff.curator)
        factories.make_user(factories.make_person(department=None), "council")
        News.objects.create(title="Ещё новость", text="Текст", is_public=True, created_by=staff.curator)


@pytest.mark.database
def test_every_page_asks_thirty_times_at_most(world):
    drawn = ("reports:pairing_package_zip", "reports:order", "people:data_request_answer", "people:withdrawal_answer")
    drawn += ("programs:meeting_new", "programs:meeting_held", "programs:meeting_edit", "programs:difficulty_activity")
    drawn += ("people:destruction", "people:destruction_new", "people:destruction_approve")
    limits = {"reports:home": HOME, "reports:home_later": HOME} | dict.fromkeys(drawn, PAPERS)
    pages = [(name, role) for name in ROWS for role in readers(name)]
    assert len(pages) > 120
    asked = {(name, role): count(world, name, role, most=limits.get(name, MOST)) for name, role in pages}
    over = [f"{name} {role}: {n}" for (name, role), n in asked.items() if n > limits.get(name, MOST)]
    assert not over, "\n".join(over)


def test_no_list_asks_for_a_further_row(world):
    lists = [(name, role) for name, row in ROWS.items() if not row.objects for role in readers(name)]
    grow(world, 1)
    before = {key: count(world, *key) for key in lists}
    grow(world, 2)
    after = {key: count(world, *key, most=before[key]) for key in lists}
    assert {key: (before[key], after[key]) for key in lists if before[key] != after[key]} == {}
