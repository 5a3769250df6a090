"""The draft of an order in an editor: embedded fonts, signatures with their text, the pages of the PDF within one."""

import io
import shutil
import subprocess
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from mentoring_site.pdf.render import render_pdf
from mentoring_site.pdf.resources import STATIC
from reports.orders.printing.docx import draw
from tests.programs.program.test_sections import told
from tests.reports.documents.paper_facts import ORDER, PAIRS, facts

pytestmark = pytest.mark.point("9.11")
OFFICE = shutil.which("soffice")
LONG = "Санджи-Горяева Александра Константиновна, преподаватель музыкально-теоретических дисциплин"
PROGRAM = {"title": "Персонализированная программа", "note": "", "columns": [], "rows": [], "approved": "УТВЕРЖДЕНА"}
LINE = {"text": "Строка, которая занимает немногим меньше одной строки листа.", "subpoints": []}
SHAPES = {
    "plain": facts(),
    "forty pairs": facts(appendices=[{**PAIRS, "rows": PAIRS["rows"] * 13}], acquaintance=ORDER["acquaintance"] * 7),
    "program": facts(appendices=[{**PROGRAM, "text": [], "sections": told()}]),
    "long names": facts(appendices=[{**PAIRS, "rows": [[str(n), LONG, LONG, "", LONG] for n in range(9)]}]),
    **{f"{n} points": facts(points=[LINE] * n, appendices=[], acquaintance=[]) for n in range(12, 26, 2)},
}


def test_fonts_travel_with_the_draft_masked_by_their_keys():
    archive = zipfile.ZipFile(io.BytesIO(draw(ORDER, title="Приказ")))
    table = archive.read("word/fontTable.xml").decode()
    relations = archive.read("word/_rels/fontTable.xml.rels").decode()
    assert (
        "embedRegular" in table
        and "embedBold" in table
        and "embedTrueTypeFonts" in str(archive.read("word/settings.xml"))
    )
    for name in ("Regular", "Bold"):
        masked, plain = (
            archive.read(f"word/fonts/{name}.odttf"),
            (STATIC / "fonts" / f"PTSerif-{name}.ttf").read_bytes(),
        )
        assert f"fonts/{name}.odttf" in relations
        assert masked[32:] == plain[32:] and masked[:32] != plain[:32]


def test_the_signature_keeps_with_two_lines_before_it_and_with_its_visas():
    document = Document(io.BytesIO(draw(ORDER, title="Приказ")))
    before = [p for p in document.paragraphs if p.text.startswith(("4. Специалисту", "5. Контроль"))]
    assert len(before) == 2 and all(p.paragraph_format.keep_with_next for p in before)
    closing = document.tables[0]
    assert "Директор" in closing.rows[0].cells[0].text
    for row in closing.rows:
        assert row._tr.trPr.find(qn("w:cantSplit")) is not None
    kept = [all(p.paragraph_format.keep_with_next for p in row.cells[0].paragraphs) for row in closing.rows]
    assert kept == [*[True] * (len(kept) - 1), False]


@pytest.mark.skipif(not OFFICE, reason="нет soffice (пакет libreoffice-writer-nogui)")
def test_libreoffice_makes_as_many_pages_as_the_pdf_within_one_and_tears_no_signature_off(tmp_path):
    for number, known in enumerate(SHAPES.values()):
        (tmp_path / f"{number}.docx").write_bytes(draw(known, title="Приказ"))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    names = [str(tmp_path / f"{number}.docx") for number in range(len(SHAPES))]
    subprocess.run(
        [OFFICE, "--headless", home, "--convert-to", "pdf", "--outdir", tmp_path, *names], check=True, timeout=300
    )
    for number, (name, known) in enumerate(SHAPES.items()):
        made = PdfReader(tmp_path / f"{number}.pdf")
        ours = len(PdfReader(io.BytesIO(render_pdf("documents/order.html", known))).pages)
        assert abs(len(made.pages) - ours) <= 1, name
        texts = [page.extract_text().replace("\xa0", " ") for page in made.pages]
        signed = next(text for text in texts if "В. И. Настаев" in text)
        assert "Согласовано:" in signed, name  # visas stay with the signature
        above = signed.split("Директор")[0] if name != "plain" else signed.split("В. И. Настаев")[0]
        assert len([line for line in above.splitlines() if len(line.strip()) > 3]) >= 2, name
        fonts = {str(font) for page in made.pages for font in _fonts(page)}
        assert fonts and all("PTSerif" in font for font in fonts), fonts


def _fonts(page):
    for font in page["/Resources"]["/Font"].values():
        yield font.get_object()["/BaseFont"]
