"""The draft of an order as DOCX, and what whoever visas and signs sees of points changed by hand."""

import io
import re
import zipfile

import pytest
from django.urls import reverse
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from lxml import etree

from reports.orders.drafting import acts as drafting_acts
from reports.orders.drafting.text_changes import compared, mark_edits, omitted_points
from reports.orders.models import Order
from reports.orders.printing import facts as printing_facts
from reports.orders.printing.docx import docx_name, docx_of, draw
from reports.orders.printing.pdf import file_name, pdf_of
from tests.factories import make_pairing
from tests.reports.documents.paper_facts import ORDER, PAIRS, PEOPLE, facts
from tests.reports.orders.kit import SUBJECTS, make_order, read

pytestmark = [pytest.mark.point("3.2")]
RELATED = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def opened(known=ORDER, **more):
    data = draw(known, title="Проект приказа", **more)
    return Document(io.BytesIO(data)), zipfile.ZipFile(io.BytesIO(data))


def words(document) -> str:
    """All text in the order of the paper, no-break spaces and hyphens as ordinary ones."""
    pieces = []
    for node in document.element.body.iter(qn("w:t"), qn("w:noBreakHyphen"), qn("w:p"), qn("w:br")):
        pieces.append({qn("w:t"): node.text or "", qn("w:noBreakHyphen"): "-"}.get(node.tag, " "))
    return re.sub(r"\s+", " ", "".join(pieces))


def test_the_draft_has_the_requisites_in_the_order_of_the_standard():
    document, _ = opened(mark="ПРОЕКТ")
    rest = words(document)
    for part in [
        "ПРОЕКТ",
        "Администрация города Элисты",
        "Муниципальное бюджетное учреждение",
        "(МБУ ДО «ДШИ № 1»)",
        "ПРИКАЗ",
        "№",
        "г. Элиста",
        ORDER["heading"],
        "В соответствии с пунктами 3.3 и 6.2",
        "№ 38-од",
        "ПРИКАЗЫВАЮ:",
        "1. Закрепить",
        "3. Заместителю директора",
        "3.1. организовать",
        "3.2. внести",
        "5. Контроль",
        "Директор",
        "В. И. Настаев",
        "Согласовано:",
        "Н. С. Уланова",
        "01.09.2026",
        "Уланова Надежда Сергеевна",
        "Приложение",
        "к приказу МБУ ДО «ДШИ № 1»",
        PAIRS["title"],
        "Лист ознакомления",
        PEOPLE[5][0],
    ]:
        before, found, rest = rest.partition(part)
        assert found, f"{part} is not after {before[-80:]}"


def test_the_page_is_a4_with_its_margins_and_a_number_from_the_second_page():
    wide = {**PAIRS, "wide": True, "approved": "УТВЕРЖДЕНА"}
    document, _ = opened({**ORDER, "appendices": [PAIRS, wide]})
    order, appendix, landscape, sheet = document.sections
    for section in (order, appendix, sheet):
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
        margins = section.left_margin, section.right_margin, section.top_margin, section.bottom_margin
        assert [round(m.mm) for m in margins] == [30, 10, 20, 20] and round(section.header_distance.mm) == 10
    assert landscape.orientation == WD_ORIENT.LANDSCAPE and round(landscape.page_width.mm) == 297
    assert [s.different_first_page_header_footer for s in document.sections] == [True, False, False, False]
    assert order.first_page_header.paragraphs[0].text == ""
    fields = [[n.get(qn("w:instr")) for n in s.header._element.iter(qn("w:fldSimple"))] for s in document.sections]
    assert fields == [["PAGE"], ["PAGE"], ["PAGE"], []]  # a sheet to be signed carries no number
    assert all(s.header.paragraphs[0].alignment == 1 for s in (order, appendix, landscape))


def test_fonts_language_title_and_indents():
    document, archive = opened()
    assert document.styles["Normal"].font.name == "PT Serif" and document.styles["Normal"].font.size.pt == 12
    assert 'w:altName w:val="Times New Roman"' in archive.read("word/fontTable.xml").decode()
    assert {n.get(qn("w:val")) for n in document.styles.element.iter(qn("w:lang"))} == {"ru-RU"}
    assert (document.core_properties.title, document.core_properties.language) == ("Проект приказа", "ru-RU")
    assert document.core_properties.author == "МБУ ДО «ДШИ № 1»"
    point = next(p for p in document.paragraphs if p.text.startswith("1. Закрепить"))
    assert (round(point.paragraph_format.first_line_indent.mm, 1), point.alignment) == (12.5, WD_ALIGN_PARAGRAPH.LEFT)
    kinds = {p.text: p.style.name for p in document.paragraphs if p.style.name.startswith("Heading")}
    assert kinds["ПРИКАЗ"] == "Heading 1" and list(kinds.values()).count("Heading 2") == 3
    assert not [name for name in archive.namelist() if "thumbnail" in name]


