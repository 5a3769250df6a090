"""How papers are set: no gaping lines, words that a search finds, one dash, tables that a screen reader follows."""

import io
import re
import subprocess
from itertools import pairwise

import pypdfium2
import pytest
from docx import Document
from pypdf import PdfReader

from mentoring_site.pdf.dashes import one_dash
from mentoring_site.pdf.render import render_pdf
from reports.orders.printing.docx import draw
from tests.reports.documents.paper_facts import PAIRS, PAPERS, REGISTERED, facts
from tests.reports.documents.test_paper_form import lines, pages

pytestmark = pytest.mark.point("9.11")
SPACE_MM = 1.2  # a blank of the face at 12 pt
GAPING = 5.5  # millimetres between two words of a line


def drawn(**changes) -> bytes:
    return render_pdf("documents/order.html", facts(REGISTERED, **changes))


def elements(node, tag):
    """Yield the structure elements of a tag below a node, in the order of the paper."""
    node = node.get_object()
    if not isinstance(node, dict):
        return
    if node.get("/S") == tag:
        yield node
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        yield from elements(kid, tag)


def structure(data, tag) -> list:
    return list(elements(PdfReader(io.BytesIO(data)).trailer["/Root"]["/StructTreeRoot"], tag))


@pytest.mark.parametrize("word", ["самостоятельно", "персонализированной", "высококвалифицированного"])
def test_no_line_opens_rivers_between_its_words(tmp_path, word):
    told = " ".join(f"о {word * (1 + n % 2)} с {n} наставниками Санджи-Горяевой С. И. и" for n in range(9))
    found, _ = pages(tmp_path, drawn(preamble=told, points=[{"text": told, "subpoints": [told]}]))
    body = [row for row in lines(found[0]) if 75 < row[0].top < 215]
    gaps = [b.left - a.right for row in body for a, b in pairwise(row)]
    assert max(gaps) <= GAPING


LONG = "о персонализированной программе наставничества, о самостоятельно и о высококвалифицированного уровня работе "
SHORT = "о том, как они идут в дом и где их ждут к семи, и о том, кто им там был рад и кто не был, "


@pytest.mark.parametrize(("told", "justified"), [(LONG, False), (SHORT, True), (LONG + SHORT, False)])
def test_a_paragraph_is_justified_whole_or_not_at_all(tmp_path, told, justified):
    found, _ = pages(tmp_path, drawn(preamble=told * 4, points=[{"text": "Точка.", "subpoints": []}]))
    rows = lines(found[0])
    ends = next(n for n, row in enumerate(rows) if row[0].text.startswith("ПРИКАЗЫВАЮ"))
    starts = next(n for n, row in enumerate(rows) if row[0].left > 42 and row[0].text == "о")
    inner = [row[-1].right > 199 for row in rows[starts : ends - 1]]
    assert len(inner) >= 3 and all(inner) is justified
    assert justified or sum(inner) <= len(inner) / 2  # no line is stretched beside one that is not


def test_the_word_of_command_is_one_word_for_every_reader(tmp_path):
    data = drawn()
    (tmp_path / "o.pdf").write_bytes(data)
    poppler = subprocess.run(["pdftotext", tmp_path / "o.pdf", "-"], capture_output=True, text=True, check=True).stdout
    page = pypdfium2.PdfDocument(data)[0].get_textpage()
    for text in (poppler, PdfReader(io.BytesIO(data)).pages[0].extract_text(), page.get_text_range()):
        assert {"ПРИКАЗ", "ПРИКАЗЫВАЮ:"} <= {line.strip() for line in text.splitlines()}, text
    assert page.search("ПРИКАЗЫВАЮ").get_next() is not None


@pytest.mark.parametrize(("typed", "printed"), [("а — б", "а – б"), ("а - б", "а – б"), ("41-од, 2026–2027", None)])
def test_papers_have_one_dash(typed, printed):
    assert one_dash(typed) == (printed or typed)


def test_one_dash_stands_on_the_paper_and_in_the_draft():
    known = facts(REGISTERED, preamble="форма «педагог — педагог» - основная")
    text = PdfReader(io.BytesIO(render_pdf("documents/order.html", known))).pages[0].extract_text()
    draft = "\n".join(p.text for p in Document(io.BytesIO(draw(known, title="Приказ"))).paragraphs)
    for words in (text, draft):
        assert "педагог – педагог» – основная" in re.sub(r"\s+", " ", words) and "—" not in words


def test_a_table_over_pages_is_one_table_with_one_header():
    rows = [[str(n), *PAIRS["rows"][n % 3][1:]] for n in range(1, 41)]
    data = drawn(appendices=[{**PAIRS, "rows": rows}], acquaintance=[])
    tables = structure(data, "/Table")
    assert len(tables) == 1 and len(PdfReader(io.BytesIO(data)).pages) >= 5
    (table,) = tables
    groups = [kid.get_object()["/S"] for kid in table["/K"]]
    assert groups.count("/THead") == 1 and groups[0] == "/THead"
    assert len(list(elements(table, "/TR"))) == 41
    assert all(kid.get_object()["/P"].get_object() == table for kid in table["/K"])
    header = list(elements(table, "/TH"))
    assert [cell["/A"]["/Scope"] for cell in header] == ["/Column"] * 5
    names = [cell["/ID"] for cell in header]
    cells = list(elements(table, "/TD"))
    assert [list(cell["/A"]["/Headers"]) for cell in cells] == [[name] for name in names] * 40


def test_a_header_before_a_row_says_so():
    cells = structure(render_pdf("documents/mentor_report.html", PAPERS["documents/mentor_report.html"]), "/TH")
    assert {cell["/A"]["/Scope"] for cell in cells} == {"/Row", "/Column"}


def test_a_signature_that_just_misses_its_page_comes_back_to_it():
    """Intervals give way before the signature goes to a page of its own."""
    counts = []
    for lines_more in range(8):
        points = [*REGISTERED["points"][:-1], *[{"text": "Строка.", "subpoints": []}] * lines_more]
        reader = PdfReader(io.BytesIO(drawn(points=points, appendices=[], acquaintance=[])))
        counts.append(len(reader.pages))
        last = next(p.extract_text() for p in reader.pages if "В. И. Настаев" in p.extract_text().replace("\xa0", " "))
        above = last.split("Директор\n")[0] if "Директор\n" in last else last.split("Директор В")[0]
        assert len(above.strip().splitlines()) >= 2, above
    assert counts == sorted(counts) and counts[0] == 1
