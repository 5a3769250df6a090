"""Papers as editable DOCX: the same form as ``mentoring_site.pdf.render`` gives (ГОСТ Р 7.0.97-2025),
for a draft to be worked on.

Its text is left-aligned: an editor would stretch justified lines until they gape, and the PDF does not. A4 with
margins 30/10/20/20 mm, the page number in the middle of the top margin from the second page, text 12 pt with an indent
of 1,25 cm. The face is embedded. Every text is written as text: no field but the page number, no link, no picture from
outside.
"""

import io
import re
import uuid
from functools import lru_cache
from typing import Any

from django.utils import timezone
from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from mentoring_site.pdf.dashes import one_dash
from mentoring_site.pdf.render import shares_of
from mentoring_site.pdf.resources import STATIC
from mentoring_site.pdf.tables import bind_cells, fit_columns
from mentoring_site.pdf.typography import bind_heading, keep_together

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT, FALLBACK = "PT Serif", "Times New Roman"
GRID = "Table Grid"
CELL_LINE = 0.95  # of the height of the face: as close as cells of the PDF
FACES = "Regular", "Bold"
OBFUSCATED = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
FONT_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
LANGUAGE = "ru-RU"
A4 = Mm(210), Mm(297)
MARGINS = {"left": 30, "right": 10, "top": 20, "bottom": 20}
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
}
_NUMBER = re.compile(r"(\d[\w./]{0,30}(?:-[\w./]{1,30})+)")
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")  # what XML cannot hold; ``keep`` drops the control signs


