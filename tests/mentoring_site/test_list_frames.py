"""Frames of long lists: headings stand above their cells, the search is the first condition, the ordering the last."""

import re

import pytest
from django.conf import settings
from django.core.paginator import UnorderedObjectListWarning
from django.db.models import Count

from mentoring_site.ui.list_page import TotalOrder, is_total
from people.access.list_page import ACCESS
from people.accounts.account_list import ACCOUNTS
from people.banks.list_page import LISTS
from people.consents.list_page import CONSENTS
from people.consents.requests.list_page import REQUESTS
from people.letters.journal import LETTERS
from people.profile.people_list import PEOPLE
from people.staff_list.list_page import IMPORTS
from programs.attention.list_page import ATTENTION as ATTENTION_LIST
from programs.journal.activity_list import ACTIVITIES
from programs.mentor_agreements.list_page import AGREEMENTS
from programs.mentor_agreements.notices.list_page import NOTICES
from programs.pairings.list_page import PAIRINGS
from programs.program.list_page import PROGRAMS
from programs.relationship.list_page import RELATIONSHIPS
from programs.requests.kinds.contest.list_page import CONTESTS
from programs.requests.kinds.support.list_page import SUPPORTS
from programs.requests.list_page import REQUESTS as REQUESTS_LIST
from programs.support.list_page import COUNCIL_MARKS, SUPPORT_TASKS
from programs.tasks.list_page import TASKS
from reports.annual_report.list_page import ANNUALS
from reports.archive.list_page import FILES
from reports.compliance.list_page import CLAUSES
from reports.documents.acquaintance.list_page import PAPERS
from reports.documents.act_drafts.list_page import DRAFTS
from reports.inspection.list_page import FOLDERS
from reports.monitoring.list_page import MONITORINGS
from reports.opinions.list_page import OPINIONS
from reports.orders.list_page import ORDERS
from reports.orders.registration.list_page import JOURNAL
from reports.orders.scans.list_page import SCANS
from reports.past.list_page import PAST_IMPORTS
from reports.site.list_page import RESULTS
from reports.statistics.list_page import STATISTICS_NOTES
from reports.surveys.list_pages import QUESTIONNAIRES, SURVEYS
from roadmap.council.views import LIST as MINUTES
from roadmap.duties.views import LIST as DUTIES
from roadmap.events.views import LIST as EVENTS
from roadmap.legal_base.views import LIST as ACTS_OF_LAW
from roadmap.library.list_page import LIBRARY
from roadmap.partners.list_pages import AGREEMENTS as PARTNER_AGREEMENTS
from roadmap.partners.list_pages import CONTACTS, NETWORKS, PARTNERS, TALKS
from roadmap.plan.models import Roadmap
from roadmap.practices.list_page import PRACTICES
from roadmap.training.list_pages import MENTORS, TRAININGS
from roadmap.training.list_pages import PEOPLE as TRAINING_PEOPLE

OF_PEOPLE = (ACCOUNTS, ACCESS, IMPORTS, PAST_IMPORTS, *LISTS.values(), CONSENTS, REQUESTS, PEOPLE)
OF_PROGRAMS = (PAIRINGS, PROGRAMS, ATTENTION_LIST, REQUESTS_LIST, CONTESTS, SUPPORTS, ACTIVITIES, TASKS, RELATIONSHIPS)
OF_COUNCIL = (SUPPORT_TASKS, COUNCIL_MARKS)
OF_PAPERS = (ORDERS, PAPERS, JOURNAL, SCANS, OPINIONS, DRAFTS, FILES, CLAUSES, FOLDERS)
# each number has columns of its own, the cells are named by them
OF_ITSELF = {"reports/indicators/list.html", "reports/statistics/list.html"}
OF_LEARNING = (TRAININGS, TRAINING_PEOPLE, MENTORS)
OF_PARTNERS = (PARTNERS, PARTNER_AGREEMENTS, NETWORKS, CONTACTS, TALKS)
OF_SCHOOL = (
    RESULTS,
    ANNUALS,
    SURVEYS,
    MONITORINGS,
    STATISTICS_NOTES,
    QUESTIONNAIRES,
    MINUTES,
    EVENTS,
    ACTS_OF_LAW,
    DUTIES,
    *OF_LEARNING,
    *OF_PARTNERS,
    LIBRARY,
    PRACTICES,
)
PAGES = (*OF_PEOPLE, AGREEMENTS, NOTICES, *OF_PROGRAMS, *OF_COUNCIL, *OF_PAPERS, *OF_SCHOOL)
HEADED = {page.url: (page.template, page.columns) for page in (*PAGES, LETTERS)}
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
    assert {template for template, _ in HEADED.values()} | OF_ITSELF == set(extending)


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
