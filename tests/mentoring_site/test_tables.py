"""Columns of printed tables: no word breaks inside, on PDF and on DOCX alike."""

import io

import pytest
from docx import Document
from docx.oxml.ns import qn

from mentoring_site.pdf import tables, typography
from mentoring_site.pdf.render import width_of
from mentoring_site.pdf.typography import NBSP
from reports.orders.models import Order
from reports.orders.printing import facts as printing_facts
from reports.orders.printing.docx import draw
from tests.factories import make_pairing, make_person
from tests.reports.documents.paper_facts import ORDER
from tests.reports.orders.kit import make_order

pytestmark = [pytest.mark.point("3.2", "3.3")]

NARROW = {
    "title": "Итоги",
    "note": "",
    "text": [],
    "approved": "",
    "wide": False,
    "columns": [
        {"label": label, "width": width}
        for label, width in (("№", 5), ("Наставляемый", 16), ("Выполнено", 12), ("Итоги", 67))
    ],
    "rows": [["1", "Зундугинова Людмила", "1 из 3 мероприятий", "нет"]],
}


def rooms(columns, total=tables.UPRIGHT):
    whole = sum(column["width"] for column in columns)
    return [column["width"] * total / whole - tables.PADDING for column in columns]


def test_a_column_is_as_wide_as_its_longest_word():
    before, after = rooms(NARROW["columns"]), rooms(tables.fit_columns(NARROW))
    assert before[1] < width_of("Наставляемый") * typography.BOLD <= after[1] + 0.01
    assert before[2] < width_of("мероприятий") <= after[2] + 0.01
    assert sum(after) == pytest.approx(sum(before))


def test_a_column_is_as_wide_as_its_longest_date_and_the_numbers_keep_theirs():
    columns = [{"label": label, "width": width} for label, width in (("№", 4), ("Этап", 40), ("Срок", 15), ("Кто", 41))]
    plan = NARROW | {"columns": columns, "rows": [["1", "Отбор", "1 сентября 2026 г. – 30 июня 2027 г.", "куратор"]]}
    before, after = rooms(columns), rooms(tables.fit_columns(plan))
    assert before[2] < width_of("1 сентября 2026 г. –") <= after[2] + 0.01
    assert after[0] == pytest.approx(before[0])
    assert tables.bind_cells(plan)[0][2] == "1 сентября 2026 г. – 30 июня 2027 г.".replace(" ", NBSP).replace(
        f"–{NBSP}", "– "
    )


@pytest.mark.parametrize(
    "surname", ["Хулхачиева", "Санджи-Горяева", "Римский-Волков", "Ким", "Бадма-Халгаева", "Абушинова", "Лиджи-Гаряева"]
)
def test_a_name_is_whole_in_the_column_made_for_it(surname):
    columns = [{"label": "Согласия", "width": 5}, {"label": "Темы", "width": 24}]
    row = tables.bind_cells(NARROW | {"columns": columns, "rows": [[f"{surname} С. Б. — 19.09.2026", "методика"]]})[0]
    assert row[0].startswith(f"{surname}{NBSP}С.{NBSP}Б.")


@pytest.mark.django_db
@pytest.mark.point("9.11")
@pytest.mark.parametrize(
    ("surname", "post", "turned"),
    [("Санджи-Горяева", "преподаватель изобразительного искусства", True), ("Ли", "методист", False)],
)
def test_a_sheet_is_turned_where_long_names_would_leave_their_initials(cast, surname, post, turned):
    people = [make_person(surname, first, post=post) for first in ("Ольга", "Юлия")]
    pairing = make_pairing(cast, "recommended", mentor=people[0], mentee=people[1])
    order = make_order(cast, "assignment", items=[pairing])
    (sheet,) = printing_facts.of(Order.objects.with_papers().get(pk=order.pk))["appendices"]
    assert sheet.get("wide", False) is turned
    consents = tables.bind_cells(sheet)[0][-1]
    for person in people:
        assert person.short_name.replace(" ", NBSP) in consents, consents


def test_columns_stay_when_words_fit_or_nothing_can_be_given():
    easy = NARROW | {"rows": [], "columns": [{"label": "Кто", "width": 50}, {"label": "Что", "width": 50}]}
    assert tables.fit_columns(easy) is easy["columns"]
    hard = NARROW | {"rows": [["Ы" * 60] * 4]}
    assert tables.fit_columns(hard) is hard["columns"]


def test_what_is_bound_breaks_where_it_is_wider_than_its_column():
    row = tables.bind_cells(NARROW)[0]
    assert f"3{NBSP}мероприятий" not in row[2] and "3 мероприятий" in row[2]
    wide = tables.bind_cells(NARROW | {"rows": [["1", "", "", "27 мая 2027 г."]]})[0]
    assert wide[3] == f"27{NBSP}мая{NBSP}2027{NBSP}г."


def test_the_draft_has_the_same_columns_and_no_tall_empty_lines():
    document = Document(
        io.BytesIO(draw(ORDER | {"appendices": [NARROW | {"text": ["Абзац над таблицей."]}]}, title="Проект"))
    )
    table = next(t for t in document.tables if t.rows[0].cells[0].text == "№" and len(t.columns) == 4)
    widths = [column.width.mm for column in table.columns]
    assert widths[1] - tables.PADDING >= width_of("Наставляемый") * typography.BOLD - 0.1
    empty = [
        p for p in document.paragraphs if not p.text and p._p.pPr is not None and p._p.pPr.find(qn("w:rPr")) is not None
    ]
    assert empty and all(p._p.pPr.find(qn("w:rPr")).find(qn("w:sz")).get(qn("w:val")) == "8" for p in empty)
    last = next(p for p in document.paragraphs if p.text.startswith(f"{len(ORDER['points'])}."))
    assert last.paragraph_format.keep_with_next
    block = document.tables[0]  # the signature, the visas and who prepared the order: rows that never split
    words = " ".join("".join(block._tbl.itertext()).split())
    kept = [p for row in block.rows for p in row._tr.xpath(".//w:p")]
    assert len(kept) > 4 and sum(bool(p.xpath("w:pPr/w:keepNext")) for p in kept) >= len(block.rows) - 1
    assert ORDER["executor"]["name"] in words and "Согласовано:" in words
