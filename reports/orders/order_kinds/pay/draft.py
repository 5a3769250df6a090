"""Particulars of an order that sets or stops pay."""

from dataclasses import dataclass, field
from datetime import date

from reports.orders.order_kinds.typed import TypedDraft


@dataclass(frozen=True)
class PayDraft(TypedDraft):
    """Primary keys of the agreements; whether pay stops, with the last day of each agreement.

    ``earlier`` is the last day as it was typed, when pay stops before the agreements say so; ``act`` is the act on pay
    with its date and number, where the agreements do not tell them.
    """

    agreements: tuple[int, ...]
    stop: bool
    last_days: dict[int, date | None] = field(default_factory=dict)
    earlier: date | None = None
    act: str = ""