class Paper:
    """A paper that is written from top to bottom; ``data()`` gives its bytes."""

    def __init__(self, title: str, *, author: str = "", size: float = 12):
        self.document = Document()
        self.size = size
        _set_fonts(self.document, size)
        _set_properties(self.document, title, author)
        _drop_thumbnail(self.document)
        self.section = self.document.sections[0]
        self._lay_out(wide=False)
        self.section.different_first_page_header_footer = True
        _number_pages(self.section)

    def _lay_out(self, *, wide: bool):
        section = self.section
        section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = reversed(A4) if wide else A4
        for side, width in MARGINS.items():
            setattr(section, f"{side}_margin", Mm(width))
        section.header_distance, section.footer_distance = Mm(10), Mm(8)
        self.width = (297 if wide else 210) - MARGINS["left"] - MARGINS["right"]

    def sheet(self, *, wide: bool = False, numbered: bool = True):
        """Begin a new page in a section of its own; ``numbered`` says whether its pages carry their number."""
        self.section = self.document.add_section(WD_SECTION.NEW_PAGE)
        self.document.paragraphs[-1].paragraph_format.line_spacing = Pt(1)  # the break itself takes no room
        self._lay_out(wide=wide)
        self.section.different_first_page_header_footer = False
        header = self.section.header
        header.is_linked_to_previous = False
        if numbered:
            _number_pages(self.section)

    def text(
        self,
        text,
        *,
        align="left",
        indent=0.0,
        left=0.0,
        right=0.0,
        before=0.0,
        after=0.0,
        bold=False,
        small=False,
        level=0,
        together=False,
        spaced=0.0,
        size=None,
        line=None,
    ):
        """Write a paragraph: indents and distances are millimetres, sizes points; ``level`` makes it a heading."""
        paragraph = self.document.add_paragraph(style=f"Heading {level}" if level else None)
        return self._fill(
            paragraph,
            text,
            align=align,
            indent=indent,
            left=left,
            right=right,
            before=before,
            after=after,
            bold=bold or bool(level),
            size=size or (9 if small else None),
            together=together,
            spaced=spaced,
            line=line,
        )

    def _fill(
        self,
        paragraph,
        text,
        *,
        align="left",
        indent=0.0,
        left=0.0,
        right=0.0,
        before=0.0,
        after=0.0,
        bold=False,
        size=None,
        together=False,
        spaced=0.0,
        line=None,
    ):
        form = paragraph.paragraph_format
        paragraph.alignment = ALIGN[align]
        form.first_line_indent, form.left_indent, form.right_indent = Mm(indent), Mm(left), Mm(right)
        form.space_before, form.space_after = Mm(before), Mm(after)
        form.keep_with_next = together
        if line:
            form.line_spacing = line
        _write(paragraph, text, bold=bold, size=size, spaced=spaced)
        if size and not text:
            _low(paragraph, size)
        return paragraph

    def ends(self, left: str, right: str, *, before=0.0):
        """Write one line with a text at each margin: date and number."""
        paragraph = self._fill(self.document.add_paragraph(), left, before=before, together=True)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(self.width), WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run("\t")
        _write(paragraph, right)

    def grid(self, widths: list[float], rows: list[list[tuple[str, int, dict]]]):
        """Write rows of texts without borders that stay on one page, level with their last lines.

        ``widths`` are those of columns, millimetres; a cell is ``(text, how many columns it spans, more of text())``.
        Every row but the last keeps with the next one: a signature never leaves its visas.
        """
        table = self._table(widths, rows=len(rows))
        for number, (row, texts) in enumerate(zip(table.rows, rows, strict=True), 1):
            _whole(row)
            cells, first = row.cells, 0
            for text, span, form in texts:
                cell = cells[first].merge(cells[first + span - 1]) if span > 1 else cells[first]
                cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
                self._fill(cell.paragraphs[0], text, line=1, together=number < len(rows), **form)
                first += span
        _margins(table, 0)

    def block(self, lines: list[str], *, width: float):
        """Write lines in a block at the right margin, aligned to its left edge: the header of an appendix."""
        for line in lines:
            self.text(bind_heading(line), align="left", left=self.width - width, line=1, together=True)

    def table(self, columns: list[dict], rows: list[list], *, size=10.5, height=None):
        """Write a table with borders; its header repeats over the pages and no row breaks.

        Columns and cells as in the PDF.
        """
        known = {"columns": columns, "rows": rows, "wide": self.section.orientation == WD_ORIENT.LANDSCAPE}
        columns, rows = fit_columns(known), bind_cells(known)
        widths = [share * self.width / 100 for share in shares_of(columns)]
        table = self._table(widths, rows=1 + len(rows), style=GRID)
        _repeat(table.rows[0])
        labels = [column["label"] for column in columns]
        for number, (row, cells) in enumerate(zip(table.rows, [labels, *rows], strict=True)):
            _whole(row)
            if height and number:
                row.height = Mm(height)
            for position, (cell, text) in enumerate(zip(row.cells, cells, strict=False)):
                centred = number == 0 or (position == 0 and len(str(text)) < 5)
                align = "center" if centred else "left"
                paragraph = self._fill(cell.paragraphs[0], "", align=align, line=CELL_LINE)
                _write(paragraph, text, bold=not number, size=size, bound=bool(number))
        _margins(table, 1.6, 1.2)

    def pairs(self, rows: list[list[str]], *, size=10.5, first=22):
        """Write a table of two columns without a header: what it is, and the words."""
        table = self._table([self.width * first / 100, self.width * (100 - first) / 100], rows=len(rows), style=GRID)
        for row, cells in zip(table.rows, rows, strict=True):
            _whole(row)
            for cell, text, bold in zip(row.cells, cells, (True, False), strict=True):
                self._fill(cell.paragraphs[0], text, bold=bold, size=size, line=CELL_LINE)
        _margins(table, 1.6, 1.2)

    def _table(self, widths, *, rows, style=None):
        table = self.document.add_table(rows=rows, cols=len(widths))
        table.style = style
        table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.LEFT
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
            for cell in column.cells:
                cell.width = Mm(width)
        return table

    def data(self) -> bytes:
        """Return the bytes of the file."""
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()


def _write(paragraph, text, *, bold=False, size=None, spaced=0.0, bound=False):
    """Add the text with what must stay together, or ``bound`` already; a hyphen inside a number
    («41-од») does not break.
    """
    text = one_dash(_UNWRITABLE.sub("", text if bound else keep_together("" if text is None else text)))
    run = paragraph.add_run()
    for position, piece in enumerate(_NUMBER.split(text)):
        parts = piece.split("-") if position % 2 else [piece]
        for n, part in enumerate(parts):
            if n:
                run._r.append(OxmlElement("w:noBreakHyphen"))
            for m, line in enumerate(part.replace("\t", " ").split("\n")):
                if m:
                    run.add_break()
                if line:
                    run._r.add_t(line)
    run.bold = bold or None
    if size:
        run.font.size = Pt(size)
    if spaced:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), str(round(spaced * 20)))
        properties, after = run._r.get_or_add_rPr(), run._r.rPr.find(qn("w:sz"))
        properties.append(spacing) if after is None else after.addprevious(spacing)


