"""The tags of a paper, mended before it is written: one table for one table, and cells that know their headers.

The library tags what it draws page by page: a table over three pages becomes three tables, each with a header of its
own, and a header does not say whether it stands over a column or before a row. For a screen reader the paper would be
another one than for the eye (ПП РФ от 07.02.2026 № 102, п. 2 «а», «в»; ГОСТ Р 70176-2022; PDF/UA-1, 7.5).
"""

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.document import Document
from weasyprint.formatting_structure import boxes

SCOPES = {"row": "/Row", "col": "/Column"}


def mend_tables(document: Document, pdf: pydyf.PDF) -> None:
    """Join the parts of each table, leave one header to it and tell the scope of every header cell."""
    tables: dict = {}
    for page in document.pages:
        for table, cells in _tables(page._page_box):
            tables.setdefault(table, []).append(cells)
    for parts in tables.values():
        _Table(pdf, parts).mend()


def _tables(box: Any) -> Iterator[tuple]:
    """Yield ``(element, cells)`` of every table below a box, in the order of the paper."""
    if isinstance(box, boxes.TableBox):
        yield box.element, [cell for cell in _cells(box) if getattr(cell, "mark", None) is not None]
        return
    for child in getattr(box, "children", ()):
        yield from _tables(getattr(child, "_box", child))


def _cells(box: Any) -> Iterator:
    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.TableCellBox):
            yield child
        else:
            yield from _cells(child)


class _Table:
    """A table of the paper: for each page that it reaches its cells, each with its structure element (``mark``)."""

    def __init__(self, pdf: pydyf.PDF, parts: list[list]):
        self.pdf = pdf
        self.parts = [part for part in parts if part]
        self.known: dict = {}  # element of a header -> its ID, given where it stands first
        self.renamed: dict[str, pydyf.String] = {}  # ID of its repetition -> that ID

    def mend(self) -> None:
        for part in self.parts:
            self._name_headers(part)
        for part in self.parts:
            self._point_to_headers(part)
        first, *rest = self.parts or [[]]
        for part in rest:
            self._join(first[0].mark, part)

    def _name_headers(self, cells: list) -> None:
        for cell in cells:
            if cell.element_tag == "th":
                cell.mark["A"]["Scope"] = SCOPES.get(cell.element.get("scope"), "/Column")
                own = cell.mark["ID"]
                self.renamed[own.string] = self.known.setdefault(cell.element, own)

    def _point_to_headers(self, cells: list) -> None:
        for cell in cells:
            if headers := cell.mark["A"].get("Headers"):
                kept = dict.fromkeys(self.renamed.get(name.string, name).string for name in headers)
                cell.mark["A"]["Headers"] = pydyf.Array([pydyf.String(name) for name in kept])

    def _join(self, cell: pydyf.Dictionary, part: list) -> None:
        """Hang what a later page holds into the table of the first one; its repeated header is decoration."""
        whole = self._above(cell, "/Table")
        table = self._above(part[0].mark, "/Table")
        if table is whole:
            return
        for reference in table["K"]:
            group = self._object(reference)
            if group["S"] == "/THead":
                self._decorate(group)
            else:
                group["P"] = whole.reference
                whole["K"].append(reference)
        self._object(table["P"])["K"].remove(table.reference)

    def _above(self, element: pydyf.Dictionary, tag: str) -> pydyf.Dictionary:
        while element["S"] != tag:
            element = self._object(element["P"])
        return element

    def _object(self, reference: bytes) -> Any:
        return self.pdf.objects[int(reference.split()[0])]

    def _decorate(self, element: pydyf.Dictionary) -> None:
        """Turn what an element marks on its page into an artifact: a screen reader passes over it."""
        for kid in element["K"]:
            if isinstance(kid, int):
                self._artifact(element["Pg"], kid)
            else:
                self._decorate(self._object(kid))

    def _artifact(self, page: bytes, mcid: int) -> None:
        stream = self._object(self._object(page)["Contents"]).stream
        for place, item in enumerate(stream):
            if isinstance(item, pydyf.Dictionary) and item.get("MCID") == mcid:
                stream[place - 1 : place + 2] = ["/Artifact", b"BMC"]
                break
        root = self._object(self.pdf.catalog["StructTreeRoot"])
        numbers = self._object(root["ParentTree"])["Nums"]
        numbers[self.pdf.page_references.index(page) * 2 + 1][mcid] = "null"
