"""What the pages of choosing show of mentees and of the mentors who suit them, in words (п. 3.5, 6.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from mentoring_site.russian import joined
from mentoring_site.ui.elements import Badge
from people.banks.models import Candidate, Statement
from people.language.names import agree
from programs.pairings.matching import Answer, Fit, post_of
from programs.pairings.presenters import load_words

MATRIX = 10  # a table of everybody is readable up to so many mentors
SHOWN = 3  # mentors offered for each mentee
SHOWN_ALONE = 10  # mentors on one page of the pages that show all of them


@dataclass(frozen=True)
class MenteeCard:
    """A mentee of the bank: what stands in the questionnaire."""

    pk: int
    name: str
    url: str
    post: str
    categories: str
    young: bool | None
    wishes: str
    asks: str
    requests: list[Statement]
    difficulties: list[Statement]


@dataclass(frozen=True)
class FitCard:
    """A mentor offered for mentees; ``propose_url`` is empty when the mentor has not enough places."""

    name: str
    short: str
    url: str
    post: str
    answers: list[Answer]
    unmet: list[str]
    load: str
    same_department: bool
    warnings: list[str]
    propose_url: str
    badge: Badge


@dataclass(frozen=True)
class Choice:
    """A mentee with the mentors who suit best; ``more`` others stand at ``more_url``."""

    mentee: MenteeCard
    fits: list[FitCard]
    more: int
    more_url: str


@dataclass(frozen=True)
class Cell:
    """One mentee and one mentor in the table of everybody."""

    mentor: str
    text: str
    url: str = ""
    note: str = ""
    best: bool = False


@dataclass(frozen=True)
class MatrixRow:
    """One mentee in the table of everybody."""

    name: str
    anchor: str
    cells: list[Cell]


def mentee_card(candidate: Candidate) -> MenteeCard:
    """Return what stands in a mentee's questionnaire; reads what ``with_statements`` prefetched and categories."""
    young, _ = candidate.person.young_specialist()
    said = [s for s in candidate.statements.all() if s.resolved_on is None]
    requests = [s for s in said if s.kind == Statement.Kind.REQUEST]
    return MenteeCard(
        pk=candidate.pk,
        name=candidate.person.full_name,
        url=candidate.get_absolute_url(),
        post=post_of(candidate),
        categories=joined([c.name for c in candidate.categories.all()]),
        young=young,
        wishes=candidate.wishes,
        asks="; ".join(s.text for s in requests) or "запросов в анкете нет",
        requests=requests,
        difficulties=[s for s in said if s.kind == Statement.Kind.DIFFICULTY],
    )


def choice(mentee: Candidate, fits: Sequence[Fit]) -> Choice:
    """Return a mentee with the first of the mentors."""
    address = propose_address([mentee])
    return Choice(
        mentee_card(mentee),
        [fit_card(fit, address) for fit in fits[:SHOWN]],
        max(0, len(fits) - SHOWN),
        f"{reverse('programs:pairing_mentor')}?mentee={mentee.pk}",
    )


def propose_address(mentees: Sequence[Candidate]) -> str:
    """Return the address of a proposal for the mentees; the mentor is added to it."""
    return f"{reverse('programs:pairing_propose')}?{urlencode([('mentee', m.pk) for m in mentees])}"


def fit_card(fit: Fit, address: str) -> FitCard:
    """Return one mentor offered for mentees, in words; ``address`` is that of a proposal for them."""
    return FitCard(
        name=fit.mentor.person.full_name,
        short=fit.mentor.person.short_name,
        url=fit.mentor.get_absolute_url(),
        post=post_of(fit.mentor),
        answers=fit.answers,
        unmet=fit.unmet,
        load=load_words(fit.mentor),
        same_department=fit.same_department,
        warnings=fit.warnings,
        propose_url=_propose_url(fit, address),
        badge=_badge(fit),
    )


def _has_places(fit: Fit) -> bool:
    return fit.free >= len(fit.mentees)


def _propose_url(fit: Fit, address: str) -> str:
    return f"{address}&mentor={fit.mentor.pk}" if _has_places(fit) else ""


def _badge(fit: Fit) -> Badge:
    if not _has_places(fit):
        return Badge("нет места", "stopped")
    met = fit.requests_met
    return Badge(verdict(fit), "done" if met and met >= fit.wanted else "others" if met else "draft")


def verdict(fit: Fit) -> str:
    """Say in a phrase how a mentor suits: «отвечает на 2 из 3 запросов»."""
    if not fit.wanted:
        return "запросы не записаны"
    met = min(fit.requests_met, fit.wanted)
    if met == fit.wanted:
        return "отвечает на запрос" if met == 1 else "отвечает на все запросы"
    return f"отвечает на {met} из\u00a0{fit.wanted} запросов" if met else "на запросы прямо не отвечает"


def matrix(mentees: Sequence[Candidate], mentors: Sequence[Candidate], fits: dict[int, list[Fit]]) -> list[MatrixRow]:
    """Return everybody in one table while there are few mentors: a cell leads to the proposal."""
    if len(mentors) > MATRIX:
        return []
    rows = []
    for mentee in mentees:
        by_mentor, address = {fit.mentor.pk: fit for fit in fits[mentee.pk]}, propose_address([mentee])
        cells = [_cell(by_mentor.get(mentor.pk), mentor, address) for mentor in mentors]
        rows.append(MatrixRow(mentee.person.short_name, f"#mentee-{mentee.pk}", cells))
    return rows


def _cell(fit: Fit | None, mentor: Candidate, address: str) -> Cell:
    name = mentor.person.short_name
    if fit is None:
        return Cell(name, agree(mentor.person.gender, "сам", "сама"))
    notes = [*(["своё отделение"] if fit.same_department else []), *(["осторожно"] if fit.warnings else [])]
    note = ", ".join(notes)
    if not _has_places(fit):
        return Cell(name, "нет места", note=note)
    met = f"{min(fit.requests_met, fit.wanted)} из\u00a0{fit.wanted}"
    best = bool(fit.wanted and fit.requests_met >= fit.wanted)
    return Cell(name, met, _propose_url(fit, address), note, best)
