"""The whole school at once: variants of all pairs, a second mentor for everybody, and what stands in the way (п. 6.1).

Pure, over ``matching.Pool``: each variant is an exact optimum of what it looks at (``assignment.py``). A person who is
moved by hand stays there, the others are arranged anew around it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from mentoring_site.russian import joined, plural
from programs.pairings.assignment import NOWHERE, assign, bottleneck
from programs.pairings.matching import MUST_BARS, Bar, Criterion, Fit, Pool, Profile, craft_name

EVENING = 12  # points that each further mentee of one mentor costs in the even variant
TRIES = 12  # pairs that are forbidden in turn to find a near variant where the others agree
SERVICE_TO_INVITE = 5  # years of service of a colleague who might be asked to be a mentor
Table = list[list[int | None]]


@dataclass(frozen=True)
class Loss:
    """What a variant costs one mentee: points against the mentor named."""

    name: str
    points: int
    instead: str


class Variant:
    """One set of pairs for the whole school; ``columns`` has the place of each mentee's mentor or ``NOWHERE``.

    ``allowed`` are the scores with those who were moved by hand held where they stand.
    """

    def __init__(self, pool: Pool, scores: Table, columns: Sequence[int], allowed: Table | None = None):
        self.pool, self.scores, self.columns, self.allowed = pool, scores, list(columns), allowed or scores
        self.code = self.title = self.words = ""

    def named(self, code: str, title: str, words: str) -> "Variant":
        """Return the variant with what it looks at, in words."""
        self.code, self.title, self.words = code, title, words
        return self

    def like(self, columns: Sequence[int]) -> "Variant":
        """Return another variant of the same choice."""
        return Variant(self.pool, self.scores, columns, self.allowed)

    @cached_property
    def points(self) -> list[int]:
        """Points of the pairs, in the order of the mentees; 0 without a mentor."""
        return [self.scores[row][column] or 0 if column != NOWHERE else 0 for row, column in enumerate(self.columns)]

    @property
    def total(self) -> int:
        return sum(self.points)

    @property
    def placed(self) -> int:
        return sum(column != NOWHERE for column in self.columns)

    @property
    def mean(self) -> int:
        """Mean points of a pair."""
        return round(self.total / self.placed) if self.placed else 0

    @property
    def lowest(self) -> int:
        """Points of the weakest pair."""
        return min(
            (points for points, column in zip(self.points, self.columns, strict=True) if column != NOWHERE), default=0
        )

    @cached_property
    def loads(self) -> Counter[int]:
        """How many mentees each mentor gets, by place."""
        return Counter(column for column in self.columns if column != NOWHERE)

    @property
    def most(self) -> int:
        """How many mentees the busiest mentor gets."""
        return max(self.loads.values(), default=0)

    def mentor(self, row: int) -> Profile | None:
        """Return the mentor of a mentee, by the mentee's place."""
        return self.pool.mentors[self.columns[row]] if self.columns[row] != NOWHERE else None

    def fit(self, row: int) -> Fit | None:
        """Return the pair of a mentee in words."""
        mentor = self.mentor(row)
        return self.pool.fit([self.pool.mentees[row]], mentor) if mentor else None

    @cached_property
    def chosen(self) -> dict[int, int]:
        """The mentor's candidate pk by the mentee's."""
        pairs = zip(self.pool.mentees, self.columns, strict=True)
        return {mentee.pk: self.pool.mentors[column].pk for mentee, column in pairs if column != NOWHERE}

    @cached_property
    def losses(self) -> list[Loss]:
        """Whom the variant does not give the mentor that suits best, and what it costs, the dearest first."""
        found = []
        for row, line in enumerate(self.scores):
            best = max((score for score in line if score is not None), default=None)
            if best is not None and self.columns[row] != NOWHERE and best > self.points[row]:
                instead = self.pool.mentors[line.index(best)].name
                found.append(Loss(self.pool.mentees[row].name, best - self.points[row], instead))
        return sorted(found, key=lambda loss: -loss.points)

    @cached_property
    def seconds(self) -> list[int]:
        """A second mentor of each mentee, from places that the variant leaves free, or ``NOWHERE``.

        Those of one mentor fit together: if the mentor falls out, all of the own mentees have where to go at once.
        """
        places = [number - self.loads[column] for column, number in enumerate(self.pool.places())]
        found = [NOWHERE] * len(self.columns)
        for lost in self.loads:
            rows = [row for row, column in enumerate(self.columns) if column == lost]
            rest = assign([self.scores[row] for row in rows], [*places[:lost], 0, *places[lost + 1 :]])
            for row, column in zip(rows, rest.columns, strict=True):
                found[row] = column
        return found

    def second(self, row: int) -> Profile | None:
        """Return the second mentor of a mentee."""
        return self.pool.mentors[self.seconds[row]] if self.seconds[row] != NOWHERE else None