def test_tables_repeat_their_header_and_break_no_row():
    document, _ = opened({**ORDER, "appendices": [{**PAIRS, "rows": PAIRS["rows"] * 14}]})
    big = next(t for t in document.tables if len(t.rows) > 40)
    assert [n for n, row in enumerate(big.rows) if row._tr.trPr.find(qn("w:tblHeader")) is not None] == [0]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in big.rows)
    assert [c.text.replace("\xa0", " ") for c in big.rows[0].cells] == [c["label"] for c in PAIRS["columns"]]
    assert sum(c.width.mm for c in big.rows[0].cells) == pytest.approx(170, abs=1)


def test_numbers_dates_and_initials_do_not_break():
    document, _ = opened(
        {**ORDER, "preamble": "На основании приказа от 30.08.2026 № 38-од, письма Басңгова О. С. и 2 сентября 2026 г."}
    )
    text = next(p for p in document.paragraphs if p.text.startswith("На основании"))
    assert (
        "от\xa030.08.2026\xa0№\xa038" in text.text
        and "Басңгова\xa0О.\xa0С." in text.text
        and "2\xa0сентября\xa02026\xa0г." in text.text
    )
    assert len(list(text._p.iter(qn("w:noBreakHyphen")))) == 1


HOSTILE = [
    '"><w:fldSimple w:instr="INCLUDETEXT \\"http://evil.example/a\\""/>',
    "{ INCLUDEPICTURE http://evil.example/x.png }",
    '=cmd|"/c calc"!A1',
    "]]> &amp; <!-- 1 --> <?x?>",
    "а\x00б\x1b\ufffe\ud800в\u202e",
    "HYPERLINK \\l file:///etc/passwd",
    "{{ settings.SECRET_KEY }}{% include 'x' %}",
]


@pytest.mark.point("3.13")
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stays_text_and_calls_nothing(text):
    hurt = facts(
        heading=text,
        preamble=text,
        place=text,
        number=text,
        date=text,
        code=text,
        points=[{"text": text, "subpoints": [text]}],
        signer={"post": text, "name_before": text},
        visas=[{"post": text, "name_before": text, "date": text, "mark": None}],
        acquaintance=[{"name": text, "post": text}],
        executor={"name": text, "phone": text},
        school={**ORDER["school"], "full_name": text, "founder": text},
        appendices=[
            {
                **PAIRS,
                "title": text,
                "note": text,
                "text": [text],
                "approved": text,
                "rows": [[text] * 5],
                "columns": [{"label": text, "width": text}] * 5,
            }
        ],
    )
    document, archive = opened(hurt)
    for name in archive.namelist():
        if name.endswith((".xml", ".rels")):
            tree = etree.fromstring(archive.read(name))
            assert not [r for r in tree.iter(RELATED) if r.get("TargetMode") == "External"], name
            fields = [n.get(qn("w:instr")) for n in tree.iter(qn("w:fldSimple"))]
            assert (
                set(fields) <= {"PAGE"}
                and not list(tree.iter(qn("w:instrText")))
                and not list(tree.iter(qn("w:hyperlink")))
            ), name
    plain = re.sub(r"[\s\x00-\x1f\ufffe\ud800\u202e]", "", text)
    assert re.sub(r"\s", "", words(document)).count(plain) >= 15


# --- from orders


@pytest.mark.django_db
@pytest.mark.parametrize("kind", SUBJECTS)
def test_each_kind_of_order_says_the_same_in_both_forms(cast, kind):
    order = make_order(cast, kind, "draft")
    document = Document(io.BytesIO(docx_of(order)))
    known = printing_facts.of(Order.objects.with_papers().get(pk=order.pk))
    ours, theirs = (re.sub(r"\W", "", text) for text in (words(document), read(pdf_of(order))))
    for text in (
        known["heading"],
        known["preamble"],
        *[t for p in known["points"] for t in (p["text"], *p["subpoints"])],
    ):
        squeezed = re.sub(r"\W", "", text)
        assert squeezed in ours and squeezed in theirs, text
    rows = [cell for sheet in known["appendices"] for row in sheet["rows"] for cell in row]
    assert all(re.sub(r"\W", "", str(cell)) in ours for cell in rows)
    assert docx_name(order) == file_name(order)[:-4] + ".docx"


