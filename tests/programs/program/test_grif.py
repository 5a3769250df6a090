"""Programs approved by «УТВЕРЖДАЮ» on the title page instead of an order, as the school sets (п. 3.3)."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from mentoring_site.workflow import Already, NotAllowed, Refused
from people.school.models import School
from programs.program import inbox as program_inbox
from programs.program.approval import acts as approval_acts
from programs.program.models import Program
from tests.factories import make_program
from tests.paper import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.point("3.1", "3.10")]


@pytest.fixture
def by_grif(school):
    School.objects.update(programs_by_grif=True)


def test_the_signed_title_page_approves(cast, as_user, by_grif):
    program = make_program(cast, "agreed", mentor=cast.mentor, mentee=cast.mentee)
    assert [w.title for w in program_inbox.items(cast.director)] == [f"Утвердить программу «{program.title}»"]
    page = as_user(cast.curator).get(program.get_absolute_url())
    assert "grif" in [a.verb for a in page.context["actions"]] and "order" not in [
        a.verb for a in page.context["actions"]
    ]
    url = reverse("programs:program_grif", args=[program.pk])
    scan = SimpleUploadedFile("титул.pdf", pdf())
    answer = as_user(cast.curator).post(url, {"date": str(timezone.localdate()), "scan": scan}, follow=True)
    assert "Программа утверждена" in answer.content.decode()
    program = Program.objects.get(pk=program.pk)
    assert (program.state, program.by_grif, program.order_number) == ("running", True, "")
    assert program.approval == f"гриф «УТВЕРЖДАЮ» от\xa0{timezone.localdate():%d.%m.%Y}"
    assert program.approved_text and program.grif_scan_id
    download = as_user(cast.mentor).get(reverse("programs:program_grif_scan", args=[program.pk]))
    assert b"".join(download.streaming_content).startswith(b"%PDF")
    assert as_user(cast.stranger).get(reverse("programs:program_grif_scan", args=[program.pk])).status_code == 404
    paper = as_user(cast.mentor).get(reverse("programs:program_pdf", args=[program.pk]))
    text = " ".join(PdfReader(io.BytesIO(b"".join(paper.streaming_content))).pages[0].extract_text().split())
    assert "УТВЕРЖДАЮ" in text.upper() and "приказ от" not in text
    with pytest.raises(Already):
        approval_acts.approve_by_grif(program, by=cast.curator, date=timezone.localdate())


def test_where_orders_approve_a_grif_does_not(cast):
    program = make_program(cast, "agreed")
    with pytest.raises(Refused, match="утверждает приказ"):
        approval_acts.approve_by_grif(program, by=cast.curator, date=timezone.localdate())


def test_a_grif_is_neither_of_the_future_nor_before_the_minutes(cast, by_grif):
    program = make_program(cast, "agreed")
    today = timezone.localdate()
    with pytest.raises(Refused, match="будущим числом"):
        approval_acts.approve_by_grif(program, by=cast.curator, date=today + timedelta(days=1))
    with pytest.raises(Refused, match="раньше протокола"):
        approval_acts.approve_by_grif(program, by=cast.curator, date=today - timedelta(days=1))
    with pytest.raises(NotAllowed):
        approval_acts.approve_by_grif(program, by=cast.mentor, date=today)
    program.refresh_from_db()
    assert program.state == "agreed" and not program.order_date
