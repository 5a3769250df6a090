"""What the pages of choosing show of mentees and of the mentors who suit them, in words (п. 3.5, 6.1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from mentoring_site.russian import joined, plural
from mentoring_site.ui.elements import Badge
from people.banks.models import Candidate, Statement
from people.language.names import agree
from programs.pairings.matching import Answer, Fit, Profile
from programs.pairings.pool import profile

MATRIX = 15  # columns of the table of everybody; the mentors who suit the mentees of the page best stand in it
SHOWN = 3  # mentors offered for each mentee
SHOWN_ALONE = 10  # mentors on one page of the pages that show all of them


@dataclass(frozen=True)
class MenteeCard:
    """A mentee of the bank: what stands in the questionnaire."""

    pk: int
    person: int
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

    pk: int
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
    """A mentee with the mentors who suit best; ``more`` others stand at ``more_url``; ``chosen`` is a mentor's pk."""

    mentee: MenteeCard
    fits: list[FitCard]
    more: int
    more_url: str
    chosen: int | None = None


@dataclass(frozen=True)
class Column:
    """One mentor in the table of everybody."""

    pk: int
    name: str
    load: str


@dataclass(frozen=True)
class Cell:
    """One mentee and one mentor in the table of everybody; one that is not ``open`` cannot be chosen."""

    pk: int
    mentor: str
    text: str
    open: bool = False
    note: str = ""
    best: bool = False


@dataclass(frozen=True)
class MatrixRow:
    """One mentee in the table of everybody; ``chosen`` is the mentor of the set, None while there is none."""

    pk: int
    name: str
    cells: list[Cell]
    chosen: int | None


def mentee_card(candidate: Candidate) -> MenteeCard:
    """Return what stands in a mentee's questionnaire; reads what ``with_statements`` prefetched and categories."""
    young, _ = candidate.person.young_specialist()
    said = [s for s in candidate.statements.all() if s.resolved_on is None]
    requests = [s for s in said if s.kind == Statement.Kind.REQUEST]
    return MenteeCard(
        pk=candidate.pk,
        person=candidate.person_id,
        name=candidate.person.full_name,
        url=candidate.get_absolute_url(),
        post=profile(candidate).post,
        categories=joined([c.name for c in candidate.categories.all()]),
        young=young,
        wishes=candidate.wishes,
        asks="; ".join(s.text for s in requests) or "запросов в анкете нет",
        requests=requests,
        difficulties=[s for s in said if s.kind == Statement.Kind.DIFFICULTY],
    )


def choice(mentee: Candidate, fits: Sequence[Fit], chosen: int | None = None) -> Choice:
    """Return a mentee with the first of the mentors, the chosen one among them."""
    address = propose_address([mentee])
    first = list(fits[:SHOWN])
    if chosen and chosen not in {fit.mentor.pk for fit in first}:
        first[-1:] = [fit for fit in fits if fit.mentor.pk == chosen] or first[-1:]
    return Choice(
        mentee_card(mentee),
        [fit_card(fit, address) for fit in first],
        max(0, len(fits) - SHOWN),
        f"{reverse('programs:pairing_mentor')}?mentee={mentee.pk}",
        chosen,
    )


def propose_address(mentees: Sequence[Candidate]) -> str:
    """Return the address of a proposal for the mentees; the mentor is added to it."""
    return f"{reverse('programs:pairing_propose')}?{urlencode([('mentee', m.pk) for m in mentees])}"


def fit_card(fit: Fit, address: str) -> FitCard:
    """Return one mentor offered for mentees, in words; ``address`` is that of a proposal for them."""
    return FitCard(
        pk=fit.mentor.pk,
        name=fit.mentor.full_name,
        short=fit.mentor.name,
        url=reverse("people:candidate", args=[fit.mentor.pk]),
        post=fit.mentor.post,
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


def matrix(
    mentees: Sequence[Candidate], mentors: Sequence[Profile], fits: Mapping[int, list[Fit]], chosen: Mapping[int, int]
) -> list[MatrixRow]:
    """Return the mentees of the page against ``mentors`` in one table: how many requests each of them answers."""
    rows = []
    for mentee in mentees:
        by_mentor = {fit.mentor.pk: fit for fit in fits[mentee.pk]}
        cells = [_cell(by_mentor.get(mentor.pk), mentor) for mentor in mentors]
        rows.append(MatrixRow(mentee.pk, mentee.person.short_name, cells, chosen.get(mentee.pk)))
    return rows


def columns(mentors: Sequence[Profile], fits: Mapping[int, list[Fit]], chosen: Mapping[int, int]) -> list[Profile]:
    """Return the mentors of the table by name: those of the set, then whoever stands nearest the top for somebody."""
    places: dict[int, int] = {}
    for rows in fits.values():
        for place, fit in enumerate(rows):
            places[fit.mentor.pk] = min(place, places.get(fit.mentor.pk, place))
    wanted = set(chosen.values())
    nearest = sorted(mentors, key=lambda m: (m.pk not in wanted, places.get(m.pk, len(mentors)), m.pk))[:MATRIX]
    return sorted(nearest, key=lambda m: (m.name, m.pk))


def column(mentor: Profile) -> Column:
    """Return the heading of a mentor in the table of everybody."""
    return Column(mentor.pk, mentor.name, load_words(mentor).split(",")[0])


def _cell(fit: Fit | None, mentor: Profile) -> Cell:
    name = mentor.name
    if fit is None:
        return Cell(mentor.pk, name, agree(mentor.gender, "сам", "сама"))
    notes = [*(["своё отд."] if fit.same_department else []), *(["осторожно"] if fit.warnings else [])]
    note = ", ".join(notes)
    if not _has_places(fit):
        return Cell(mentor.pk, name, "нет места", note=note)
    met = f"{min(fit.requests_met, fit.wanted)} из\u00a0{fit.wanted}"
    best = bool(fit.wanted and fit.requests_met >= fit.wanted)
    return Cell(mentor.pk, name, met, True, note, best)


def load_words(mentor: Profile) -> str:
    """Return «ведёт 1 из 3» for a mentor of the bank, with proposed mentees counted."""
    limit = mentor.capacity_persons or 0
    hours = f", {plural(mentor.capacity_hours, 'час,часа,часов')} в\u00a0месяц" if mentor.capacity_hours else ""
    return f"ведёт {mentor.load} из\u00a0{limit}{hours}"
