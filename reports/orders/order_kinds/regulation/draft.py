"""Particulars of an order that approves the Положение."""

from dataclasses import dataclass
from datetime import date

from reports.orders.order_kinds.typed import TypedDraft


@dataclass(frozen=True)
class RegulationDraft(TypedDraft):
    """The text of the Положение, its first day, and the roadmap (primary key) that the same order approves."""

    text: str
    since: date
    roadmap: int | None = None
