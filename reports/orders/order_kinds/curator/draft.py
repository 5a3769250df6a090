"""Particulars of an order that appoints the curator."""

from dataclasses import dataclass
from datetime import date

from reports.orders.order_kinds.typed import TypedDraft


@dataclass(frozen=True)
class CuratorDraft(TypedDraft):
    """First and last day of the curator."""

    since: date
    until: date | None = None