def _low(paragraph, size):
    """Make an empty line as low as its size: its height is that of the sign at its end."""
    mark, half = OxmlElement("w:rPr"), OxmlElement("w:sz")
    half.set(qn("w:val"), str(round(size * 2)))
    mark.append(half)
    paragraph._p.get_or_add_pPr().append(mark)


def _set_fonts(document, size):
    """Make every style PT Serif in Russian, with a substitute where it is not installed."""
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3", "Header", GRID):
        style = document.styles[name]
        style.font.name = FONT
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{kind}"), FONT)
            fonts.attrib.pop(qn("w:cstheme" if kind == "cs" else f"w:{kind}Theme"), None)
        style.font.size, style.font.color.rgb = Pt(size), RGBColor(0, 0, 0)
    normal = document.styles["Normal"].paragraph_format
    normal.space_after, normal.line_spacing, normal.widow_control = Pt(0), 1, True
    for language in document.styles.element.iter(qn("w:lang")):
        for kind in ("val", "eastAsia"):
            language.set(qn(f"w:{kind}"), LANGUAGE)
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), LANGUAGE)
    parts = {str(part.partname): part for part in document.part.package.iter_parts()}
    _embed_fonts(document, parts["/word/fontTable.xml"])


def _embed_fonts(document: Any, table: Any) -> None:
    """Put the face of our papers into the file: with another one words would break inside the cells of its tables.

    A font inside a document is masked by a key of its own (ECMA-376, part 4, 2.8.1); PT Serif may be embedded (OFL).
    """
    faces = ""
    for name in FACES:
        key = uuid.uuid5(uuid.NAMESPACE_URL, f"{FONT} {name}")
        partname = PackURI(f"/word/fonts/{name}.odttf")
        part = Part(partname, OBFUSCATED, _masked(name, key), document.part.package)
        faces += f'<w:embed{name} r:id="{table.relate_to(part, FONT_RELATION)}" w:fontKey="{{{str(key).upper()}}}"/>'
    known = parse_xml(table.blob)
    known.append(
        parse_xml(
            f'<w:font {nsdecls("w", "r")} w:name="{FONT}"><w:altName w:val="{FALLBACK}"/><w:charset w:val="CC"/>'
            f'<w:family w:val="roman"/><w:pitch w:val="variable"/>{faces}</w:font>'
        )
    )
    table._blob = _serialised(known)
    zoom = document.settings.element.find(qn("w:zoom"))
    embed = OxmlElement("w:embedTrueTypeFonts")
    zoom.addnext(embed) if zoom is not None else document.settings.element.insert(0, embed)


@lru_cache(maxsize=len(FACES))
def _masked(name: str, key: uuid.UUID) -> bytes:
    """Return the bytes of a font file, its first 32 masked by the key."""
    data = bytearray((STATIC / "fonts" / f"PTSerif-{name}.ttf").read_bytes())
    mask = bytes.fromhex(key.hex)[::-1]
    for place in range(32):
        data[place] ^= mask[place % 16]
    return bytes(data)


def _serialised(element) -> bytes:
    from lxml import etree

    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)


def _set_properties(document, title, author):
    now = timezone.now().replace(tzinfo=None, microsecond=0)
    properties = document.core_properties
    properties.title, properties.author, properties.language = title[:255], author[:255], LANGUAGE
    properties.comments, properties.last_modified_by, properties.revision = "", "", 1
    properties.created = properties.modified = now


def _drop_thumbnail(document):
    """The library's sample file carries a picture of another document."""
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[key]


def _number_pages(section):
    """Put the page number in the middle of the top margin."""
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = ALIGN["center"]
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = OxmlElement("w:r")
    run.append(OxmlElement("w:t"))
    run[0].text = "2"
    field.append(run)
    paragraph._p.append(field)


def _repeat(row: Any) -> None:
    """Repeat the row at the top of every page that the table reaches."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _whole(row: Any) -> None:
    """Never break the row between two pages."""
    row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))


def _margins(table: Any, sides: float, ends: float = 0) -> None:
    """Set the distance of texts from the sides of their cells and from their upper and lower ends, in millimetres."""
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("top", ends), ("left", sides), ("bottom", ends), ("right", sides)):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(round(width * 56.7)))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    look.addprevious(margins) if look is not None else properties.append(margins)