@pytest.mark.django_db
def test_who_may_take_the_draft_and_how_it_is_marked(cast, as_user):
    order = make_order(cast, "programs", "draft")
    address = reverse("reports:order_docx", args=[order.pk])
    chair = as_user(cast.chair)  # has a visa here, but does not work on the text
    assert chair.get(address).status_code == 403 and address not in chair.get(order.get_absolute_url()).content.decode()
    curator = as_user(cast.curator)
    assert address in curator.get(order.get_absolute_url()).content.decode()
    answer = curator.get(address)
    assert answer["Content-Disposition"].startswith("attachment") and "docx" in answer["Content-Disposition"]
    assert "ПРОЕКТ" in words(Document(io.BytesIO(b"".join(answer.streaming_content))))
    signing = make_order(cast, "assignment", "at_signature")
    text = words(Document(io.BytesIO(docx_of(signing))))
    assert "Копия для сведения: приказ на подписи с" in text and "ПРОЕКТ" not in text
    done = make_order(cast, "assignment", "registered", items=[make_pairing(cast, "recommended")])
    assert curator.get(reverse("reports:order_docx", args=[done.pk])).status_code == 404


# --- points changed by hand

COMPOSED = [
    {"text": "Закрепить пару на срок по 30 мая 2027 г.", "subpoints": []},
    {"text": "Куратору Улановой Н. С.:", "subpoints": ["рассмотреть программы;", "внести сведения в банк."]},
    {"text": "Контроль оставляю за собой.", "subpoints": []},
]


def test_an_edited_point_keeps_what_the_program_had_composed():
    typed = [
        {"text": "Закрепить пару на срок по  31 мая 2027 г.", "subpoints": []},
        {"text": "Контроль оставляю\xa0за собой.", "subpoints": []},
        {"text": "Выплатить премию.", "subpoints": []},
    ]
    rows = mark_edits(typed, COMPOSED)
    assert [row["edited"] for row in rows] == [True, False, True]
    assert rows[0]["composed"] == COMPOSED[0] and rows[2]["composed"] is None and "composed" not in rows[1]
    assert [row["text"] for row in omitted_points(rows, COMPOSED)] == ["Куратору Улановой Н. С.:"]
    assert omitted_points(rows, COMPOSED[:2]) == []  # the text is outdated: what is missing is not known
    shown = compared(rows[0])
    assert [[p["text"] for p in line if p["changed"]] for line in shown["was"]] == [["30"]]
    assert [[p["text"] for p in line if p["changed"]] for line in shown["now"]] == [["31"]]
    assert compared(rows[2]) == {"was": [], "now": [[{"text": "Выплатить премию.", "changed": False}]]}


def test_subpoints_are_compared_line_by_line():
    (row,) = mark_edits(
        [{"text": "Куратору Улановой Н. С.:", "subpoints": ["рассмотреть все программы;", "внести сведения в банк."]}],
        COMPOSED,
    )
    shown = compared(row)
    assert ["".join(p["text"] for p in line) for line in shown["now"]][1:] == [
        "— рассмотреть все программы;",
        "— внести сведения в банк.",
    ]
    assert ["".join(p["text"] for p in line if p["changed"]).strip() for line in shown["now"]] == ["", "все", ""]


@pytest.mark.django_db
def test_whoever_visas_and_signs_sees_what_was_changed_and_left_out(cast, as_user):
    order = make_order(cast, "programs", "draft")
    texts = ["\n".join([p["text"], *[f"— {s}" for s in p["subpoints"]]]) for p in order.points]
    first = texts[0].replace("Утвердить", "Утвердить и ввести в действие")
    order = drafting_acts.edit(
        order,
        by=cast.curator,
        version=order.version,
        heading=order.heading,
        preamble=order.preamble,
        points=[first, *texts[1:-1], "Объявить благодарность."],
    )
    for reader in (cast.chair, cast.director):
        page = as_user(reader).get(order.get_absolute_url())
        html = page.content.decode()
        assert html.count("изменён вручную</span>") == 2 and "<ins> и ввести в действие</ins>" in html.replace(
            "\xa0", " "
        )
        assert "программа такого пункта не составляла" in html
        assert page.context["left_out"] == [texts[-1].split("\n")[0]]
    for visa in order.visas.all():
        drafting_acts.give_visa(visa, by=cast.clerk)
    order = drafting_acts.send_to_signature(drafting_acts.agree(order, by=cast.curator), by=cast.curator)
    assert "<ins> и ввести в действие</ins>" in as_user(cast.director).get(
        order.get_absolute_url()
    ).content.decode().replace("\xa0", " ")
    assert order.facts["points"][0]["composed"]["text"] == texts[0].split("\n")[0]
    assert "ввести в действие" in read(pdf_of(order)) and "composed" not in read(pdf_of(order))
