"""A shuffled stack falls into its papers: by the mark of each sheet, and by neighbourhood where sheets have none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reports.orders.registration.sheet_codes import Code
from reports.orders.scans.models import ScanSource


@dataclass(frozen=True)
class Leaf:
    """One page of a stack as it lay: its file and page there, its place from 1, and what was read on it.

    ``turned`` is by how much to turn it: of a page without a code, as much as the page before it.
    """

    source: ScanSource
    index: int
    scanned: int
    code: Code | None
    turned: int = 0

    @property
    def order(self) -> str:
        return self.code.order if self.code else ""


def papers(leaves: Sequence[Leaf]) -> list[list[Leaf]]:
    """Return the papers of a stack in the order in which they first appear, each with its pages in order.

    Sheets with marks come together from anywhere in the stack. An empty page stays with the sheet before it. A sheet
    without a mark follows the page before it, as sheets did that were printed when only the first had a code; but where
    the stack has marked sheets, a page that was not read stands alone: it may be of any paper.
    """
    marked: dict[str, list[list[Leaf]]] = {}
    found: list[list[Leaf] | str] = []
    last: list[Leaf] | None = None  # what the next page without a code of its own belongs to
    some_marked = any(leaf.code and leaf.code.mark for leaf in leaves)
    for leaf in leaves:
        code = leaf.code
        if last:
            leaf = leaf if leaf.order else replace(leaf, turned=last[0].turned)
        if code and code.mark:
            last = [leaf]
            if code.order not in marked:
                found.append(code.order)
            marked.setdefault(code.order, []).append(last)
        elif last is None or _begins(leaf, last, some_marked):
            last = [leaf]
            found.append(last)
        else:
            last.append(leaf)
    return [paper if isinstance(paper, list) else _in_order(marked[paper]) for paper in found]


def _begins(leaf: Leaf, last: list[Leaf], some_marked: bool) -> bool:
    """Whether a page without a mark begins a paper of its own."""
    if leaf.order:
        return leaf.order != last[0].order
    return leaf.code is None and some_marked


def _in_order(sheets: list[list[Leaf]]) -> list[Leaf]:
    """Return the sheets of one paper by number, each with the empty pages that lay behind it."""
    return [leaf for sheet in sorted(sheets, key=_number) for leaf in sheet]


def _number(sheet: list[Leaf]) -> int:
    code = sheet[0].code
    return code.mark.sheet if code and code.mark else 0
