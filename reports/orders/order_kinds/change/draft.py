"""Particulars of an order that changes another one or ends it."""

from dataclasses import dataclass

from reports.orders.order_kinds.typed import TypedDraft


@dataclass(frozen=True)
class ChangeDraft(TypedDraft):
    """Whether the whole order ends, otherwise the changes, a line for each; the reason."""

    whole: bool
    text: str
    reason: str
