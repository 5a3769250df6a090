"""Frames of long lists: headings stand above their cells, the search is the first condition, the ordering the last."""

import re

import pytest
from django.conf import settings
from django.core.paginator import UnorderedObjectListWarning
from django.db.models import Count

from mentoring_site.ui.list_page import TotalOrder, is_total
from people.accounts.account_list import ACCOUNTS
from people.banks.list_page import LISTS
from people.consents.list_page import CONSENTS
from people.consents.requests.list_page import REQUESTS
from people.letters.journal import LETTERS
from people.profile.people_list import PEOPLE
from programs.mentor_agreements.list_page import AGREEMENTS
from programs.mentor_agreements.notices.list_page import NOTICES
from programs.pairings.list_page import PAIRINGS
from programs.program.list_page import PROGRAMS
from reports.documents.acquaintance.views import HEADINGS
from reports.orders.list_page import ORDERS
from reports.site.views import RESULTS
from roadmap.council.views import LIST as MINUTES
from roadmap.legal_base.views import LIST as ACTS_OF_LAW
from roadmap.plan.models import Roadmap

OF_PEOPLE = (ACCOUNTS, *LISTS.values(), CONSENTS, REQUESTS, PEOPLE)
PAGES = (*OF_PEOPLE, AGREEMENTS, NOTICES, PAIRINGS, PROGRAMS, ORDERS, RESULTS, MINUTES, ACTS_OF_LAW)
HEADED = {page.url: (page.template, page.columns) for page in (*PAGES, LETTERS)}
HEADED["reports:acquaintance"] = ("reports/documents/acquaintance.html", HEADINGS)
CELL = re.compile(r'<td data-label="([^"]+)" class="(date|num)"')


def aligned_cells(template: str) -> dict[str, str]:
    """Return the class of the cells at the right, by their heading."""
    text = (settings.BASE_DIR / "templates" / template).read_text()
    return dict(CELL.findall(text.partition("{% block row %}")[2].partition("{% endblock %}")[0]))


def test_every_list_is_here():
    extending = [
        str(path.relative_to(settings.BASE_DIR / "templates"))
        for path in (settings.BASE_DIR / "templates").rglob("*.html")
        if '{% extends "list.html" %}' in path.read_text()
    ]
    assert {template for template, _ in HEADED.values()} == set(extending)


@pytest.mark.parametrize("url", HEADED)
def test_a_heading_stands_above_its_cells(url):
    template, headings = HEADED[url]
    cells = aligned_cells(template)
    assert {heading.label: heading.align for heading in headings} == {
        heading.label: cells.get(heading.label, "") for heading in headings
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.url)
def test_the_search_is_the_first_condition_and_the_ordering_the_last(page):
    """On a phone only the first condition stands open."""
    names = list(page.filters.base_filters)
    assert (names[0], names[-1]) == ("q", "sort")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.url)
def test_every_order_tells_any_two_rows_apart(page):
    """A row stands on one page and no row is missed, however often a database is asked."""
    for key, order in page.orderings.items():
        assert order[-1] in ("pk", "-pk"), key


@pytest.mark.django_db
def test_counting_leaves_no_order_of_the_model():
    """PostgreSQL gives such rows as it likes; the pages warn of it, and warnings fail here."""
    assert is_total(Roadmap.objects.all())
    assert not is_total(Roadmap.objects.annotate(n=Count("stages")))
    assert is_total(Roadmap.objects.with_progress())
    assert not is_total(Roadmap.objects.order_by("school_year"))
    with pytest.warns(UnorderedObjectListWarning):
        TotalOrder(Roadmap.objects.order_by("school_year"), 10).page(1)
