"""Samples of orders that a school has not issued: one of every kind, nothing of it stays; the Положение
with its titles.
"""

import io
import re
from dataclasses import replace
from datetime import date

import pytest
import time_machine
from docx import Document

from mentoring_site.models import Act, OutboxMail
from mentoring_site.pdf.render import render_pdf
from people.school import workdays
from programs.changes.amendment.models import Amendment
from programs.changes.replacement.models import Replacement
from reports.orders import specimens
from reports.orders.drafting import proposals as drafting_proposals
from reports.orders.models import Order
from reports.orders.order_kinds.registry import KINDS
from reports.orders.order_kinds.wording import terms_named
from reports.orders.printing import facts as printing_facts
from reports.orders.printing.docx import docx_of
from tests.factories import make_pairing, make_person, make_program
from tests.programs.changes.kit import a_successor
from tests.programs.journal.kit import make_running
from tests.programs.mentor_agreements.kit import make_agreement
from tests.reports.orders.kit import PARTICULARS, make_completion, make_mentor, make_order, read

pytestmark = [pytest.mark.django_db, pytest.mark.point("3.13")]


def rows() -> list[int]:
    return [model.objects.count() for model in (Order, Act, OutboxMail, Amendment, Replacement)]


def said(paper) -> list[str]:
    return [line for row in paper["points"] for line in (row["text"], *row["subpoints"])]


@pytest.mark.point("9.9")
@time_machine.travel("2026-11-23 09:00+03:00", tick=False)
def test_every_kind_has_a_sample_and_nothing_stays(cast):
    make_running(cast)
    make_agreement(cast, "order", mentor=make_person())
    make_pairing(cast, "recommended")
    make_program(cast, "agreed")
    make_completion(cast)
    a_successor(cast, make_pairing(cast, "assigned"))
    make_person(post="преподаватель по классу скрипки")
    make_order(cast, "roadmap", "registered")
    make_mentor(cast)
    before = rows()
    made = dict(specimens.missing({"roadmap"}))
    assert rows() == before
    assert set(made) == set(KINDS) - {"roadmap"}
    assert [kind for kind, paper in made.items() if paper is None] == []
    words = {kind: " ".join([p["preamble"], *said(p)]).replace("\xa0", " ") for kind, p in made.items()}
    for kind in ("appointment", "amendment", "replacement"):  # whoever has agreed has a date
        assert re.search(r"соглас[^№]* от \d\d\.\d\d\.\d{4}", made[kind]["preamble"].split("на основании")[1]), kind
        assert not re.search(r"[А-Я]\.(?: и [А-Я]|$)", made[kind]["preamble"]), made[kind]["preamble"]
    for kind in set(made) - {"programs", "assignment"}:  # these terms are of the rows above
        assert workdays.days_off(*terms_named(made[kind]["points"])) == [], kind
    assert re.search(r"Провести \d+ \w+ \d{4}", words["event"])
    day = re.search(r"Провести (\d+) декабря 2026", words["event"])
    assert day and workdays.is_workday(date(2026, 12, int(day[1])))
    assert re.search(r"не позднее \d+ \w+ 2026 г\. передать", words["replacement"])  # before the absence begins
    assert "О временной замене наставника" in read(render_pdf("documents/order.html", made["replacement"]))
    assert "Приостановить с" in made["replacement"]["points"][0]["text"].replace("\xa0", " ")


@pytest.mark.point("3.1")
def test_the_regulation_keeps_its_titles_and_lists(cast):
    particulars = PARTICULARS["regulation"](cast)
    source = "## 1. Общие положения\n**1.1.** Цели и порядок.\n- первое;\n- второе.\n| --- |\n" + "Порядок. " * 30
    particulars = replace(particulars, draft=replace(particulars.draft, text=source, roadmap=None))
    order = drafting_proposals.propose("regulation", particulars, by=cast.curator)
    paper = printing_facts.of(Order.objects.with_papers().get(pk=order.pk))
    assert paper["appendices"][0]["text"][:4] == [
        "# 1. Общие положения",
        "1.1. Цели и порядок.",
        "– первое;",
        "– второе.",
    ]
    text = read(render_pdf("documents/order.html", paper))
    assert "1. Общие положения 1.1. Цели и порядок. – первое;" in text and "#" not in text
    source += "\n| № | Этап |\n| --- | --- |\n| 1. | **Подготовка**  условий |\n| 2. | Отбор |"
    particulars = replace(particulars, draft=replace(particulars.draft, text=source))
    order = drafting_proposals.restate(order, particulars, by=cast.curator, version=order.version)
    sheet = printing_facts.of(Order.objects.with_papers().get(pk=order.pk))["appendices"][0]
    assert ([c["label"] for c in sheet["columns"]], sheet["rows"]) == (
        ["№", "Этап"],
        [["1.", "Подготовка условий"], ["2.", "Отбор"]],
    )
    assert "|" not in " ".join(sheet["text"])
    draft = Document(io.BytesIO(docx_of(order)))
    title = next(p for p in draft.paragraphs if p.text.startswith("1. Общие") or p.text.startswith("1.\xa0Общие"))
    assert title.paragraph_format.keep_with_next and title.runs[0].bold
