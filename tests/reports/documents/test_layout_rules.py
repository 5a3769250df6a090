"""Every paper by the same rules of layout, as it is and with inputs that are much too long."""

import copy
import io
import shutil

import pytest
from pypdf import PdfReader

from mentoring_site.pdf.render import render_pdf
from programs.program.sections import sections
from tests.reports.documents.layout import complaints
from tests.reports.documents.paper_facts import ORDER, PAIRS, PAPERS, PEOPLE, PROGRAM, PROGRAM_TEXT, facts
from tests.reports.documents.test_paper_form import lines, pages, said

pytestmark = [
    pytest.mark.point("9.11"),
    pytest.mark.skipif(not shutil.which("pdftotext"), reason="нет pdftotext (пакет poppler-utils)"),
]
POST = "исполняющий обязанности заместителя директора по учебно-воспитательной и организационно-методической работе"
NAME = "Константинопольская-Преображенская Александра Константиновна"
SHORT = "А. К. Константинопольская-Преображенская"


def _activities(number: int) -> list[dict]:
    one = PROGRAM_TEXT["activities"][0]
    return [{**copy.deepcopy(one), "title": f"{one['title']}: занятие {n}"} for n in range(1, number + 1)]


def _pairs(number: int) -> dict:
    return {**PAIRS, "rows": [[str(n), *PAIRS["rows"][n % 3][1:]] for n in range(1, number + 1)]}


SIXTY = sections({**copy.deepcopy(PROGRAM_TEXT), "activities": _activities(60)})
LONG = {
    "program of 60 activities": ("documents/program.html", facts(PROGRAM, sections=SIXTY)),
    "order on it": (
        "documents/order.html",
        facts(appendices=[{**PAIRS, "columns": [], "rows": [], "approved": "УТВЕРЖДЕНА", "sections": SIXTY}]),
    ),
    "order with 40 pairs": ("documents/order.html", facts(appendices=[_pairs(40)])),
    "long names and posts": (
        "documents/order.html",
        facts(
            signer={"post": POST.capitalize(), "name_before": SHORT},
            visas=[{"post": POST.capitalize(), "name_before": SHORT, "date": None, "mark": ""}] * 3,
            acquaintance=[{"name": NAME, "post": POST}] * 30,
            appendices=[{**PAIRS, "rows": [[str(n), f"{NAME}, {POST}", NAME, "", POST] for n in range(1, 9)]}],
        ),
    ),
    **{
        f"order of {n} points": (
            "documents/order.html",
            facts(
                points=[{"text": "Довести приказ до сведения.", "subpoints": []}] * n, appendices=[], acquaintance=[]
            ),
        )
        for n in range(10, 40, 3)
    },
    "report of 12 tasks": (
        "documents/mentor_report.html",
        facts(PAPERS["documents/mentor_report.html"], tasks=PAPERS["documents/mentor_report.html"]["tasks"][:1] * 12),
    ),
    "acquaintance of 60": (
        "documents/acquaintance.html",
        facts(PAPERS["documents/acquaintance.html"], people=[{"name": n, "post": p} for n, p in PEOPLE] * 10),
    ),
}


@pytest.mark.parametrize("template", PAPERS)
def test_every_paper_is_laid_out_by_the_rules(template, tmp_path):
    assert complaints(template, PAPERS[template], tmp_path) == []


@pytest.mark.parametrize("name", LONG)
def test_long_inputs_are_laid_out_by_the_same_rules(name, tmp_path):
    assert complaints(*LONG[name], tmp_path) == []


@pytest.mark.parametrize("tasks", range(1, 13))
@pytest.mark.point("9.9")
def test_the_signatures_of_a_report_are_never_alone(tasks, tmp_path):
    known = PAPERS["documents/mentor_report.html"]
    report = facts(known, tasks=[{**known["tasks"][0], "what": "Открытый урок для отделения"}] * tasks)
    found, _ = pages(tmp_path, render_pdf("documents/mentor_report.html", report))
    rows = [said(row) for row in lines(found[-1]) if row[0].bottom > 20]
    assert any("Вывод" in row for row in rows) and len(rows) >= 6


def test_the_plan_of_sixty_activities_repeats_its_header_and_loses_nothing(tmp_path):
    data = render_pdf(*LONG["program of 60 activities"])
    texts = [page.extract_text().replace("\xa0", " ") for page in PdfReader(io.BytesIO(data)).pages]
    plan = [text for text in texts if "занятие" in text]
    assert len(plan) >= 3 and all("Ответственный" in text and "Мероприятие" in text for text in plan)
    assert all(any(f"занятие {n}" in " ".join(text.split()) for text in plan) for n in range(1, 61))


def test_a_rule_sees_what_breaks_it(tmp_path):
    known = facts(ORDER, points=[{"text": "См. п. 1.. и № 5", "subpoints": []}], executor=None)
    assert "две точки" in complaints("documents/order.html", known, tmp_path)
