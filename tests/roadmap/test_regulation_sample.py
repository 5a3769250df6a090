"""The Положение is offered with its text, and a DOCX of the school is read (п. 3.1, 9.1)."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from people.school.models import School
from reports.orders.models import Order
from reports.orders.text_check.lint import check
from roadmap.legal_base.models import LegalAct
from roadmap.regulation.sample import sample_text, text_of_docx

pytestmark = [pytest.mark.django_db, pytest.mark.point("10.1")]


@pytest.fixture
def empty(cast):
    """A school that has not approved a Положение."""
    School.objects.update(regulation_number="", regulation_date=None)
    return cast


def own_docx() -> bytes:
    paper = Document()
    paper.add_heading("1. Общие положения", level=1)
    paper.add_paragraph("1.1. Наставничество в нашей школе ведут по этому Положению. " * 8)
    table = paper.add_table(rows=2, cols=2)
    cells = [cell for row in table.rows for cell in row.cells]
    for cell, words in zip(cells, ("Этап", "Срок", "Банк", "сентябрь"), strict=True):
        cell.text = words
    made = io.BytesIO()
    paper.save(made)
    return made.getvalue()


def test_the_offered_text_is_whole_and_passes_its_own_check(empty, as_user):
    """All nine chapters, the school's own name, nothing of the transcriber, no act in doubt: it can be signed."""
    text = sample_text(School.get())
    assert all(f"## {n}. " in text for n in range(1, 10)) and "Примерная дорожная карта" in text
    assert School.get().organisation.short_name in text
    assert "[^" not in text and "Cleaned" not in text and "№ 204" not in text
    client, url = as_user(empty.curator), f"{reverse('reports:order_new')}?kind=regulation"
    form = client.get(url).context["form"]
    assert form["text"].value() == text
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, [])}
    client.post(url, data)
    order = Order.objects.with_papers().get(kind="regulation")
    assert check(order).refusals == []


def test_an_act_comes_back_when_the_director_has_settled_the_doubt(school):
    LegalAct.objects.filter(code="decree_204").update(doubt="")
    assert "№ 204" in sample_text(school)


def test_a_docx_takes_the_place_of_the_text(empty, as_user):
    assert text_of_docx(io.BytesIO(own_docx())).splitlines()[-1] == "| Банк | сентябрь |"
    client, url = as_user(empty.curator), f"{reverse('reports:order_new')}?kind=regulation"
    form = client.get(url).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, [])}
    client.post(url, data | {"text": "", "file": SimpleUploadedFile("Положение.docx", own_docx())})
    text = Order.objects.get(kind="regulation").items.get().proposal.draft.text
    assert text.startswith("## 1. Общие положения") and "| Этап | Срок |" in text


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"%PDF-1.4"])
def test_a_file_that_is_no_docx_is_refused_in_words(empty, as_user, content):
    client, url = as_user(empty.curator), f"{reverse('reports:order_new')}?kind=regulation"
    form = client.get(url).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, [])}
    page = client.post(url, data | {"file": SimpleUploadedFile("Положение.docx", content)})
    assert page.context["form"].errors["file"] and not Order.objects.exists()


def test_without_a_text_the_form_says_so(empty, as_user):
    client, url = as_user(empty.curator), f"{reverse('reports:order_new')}?kind=regulation"
    page = client.post(url, {"text": "", "since": "2026-11-09"})
    assert "Вставьте текст Положения" in page.content.decode()
