"""Every list in one manner: its headings order it, its filters are remembered, its rows are taken as a workbook."""

import io

import openpyxl
import pytest
from django.urls import reverse

from mentoring_site.files import store_bytes
from mentoring_site.ui.list_filters import YearFilter
from mentoring_site.xlsx.reader import CONTENT_TYPE
from people.access import acts as access_acts
from people.staff_list.models import StaffImport
from reports.orders.scans.models import ScanStack
from tests.mentoring_site.test_list_frames import PAGES
from tests.reports.orders.kit import enter, make_order

pytestmark = [pytest.mark.django_db, pytest.mark.point("10.5")]


def stored_list(cast) -> StaffImport:
    """A staff list that waits to be looked at."""
    number = StaffImport.objects.count()
    file = store_bytes(b"PK", name=f"список{number}.xlsx", content_type=CONTENT_TYPE)
    return StaffImport.objects.create(file=file, sha256=f"{number:064}", uploaded_by=cast.clerk)


@pytest.fixture
def five(cast):
    """Something in each of the five lists that are worked through at a desk."""
    for _ in range(2):
        enter(make_order(cast, state="at_signature"), cast)
    ScanStack.objects.create(uploaded_by=cast.clerk, total=3)
    access_acts.ask("slip", cast.chair, by=cast.sysadmin, why="забыт пароль")
    stored_list(cast)


def test_this_school_year_stands_first_where_things_have_a_year():
    with_year = {page.url for page in PAGES if isinstance(page.filters.base_filters.get("year"), YearFilter)}
    assert with_year >= {
        "people:access_requests",
        "people:imports",
        "programs:agreements",
        "programs:notices",
        "programs:pairings",
        "programs:programs",
        "reports:acquaintance",
        "reports:orders",
        "reports:site",
    }


def test_the_journal_is_read_from_its_end_searched_and_taken_as_a_workbook(five, cast, as_user):
    client, url = as_user(cast.clerk), reverse("reports:orders_journal")

    def numbers(**query):
        return [row.number for row in client.get(url, query).context["listing"].rows]

    assert numbers() == ["1-од", "2-од"] and numbers(sort="last") == ["2-од", "1-од"]
    assert numbers(q="2-од") == ["2-од"] and numbers(series="staff") == []
    book = b"".join(client.get(url, {"q": "2-од", "format": "xlsx"}).streaming_content)
    rows = list(openpyxl.load_workbook(io.BytesIO(book)).active.values)
    assert [row[0] for row in rows if row[0] in ("1-од", "2-од")] == ["2-од"]


def test_access_imports_and_scans_say_where_each_thing_stands(five, cast, as_user):
    client = as_user(cast.curator)
    (asked,) = client.get(reverse("people:access_requests")).context["listing"].rows
    assert asked.move == "директор: подтвердить" and asked.until
    assert client.get(reverse("people:access_requests"), {"kind": "role"}).context["listing"].rows == []
    (upload,) = client.get(reverse("people:imports"), {"state": "waits"}).context["listing"].rows
    assert upload.badge.word == "ждёт проверки"
    (stack,) = client.get(reverse("reports:scans_new"), {"state": "sorting"}).context["listing"].rows
    assert (stack.badge.word, stack.pages, stack.unknown) == ("разбирается", 3, 0)
    refused = client.post(reverse("reports:scans_new"), {})
    assert refused.status_code == 422 and refused.context["listing"].rows
