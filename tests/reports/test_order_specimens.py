"""Samples of orders that a school has not issued: one of every kind, nothing of it stays; the Положение with its titles."""

import io

import pytest
from docx import Document

from mentoring_site.models import Act, OutboxMail
from mentoring_site.pdf import render_pdf
from programs.models import Amendment, Substitution
from reports import order_specimens, orders
from reports.kinds import KINDS
from reports.models import Order
from reports.orders import facts
from reports.orders.docx import docx_of
from tests.changes_kit import a_successor
from tests.factories import make_pairing, make_person
from tests.orders_kit import PARTICULARS, make_mentor, make_order, read
from tests.running_kit import make_running

pytestmark = [pytest.mark.django_db, pytest.mark.point("3.13")]


def rows() -> list[int]:
    return [model.objects.count() for model in (Order, Act, OutboxMail, Amendment, Substitution)]


def test_every_kind_has_a_sample_and_nothing_stays(cast):
    make_running(cast)
    a_successor(cast, make_pairing(cast, "assigned"))
    make_person(post="преподаватель по классу скрипки")
    make_order(cast, "roadmap", "registered")
    make_mentor(cast)
    before = rows()
    made = dict(order_specimens.missing({"roadmap"}))
    assert rows() == before
    assert set(made) == set(KINDS) - {"roadmap", "assignment", "programs", "completion", "pay"}
    assert [kind for kind, paper in made.items() if paper is None] == []
    assert "О временной замене наставника" in read(render_pdf("documents/order.html", made["replacement"]))
    assert "Приостановить с" in made["replacement"]["points"][0]["text"].replace("\xa0", " ")


@pytest.mark.point("3.1")
def test_the_regulation_keeps_its_titles_and_lists(cast):
    particulars = PARTICULARS["regulation"](cast)
    particulars["facts"] |= {
        "roadmap": None,
        "text": "## 1. Общие положения\n**1.1.** Цели и порядок.\n- первое;\n- второе.\n| --- |\n" + "Порядок. " * 30,
    }
    order = orders.propose("regulation", particulars, by=cast.curator)
    paper = facts.of(Order.objects.with_papers().get(pk=order.pk))
    assert paper["appendices"][0]["text"][:4] == [
        "# 1. Общие положения",
        "1.1. Цели и порядок.",
        "– первое;",
        "– второе.",
    ]
    text = read(render_pdf("documents/order.html", paper))
    assert "1. Общие положения 1.1. Цели и порядок. – первое;" in text and "#" not in text
    particulars["facts"]["text"] += "\n| № | Этап |\n| --- | --- |\n| 1. | **Подготовка**  условий |\n| 2. | Отбор |"
    order = orders.restate(order, particulars, by=cast.curator, version=order.version)
    sheet = facts.of(Order.objects.with_papers().get(pk=order.pk))["appendices"][0]
    assert ([c["label"] for c in sheet["columns"]], sheet["rows"]) == (
        ["№", "Этап"],
        [["1.", "Подготовка условий"], ["2.", "Отбор"]],
    )
    assert "|" not in " ".join(sheet["text"])
    draft = Document(io.BytesIO(docx_of(order)))
    title = next(p for p in draft.paragraphs if p.text.startswith("1. Общие") or p.text.startswith("1.\xa0Общие"))
    assert title.paragraph_format.keep_with_next and title.runs[0].bold
