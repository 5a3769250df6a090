"""Particulars of an order on an incentive for mentors."""

from dataclasses import dataclass

from reports.orders.order_kinds.typed import TypedDraft

MEASURES = {
    "thanks": ("благодарность", "объявить благодарность", "dative"),
    "diploma": ("почётная грамота", "наградить почётной грамотой", "accusative"),
    "bonus": ("премия", "премировать", "accusative"),
}
"""Word, verb and its case."""


@dataclass(frozen=True)
class IncentiveDraft(TypedDraft):
    """The measure (a key of ``MEASURES``), for what it is («за …»), and the size of a bonus in words."""

    measure: str
    merit: str
    amount: str = ""