def best(pool: Pool, moved: Mapping[int, int] | None = None, scores: Table | None = None) -> Variant:
    """Return the variant with the largest sum; ``moved`` says which mentee (pk) stands with which mentor (pk)."""
    scores = scores or pool.scores()
    allowed = _moved(pool, scores, moved or {})
    found = Variant(pool, scores, assign(allowed, pool.places()).columns, allowed)
    return found.named("best", "Лучшая сумма", "Больше всего баллов у всех пар вместе")


def variants(pool: Pool, moved: Mapping[int, int] | None = None, scores: Table | None = None) -> list[Variant]:
    """Return up to three different variants: the largest sum, the best weakest pair, even loads; or what comes near."""
    first = best(pool, moved, scores)
    found = [first]
    for make in (_fairest, _evenest, _requests_first, _nearest):
        if len(found) < 3 and (other := make(pool, first, found)) is not None:
            found.append(other)
    return found


def _moved(pool: Pool, scores: Table, moved: Mapping[int, int]) -> Table:
    """Leave a moved mentee the one mentor; a pair that is forbidden is not made by hand either."""
    places = {mentor.pk: column for column, mentor in enumerate(pool.mentors)}
    lines = list(scores)
    for row, mentee in enumerate(pool.mentees):
        column = places.get(moved.get(mentee.pk, 0))
        if column is not None and scores[row][column] is not None:
            lines[row] = [score if k == column else None for k, score in enumerate(scores[row])]
    return lines


def _new(columns: Sequence[int], found: Iterable[Variant], placed: int) -> bool:
    return all(list(columns) != one.columns for one in found) and sum(k != NOWHERE for k in columns) == placed


def _fairest(pool: Pool, first: Variant, found: list[Variant]) -> Variant | None:
    """Nobody is left with a weak pair while another arrangement avoids it: the weakest pair is as good as can be."""
    levels, places = sorted({score for line in first.allowed for score in line if score is not None}), pool.places()
    low, high, columns = 0, len(levels) - 1, first.columns
    while low < high:
        middle = (low + high + 1) // 2
        tried = assign(_above(first.allowed, levels[middle]), places)
        if len(first.columns) - len(tried.unplaced) == first.placed:
            low, columns = middle, tried.columns
        else:
            high = middle - 1
    if not _new(columns, found, first.placed):
        return None
    words = "Слабейшая пара сильна, насколько можно; потом сумма баллов"
    return first.like(columns).named("fair", "Никто не в обиде", words)


def _above(scores: Table, level: int) -> Table:
    return [[score if score is not None and score >= level else None for score in line] for line in scores]


def _evenest(pool: Pool, first: Variant, found: list[Variant]) -> Variant | None:
    """Each further mentee of one mentor costs more: the places of a mentor become columns of their own."""
    units = [
        (column, EVENING * (pool.mentors[column].load + taken))
        for column, places in enumerate(pool.places())
        for taken in range(min(places, len(pool.mentees)))
    ]
    dearer = [[None if (s := line[column]) is None else s - cost for column, cost in units] for line in first.allowed]
    tried = assign(dearer, [1] * len(units))
    columns = [NOWHERE if unit == NOWHERE else units[unit][0] for unit in tried.columns]
    if not _new(columns, found, first.placed):
        return None
    words = f"Каждый следующий наставляемый у одного наставника «стоит» {plural(EVENING, 'балл,балла,баллов')}"
    return first.like(columns).named("even", "Ровная нагрузка", words)


def _requests_first(pool: Pool, first: Variant, found: list[Variant]) -> Variant | None:
    """Requests and difficulties before everything else."""
    needs = (Criterion.REQUEST, Criterion.DIFFICULTY)
    weights = {criterion: weight if criterion in needs else 0 for criterion, weight in pool.rules.weights.items()}
    needy = Pool(pool.mentees, pool.mentors, replace(pool.rules, weights=weights))
    scores = [
        [
            None if score is None else 200 * needy.rate(mentee, mentor) + score
            for mentor, score in zip(pool.mentors, line, strict=True)
        ]
        for mentee, line in zip(pool.mentees, first.allowed, strict=True)
    ]
    columns = assign(scores, pool.places()).columns
    if not _new(columns, found, first.placed):
        return None
    return first.like(columns).named("needs", "Прежде всего запросы", "Сначала запросы и затруднения, потом остальное")


