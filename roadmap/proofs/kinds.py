"""Kinds of records that prove a line of the plan or a duty: a registry that features fill when they are ready.

A line says which kinds it expects; it is proved when each of them stands among its evidence.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet

from mentoring_site.evidence.places import Offer
from mentoring_site.models import Evidence, EvidenceRevision
from mentoring_site.russian import joined

SHOWN = 15
"""Records of one kind that are offered at once, the latest first."""
PAPER = "paper"


@dataclass(frozen=True)
class ProofKind:
    """A kind of record: «приказ». ``found(user, since, until)`` are those of a period that the user may open.

    ``named`` says what stands in the list of evidence: everybody who reads the plan reads it, so no name of a person.
    ``fits`` tells kinds of one model apart.
    ``single`` says that each record of a period proves what expects this kind: the clock puts it there itself, and
    ``found`` then gets no user.
    """

    code: str
    label: str
    model: type[Model] | None = None
    found: Callable[[Any, date, date], QuerySet] | None = None
    named: Callable[[Any], str] = str
    fits: Callable[[Any], bool] = lambda found: True
    single: bool = False


KINDS: dict[str, ProofKind] = {
    PAPER: ProofKind(PAPER, "файл или ссылка"),
}


def register(*kinds: ProofKind) -> None:
    """Let these kinds of records prove things; called once when an app is ready."""
    KINDS.update({kind.code: kind for kind in kinds})


def choices() -> list[tuple[str, str]]:
    """Return the kinds for a form, by their words."""
    return sorted(((kind.code, kind.label) for kind in KINDS.values()), key=lambda choice: choice[1])


def words(codes: Iterable[str]) -> str:
    """Return kinds in words: «приказ, протокол и новость»."""
    return joined([KINDS[code].label for code in codes if code in KINDS])


def offers(user: Any, since: date, until: date, wanted: Iterable[str] = ()) -> list[Offer]:
    """Return the records of a period that the user may put as evidence; those of the ``wanted`` kinds first."""
    first = [KINDS[code] for code in wanted if code in KINDS]
    ordered = [*first, *(kind for kind in KINDS.values() if kind not in first)]
    return [
        Offer(f"{kind.code}-{found.pk}", kind.named(found), found)
        for kind in ordered
        if kind.found is not None
        for found in kind.found(user, since, until)[:SHOWN]
    ]


def offer_of(kind: ProofKind, found: Model) -> Offer:
    """Return one record as what is put to a thing."""
    return Offer(f"{kind.code}-{found.pk}", kind.named(found), found)


def standing(evidence: Iterable[Evidence], day: date | None = None) -> list[EvidenceRevision]:
    """Return what of the evidence stands and has not expired (its revisions are read)."""
    return [row.latest for row in evidence if row.removed_at is None and not row.is_expired(day)]


def missing(wanted: Iterable[str], revisions: Sequence[EvidenceRevision]) -> list[str]:
    """Return the codes of the wanted kinds that none of the revisions is of; a kind that is gone stays missing."""
    objects = [revision.object for revision in revisions if revision.object_type_id]
    has_paper = any(revision.object_type_id is None for revision in revisions)

    def holds(code: str) -> bool:
        kind = KINDS.get(code)
        if kind is None:
            return False
        if kind.model is None:
            return has_paper
        return any(isinstance(found, kind.model) and kind.fits(found) for found in objects)

    return [code for code in wanted if not holds(code)]
