"""Particulars of an order that approves the Положение."""

from dataclasses import dataclass
from datetime import date

from reports.orders.order_kinds.typed import TypedDraft
from roadmap.regulation import approvals


@dataclass(frozen=True)
class ApprovalRow(TypedDraft):
    """A mark of the Положение: who adopted or agreed on it, by which minutes."""

    word: str
    body: str
    number: str
    date: str


@dataclass(frozen=True)
class RegulationDraft(TypedDraft):
    """The text of the Положение, its first day, the roadmap (primary key) that the same order approves.

    Besides: the marks of collegial bodies, the full title of the act that it replaces, the act of the legal base
    (primary key) that has called for the change, and what is different (п. 9.2).
    """

    text: str
    since: date
    roadmap: int | None = None
    approvals: tuple[ApprovalRow, ...] = ()
    former: str = ""
    ground: int | None = None
    why: str = ""

    @property
    def marks(self) -> list[dict]:
        """The marks as ``roadmap.regulation.approvals`` takes them."""
        return [row.dump() for row in self.approvals]

    @property
    def cited_papers(self) -> list[tuple[str, date]]:
        """The minutes of the bodies that have adopted it."""
        return approvals.cited(self.marks)