def _nearest(pool: Pool, first: Variant, found: list[Variant]) -> Variant | None:
    """Where all views agree: the best of what is left when one of the pairs is forbidden."""
    tries = []
    for row in sorted(range(len(first.columns)), key=lambda one: _regret(first, one))[:TRIES]:
        lines = list(first.allowed)
        lines[row] = [None if k == first.columns[row] else score for k, score in enumerate(lines[row])]
        tried = assign(lines, pool.places())
        if first.columns[row] != NOWHERE and _new(tried.columns, found, first.placed):
            tries.append((tried.total, tried.columns))
    if not tries:
        return None
    _, columns = max(tries)
    return first.like(columns).named(
        "near", "Почти та же сумма", "Ближайшая по сумме расстановка, другая хотя бы в одной паре"
    )


def _regret(variant: Variant, row: int) -> int:
    """How much a mentee loses at least by another mentor."""
    others = [score for k, score in enumerate(variant.allowed[row]) if score is not None and k != variant.columns[row]]
    return variant.points[row] - max(others, default=-1)


@dataclass(frozen=True)
class Change:
    """What moving one person changes for another: mentors by name (empty for none) and points."""

    mentee: str
    before: str
    after: str
    points: int


def changes(before: Variant, after: Variant) -> list[Change]:
    """Return who has another mentor in ``after``."""
    found = []
    for row, mentee in enumerate(before.pool.mentees):
        if before.columns[row] != after.columns[row]:
            was, now = before.mentor(row), after.mentor(row)
            points = after.points[row] - before.points[row]
            found.append(Change(mentee.name, was.name if was else "", now.name if now else "", points))
    return found


@dataclass(frozen=True)
class WayOut:
    """What would give one more mentee a mentor; ``effort`` orders the ways, the least first."""

    effort: int
    text: str


@dataclass(frozen=True)
class Bottleneck:
    """Why somebody stays without a mentor: mentees who compete for the places of ``mentors``, all taken."""

    text: str
    mentees: Sequence[Profile]
    mentors: Sequence[Profile]
    ways: Sequence[WayOut]


def bottlenecks(variant: Variant, colleagues: Sequence[Profile] = ()) -> list[Bottleneck]:
    """Return what keeps mentees without a mentor, the one that concerns most of them first.

    ``colleagues`` are people of the school who stand in no bank of mentors and could be asked.
    """
    closures: dict[tuple[int, ...], tuple[list[int], list[int]]] = {}
    alone: dict[str, list[int]] = {}
    for row, column in enumerate(variant.columns):
        if column != NOWHERE:
            continue
        rows, mentors = bottleneck(variant.allowed, variant.columns, row)
        if mentors:
            closures[tuple(mentors)] = (rows, mentors)
        else:
            alone.setdefault(_lonely(variant.pool, variant.pool.mentees[row]), []).append(row)
    found = [_short(variant, rows, mentors, colleagues) for rows, mentors in closures.values()]
    found += [_nobody(variant, text, rows, colleagues) for text, rows in alone.items()]
    return sorted(found, key=lambda one: -(len(one.mentees) - sum(m.places(variant.pool.rules) for m in one.mentors)))


def _lonely(pool: Pool, mentee: Profile) -> str:
    """Say why there is nobody to propose to a mentee, without the name."""
    crafts = sorted(mentee.crafts)
    if crafts and not any(craft in mentor.crafts for mentor in pool.mentors for craft in crafts):
        return f"{_class_of(crafts[0])} нет наставника"
    causes = Counter(bar for mentor in pool.mentors for bar in list(pool.bars(mentee, mentor))[:1])
    if not causes:
        return "в банке наставников никого нет"
    bar, number = causes.most_common(1)[0]
    if bar == Bar.SILENT:
        return "запросы в анкете не записаны"
    if bar == Bar.REQUEST and number == len(pool.mentors):
        return "на запросы не отвечает никто из наставников"
    told = "; ".join(f"{one.label} — {count}" for one, count in causes.most_common())
    return f"предложить некого ({told})"


def _class_of(craft: str) -> str:
    return f"по классу {craft_name(craft)}" if craft.startswith("по классу ") else f"по специальности «{craft}»"


def _nobody(variant: Variant, cause: str, rows: list[int], colleagues: Sequence[Profile]) -> Bottleneck:
    """Nobody may be proposed to these mentees at all."""
    pool = variant.pool
    mentees = [pool.mentees[row] for row in rows]
    text = f"{cause[:1].upper()}{cause[1:]}: {joined([m.name for m in mentees])}"
    ways = [WayOut(0, f"Дополнить анкету: {m.name}") for m in mentees[:1] if Bar.SILENT in set(_bars(pool, m))]
    return Bottleneck(
        text, mentees, [], sorted([*ways, *_others(variant, mentees, colleagues)], key=lambda w: w.effort)
    )


