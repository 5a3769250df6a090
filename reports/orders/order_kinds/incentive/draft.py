"""Particulars of an order on an incentive for workers (ТК 191)."""

from dataclasses import dataclass

from reports.orders.order_kinds.typed import TypedDraft

MEASURES = {
    "thanks": ("благодарность", "объявить благодарность", "dative"),
    "diploma": ("почётная грамота", "наградить почётной грамотой", "accusative"),
    "bonus": ("премия", "премировать", "accusative"),
}
"""Word, verb and its case of the measures of drafts that keep only a code."""


@dataclass(frozen=True)
class MeasureWords(TypedDraft):
    """A measure as it was called when the draft was written: the list of the school may change later."""

    code: str
    word: str
    verb: str
    case: str
    is_material: bool = False


@dataclass(frozen=True)
class IncentiveDraft(TypedDraft):
    """For what («за …»), by which measures, the size of a material one in words.

    ``measure`` is the code of the first; ``measures`` keep their words. ``proposal`` says in the genitive who has
    proposed it where that was not the council: «предложения наставника Очировой С. Д. от 12.11.2026».
    """

    measure: str
    merit: str
    amount: str = ""
    measures: tuple[MeasureWords, ...] = ()
    proposal: str = ""

    @property
    def said(self) -> tuple[MeasureWords, ...]:
        """The measures in words; a draft of an older edition has one of three."""
        return self.measures or (MeasureWords(self.measure, *MEASURES[self.measure], self.measure == "bonus"),)
