"""What the page of the whole school shows of variants, and the page that holds two mentors side by side (п. 6.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from mentoring_site.russian import joined, lower_first, plural
from programs.pairings.assignment import NOWHERE
from programs.pairings.choice_presenters import FitCard, fit_card
from programs.pairings.matching import IMPORTANCE, Bar, Criterion, Pool, Profile, bar_sentence
from programs.pairings.set_views import CHOSEN
from programs.pairings.variants import Variant

OFFERED = 8  # mentors in the list of a row: those who suit best
REASONS_IN_A_ROW = 2


@dataclass(frozen=True)
class VariantTab:
    """A variant with its sums; ``differs`` says in how many pairs it is not the first one."""

    title: str
    words: str
    url: str
    current: bool
    total: int
    mean: int
    lowest: int
    placed: str
    most: int
    differs: str


@dataclass(frozen=True)
class Option:
    """A mentor to whom a mentee may be moved by hand; ``chosen`` when one stands there so."""

    pk: int
    words: str
    chosen: bool


@dataclass(frozen=True)
class PairRow:
    """A mentee in a variant: the mentor, why, the second mentor, and to whom else one may be moved."""

    pk: int
    mentee: str
    mentor: str
    points: int
    why: str
    second: str
    moved: bool
    options: list[Option]
    compare_url: str


def tab(variant: Variant, first: Variant, current: Variant, url: str) -> VariantTab:
    """Return a variant as one of the three to choose from."""
    number = sum(one != other for one, other in zip(variant.columns, first.columns, strict=True))
    return VariantTab(
        variant.title,
        variant.words,
        url,
        variant is current,
        variant.total,
        variant.mean,
        variant.lowest,
        f"{variant.placed} из\u00a0{len(variant.columns)}",
        variant.most,
        plural(number, "пара другая,пары другие,пар другие") if number else "",
    )


def pair_rows(variant: Variant, moved: dict[int, int]) -> list[PairRow]:
    """Return a row for each mentee; words only of the pairs that stand in it."""
    rows = []
    for row, mentee in enumerate(variant.pool.mentees):
        fit, second = variant.fit(row), variant.second(row)
        told = [reason.text for reason in fit.reasons[:REASONS_IN_A_ROW]] if fit else []
        why = "; ".join([*told[:1], *map(lower_first, told[1:])])
        options = _options(variant, row, moved.get(mentee.pk))
        pair = [option.pk for option in options][:2]
        query = urlencode([("mentee", mentee.pk), *(("mentor", pk) for pk in pair)])
        rows.append(
            PairRow(
                mentee.pk,
                mentee.name,
                fit.mentor.name if fit else "",
                variant.points[row],
                why,
                second.name if second else "",
                mentee.pk in moved,
                options,
                f"{reverse('programs:pairing_compare')}?{query}" if pair else "",
            )
        )
    return rows


def _options(variant: Variant, row: int, moved: int | None) -> list[Option]:
    """Return the mentor of the variant and the others who suit best, with points."""
    own, mentors = variant.columns[row], variant.pool.mentors
    scored = [(score, column) for column, score in enumerate(variant.scores[row]) if score is not None]
    best = sorted(scored, key=lambda one: (one[1] != own, -one[0], one[1]))[:OFFERED]
    return [Option(mentors[k].pk, f"{mentors[k].name} — {score}", mentors[k].pk == moved) for score, k in best]


def set_address(variant: Variant) -> str:
    """Return the address of the page that proposes all pairs of a variant by one press."""
    pairs = [(f"{CHOSEN}{mentee}", mentor) for mentee, mentor in variant.chosen.items()]
    return f"{reverse('programs:pairing_set')}?{urlencode(pairs)}"


@dataclass(frozen=True)
class Side:
    """One of two mentors side by side."""

    card: FitCard
    points: int
    forbidden: str


@dataclass(frozen=True)
class Line:
    """What one criterion says of two mentors: points and a sentence for each."""

    label: str
    importance: str
    cells: list[tuple[int, str, bool]]


def sides(pool: Pool, mentee: Profile, mentors: Sequence[Profile]) -> list[Side]:
    """Return the heads of the columns."""
    address = f"{reverse('programs:pairing_propose')}?mentee={mentee.pk}"
    found = []
    for mentor in mentors:
        fit = pool.fit([mentee], mentor)
        told = [bar for bar in pool.bars(mentee, mentor) if bar in (Bar.REQUEST, Bar.SILENT)]
        forbidden = joined([bar_sentence(pool, mentee, mentor, bar) for bar in told])
        found.append(Side(fit_card(fit, address), fit.score, forbidden))
    return found


def lines(pool: Pool, mentee: Profile, mentors: Sequence[Profile]) -> list[Line]:
    """Return a line for each criterion that counts, the better cell marked."""
    by_mentor = [{reason.criterion: reason for reason in pool.fit([mentee], mentor).reasons} for mentor in mentors]
    found = []
    for criterion in Criterion:
        reasons = [one[criterion] for one in by_mentor if criterion in one]
        if len(reasons) == len(mentors) and reasons:
            most = max(reason.value for reason in reasons)
            better = len({reason.value for reason in reasons}) > 1
            cells = [(reason.value, reason.text, better and reason.value == most) for reason in reasons]
            found.append(Line(criterion.label, IMPORTANCE[pool.rules.weights[criterion]], cells))
    return found


def unplaced(variant: Variant) -> int:
    """Return how many mentees a variant leaves without a mentor."""
    return sum(column == NOWHERE for column in variant.columns)
