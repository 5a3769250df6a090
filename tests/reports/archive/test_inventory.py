"""The inventory of files of a school year (п. 3.4; приказ Росархива № 236): page, XLSX, paper, terms of keeping."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from mentoring_site.files import store_bytes
from mentoring_site.models import StoredFile
from mentoring_site.ui.list_filters import year_now
from people.consents.models import Consent
from reports.archive.sources import NO_PAPERS, SOURCES, inventory
from tests.factories import make_consent
from tests.reading import paper_text

pytestmark = [pytest.mark.django_db, pytest.mark.point("12.9")]
NOT_BY_COLUMN = {("mentoring_site", "EvidenceRevision", "file"), ("mentoring_site", "ReplacedFile", "file")}
"""Evidence and replaced scans: told by what they belong to."""


@pytest.fixture
def scan(cast):
    """The scan of a consent of this school year."""
    stored = store_bytes(b"%PDF-1.7\nscan", name="согласие.pdf", content_type="application/pdf", by=cast.clerk)
    consent = make_consent(cast.mentee.person, by=cast.clerk, scan=stored)
    Consent.objects.filter(pk=consent.pk).update(given_on=date(year_now(), 9, 5))
    return stored


def test_every_file_of_the_product_has_its_place_in_the_inventory():
    """A new key to a stored file is named among the sources, or among those that are no papers."""
    known = {(s.model._meta.app_label, s.model.__name__, s.column) for s in SOURCES}
    known |= {(model._meta.app_label, model.__name__, column) for model, column in NO_PAPERS} | NOT_BY_COLUMN
    keys = {
        (model._meta.app_label, model.__name__, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in [*model._meta.get_fields()]
        if field.concrete and field.is_relation and field.related_model is StoredFile and not model._meta.auto_created
    }
    assert keys - known == set()
    assert known - keys == set()


def test_the_page_the_workbook_and_the_paper_tell_the_same(cast, as_user, scan):
    client, url = as_user(cast.clerk), reverse("reports:files")
    page = client.get(url, {"year": year_now()})
    row = next(row for row in page.context["listing"].rows if row.sha256 == scan.sha256)
    assert (row.kind, row.name, row.day) == ("Согласия", "согласие.pdf", date(year_now(), 9, 5))
    answer = client.get(url, {"year": year_now(), "format": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer) if answer.streaming else answer.content)).active
    cells = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert any(scan.sha256 in line and "Согласия" in line for line in cells)
    paper = client.get(url, {"year": year_now(), "format": "pdf"})
    assert paper["Content-Type"] == "application/pdf"
    content = b"".join(paper) if paper.streaming else paper.content
    words = " ".join(paper_text(content))
    assert "Согласия: согласие.pdf" in words and scan.sha256[:8] in words
    every = client.get(url, {"year": "all", "format": "pdf"})
    assert "за все учебные годы" in " ".join(paper_text(every.getvalue()))
    earlier = store_bytes(b"%PDF-1.7\nbefore", name="прежний.pdf", content_type="application/pdf", by=cast.clerk)
    StoredFile.objects.filter(pk=earlier.pk).update(uploaded_at=timezone.now() - timedelta(days=370))
    former = client.get(url, {"year": year_now() - 1}).context["listing"]
    assert [row.sha256 for row in former.rows] == [earlier.sha256]


def test_a_file_past_its_term_is_found_and_leaves_the_inventory_when_it_is_gone(cast, as_user, scan):
    ended = {"ended_on": date(2016, 6, 1), "end": "withdrawn", "end_recorded_at": timezone.now()}
    Consent.objects.filter(scan=scan).update(given_on=date(2015, 9, 5), **ended)
    client = as_user(cast.clerk)
    listing = client.get(reverse("reports:files"), {"year": "all", "keeping": "over"}).context["listing"]
    assert [row.over for row in listing.rows if row.sha256 == scan.sha256] == [True]
    Consent.objects.filter(scan=scan).update(scan=None)
    scan.delete()
    assert not inventory().filter(sha256=scan.sha256).exists()


def test_the_inventory_is_for_those_who_keep_papers(cast, as_user, scan):
    for user, status in ((cast.curator, 200), (cast.clerk, 200), (cast.mentor, 403), (cast.sysadmin, 403)):
        assert as_user(user).get(reverse("reports:files")).status_code == status, user
