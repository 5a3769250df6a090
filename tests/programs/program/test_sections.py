"""The words of a program as a document: one text for the printed program and the appendix to its order (п. 1.2)."""

import copy
import io
import re

import pytest
from docx import Document
from pypdf import PdfReader

from programs.program import documents as program_documents
from programs.program.models import Program
from programs.program.sections import expected, sections
from reports.orders.printing import docx as order_docx
from reports.orders.printing.pdf import pdf_of
from tests.factories import make_program
from tests.reports.documents.paper_facts import PROGRAM_TEXT
from tests.reports.orders.kit import make_order

pytestmark = pytest.mark.point("9.9")


def told(**changes) -> dict:
    return sections({**copy.deepcopy(PROGRAM_TEXT), **changes})


def words(found) -> str:
    """All words of sections, one after another."""
    if isinstance(found, dict):
        return " ".join(words(value) for value in found.values())
    return " ".join(map(words, found)) if isinstance(found, list | tuple) else str(found)


@pytest.mark.parametrize(
    ("result", "evidence", "printed"),
    [
        ("конспект", "конспект", "конспект"),
        ("Конспект и самоанализ", "конспект", "Конспект и самоанализ"),
        ("конспект.", "конспект урока", "конспект урока"),
        ("таблица наблюдений", "запись разбора", "таблица наблюдений (запись разбора)"),
        ("таблица наблюдений", "", "таблица наблюдений"),
        ("", "запись", "запись"),
    ],
)
def test_evidence_is_not_repeated(result, evidence, printed):
    assert expected(result, evidence) == printed


def test_one_form_and_kind_stand_in_the_singular():
    one = told()[2]
    assert one["title"] == "3. Форма и вид наставничества и их обоснование"
    assert one["blocks"][0]["pairs"][:2] == [["Форма", "педагог — педагог"], ["Вид", "ситуационное наставничество"]]
    more = told(forms=["педагог – педагог", "руководитель – педагог"], kinds=["Виртуальное", "Традиционное"])[2]
    assert more["title"] == "3. Формы и виды наставничества и их обоснование"
    assert [label for label, _ in more["blocks"][0]["pairs"]][:2] == ["Формы", "Виды"]


def test_the_plan_names_who_is_responsible_and_no_capital_follows_a_colon():
    found = told()
    (plan,) = found[5]["blocks"]
    assert [column["label"] for column in plan["table"]["columns"]] == [
        "№",
        "Мероприятие",
        "Срок",
        "Ответственный",
        "Ожидаемый результат",
    ]
    assert plan["table"]["rows"][0][3] == "наставник и наставляемая"
    assert not re.search(r": [А-ЯЁ][а-яё]", words(found))


def test_in_a_group_words_are_followed_by_whose_they_are():
    people = copy.deepcopy(PROGRAM_TEXT["people"])
    people.append({**people[1], "candidate": 3, "gender": "m", "name": "Ким Денис", "short": "Ким Д."})
    found = told(kind="group", people=people)
    assert found[4]["blocks"][1]["list"] == ["Трудно рассчитать время урока (Лиджиева К. Б.)."]
    assert "Запрос наставляемых и ответ программы" in words(found) and "наставника и наставляемых" in words(found)


@pytest.mark.django_db
def test_the_order_and_the_printed_program_are_one_text(cast):
    program = make_program(cast, "agreed", mentor=cast.mentor, mentee=cast.mentee)
    order = make_order(cast, "programs", items=[program])
    Program.objects.filter(pk=program.pk).update(goal="Тайная правка после согласования")
    program = Program.objects.for_page().get(pk=program.pk)
    printed = program_documents.facts(program, program.versions.last())["sections"]
    known = order_docx.facts.of(type(order).objects.with_papers().get(pk=order.pk))
    (sheet,) = known["appendices"]
    assert sheet["sections"] == printed and sheet["approved"] == "УТВЕРЖДЕНА"
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf_of(order))).pages)
    draft = Document(io.BytesIO(order_docx.draw(known, title="Приказ")))
    lines = [p.text for p in draft.paragraphs]
    for section in printed:
        assert section["title"] in re.sub(r"\s+", " ", text)
        assert section["title"] in [line.replace("\xa0", " ") for line in lines]
    plan = draft.tables[-2]
    assert [cell.text for cell in plan.rows[0].cells] == [
        c["label"] for c in printed[5]["blocks"][0]["table"]["columns"]
    ]


@pytest.mark.django_db
def test_initials_stand_before_the_surname_in_signatures(cast):
    program = make_program(cast, "agreed", mentor=cast.mentor, mentee=cast.mentee)
    rows = program_documents.facts(program, program.versions.last())["authors"]
    assert [row["before"] for row in rows] == [
        person.signature_name.replace("\xa0", " ") for person in (cast.mentor.person, cast.mentee.person)
    ]
