"""Particulars of an order that creates the association of mentors."""

from dataclasses import dataclass
from datetime import date

from reports.orders.order_kinds.typed import TypedDraft


@dataclass(frozen=True)
class AssociationDraft(TypedDraft):
    """The day of the curator's written proposal (п. 3.4); None while nobody has named it."""

    proposed_on: date | None = None

    @property
    def cited_papers(self) -> list[tuple[str, date]]:
        """The proposal; the order is not dated before it."""
        return [("предложение куратора", self.proposed_on)] if self.proposed_on else []