def _short(variant: Variant, rows: list[int], columns: list[int], colleagues: Sequence[Profile]) -> Bottleneck:
    """More mentees than places: the mentors who suit them are all taken by one another."""
    pool = variant.pool
    mentees, mentors = [pool.mentees[row] for row in rows], [pool.mentors[column] for column in columns]
    places = sum(mentor.places(pool.rules) for mentor in mentors)
    crafts = frozenset.intersection(*(mentee.crafts for mentee in mentees))
    about = f"{_class_of(min(crafts))} наставников меньше, чем нужно" if crafts else "наставников меньше, чем нужно"
    who = joined([m.name for m in mentors]) if len(mentors) < 5 else f"всего наставников — {len(mentors)}"
    counted = plural(len(mentees), "наставляемый,наставляемых,наставляемых")
    text = f"{about[:1].upper()}{about[1:]}: {counted} на {plural(places, 'место,места,мест')} ({who})"
    ways = [_one_more(variant, mentor) for mentor in mentors if mentor.consent]
    ways = sorted([*ways, *_others(variant, mentees, colleagues)], key=lambda way: way.effort)
    return Bottleneck(text, mentees, mentors, _first_of_each(ways))


def _first_of_each(ways: Sequence[WayOut]) -> list[WayOut]:
    """Keep the first way of each kind: one name is enough to begin with."""
    return list({way.effort: way for way in reversed(ways)}.values())[::-1]


def _one_more(variant: Variant, mentor: Profile) -> WayOut:
    """A mentor takes one more: within the hours of a month, or with more of them."""
    rules = variant.pool.rules
    taken = mentor.load + variant.loads[variant.pool.mentors.index(mentor)] + 1
    if not mentor.capacity_hours or not rules.hours_each or mentor.capacity_hours >= taken * rules.hours_each:
        hours = f", часов хватает: {mentor.capacity_hours} в\u00a0месяц" if mentor.capacity_hours else ""
        return WayOut(1, f"{mentor.name} берёт ещё одного (будет {taken}{hours})")
    lacking = taken * rules.hours_each - mentor.capacity_hours
    return WayOut(3, f"{mentor.name} берёт ещё одного и находит ещё {plural(lacking, 'час,часа,часов')} в\u00a0месяц")


def _others(variant: Variant, mentees: Sequence[Profile], colleagues: Sequence[Profile]) -> list[WayOut]:
    """Ways that bring in a mentor from outside the bottleneck."""
    found = []
    for bar, effort, words in (
        *((MUST_BARS[c], 2, f"Не считать «{c.label}» обязательным") for c in MUST_BARS),
        (Bar.HEAD, 4, "Разрешить форму «руководитель – педагог»"),
    ):
        if fits := _behind(variant, mentees, bar):
            rate, mentee, mentor = max(fits, key=lambda fit: fit[0])
            found.append(WayOut(effort, f"{words}: {mentee.name} и {mentor.name} — {rate} из\u00a0100"))
    crafts = frozenset[str]().union(*(mentee.crafts for mentee in mentees))
    able = [c for c in colleagues if crafts & c.crafts and (c.years or 0) >= SERVICE_TO_INVITE]
    if able:
        names = [
            f"{c.name} ({plural(c.years, 'год,года,лет')} стажа)"
            for c in sorted(able, key=lambda c: -(c.years or 0))[:3]
        ]
        found.append(WayOut(5, f"Пригласить в банк наставников: {joined(names, 'или')}"))
    found.append(WayOut(6, "Искать наставника в другой организации: виртуальное наставничество (п. 2.3)"))
    return found


def _behind(variant: Variant, mentees: Sequence[Profile], bar: Bar) -> list[tuple[int, Profile, Profile]]:
    """Return pairs that only ``bar`` forbids and whose mentor has a place left."""
    pool, places = variant.pool, variant.pool.places()
    return [
        (pool.rate(mentee, mentor), mentee, mentor)
        for mentee in mentees
        for column, mentor in enumerate(pool.mentors)
        if places[column] > variant.loads[column] and list(pool.bars(mentee, mentor)) == [bar]
    ]


def _bars(pool: Pool, mentee: Profile) -> list[Bar]:
    return [bar for mentor in pool.mentors for bar in pool.bars(mentee, mentor)]
