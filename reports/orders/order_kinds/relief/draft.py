"""Particulars of an order that records notices."""

from dataclasses import dataclass

from reports.orders.order_kinds.typed import TypedDraft


@dataclass(frozen=True)
class ReliefDraft(TypedDraft):
    """Primary keys of the notices, and of those among them with which the order stops a pay."""

    notices: tuple[int, ...]
    stops: tuple[int, ...] = ()
