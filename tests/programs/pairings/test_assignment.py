"""The best assignment is the best: against every assignment there is, against another program, and by its own proof."""

import random
import subprocess
import sys
from itertools import product

import pytest
from django.conf import settings

from programs.pairings.assignment import NOWHERE, assign, bottleneck

pytestmark = [pytest.mark.point("11.8")]


def instance(seed, rows, columns, most=3):
    dice = random.Random(seed)
    forbidden, spread = dice.choice((0, 0.2, 0.6)), dice.choice((3, 100))
    quality = [dice.randint(0, spread) for _ in range(columns)]
    scores = [
        [None if dice.random() < forbidden else quality[k] + dice.randint(0, spread) for k in range(columns)]
        for _ in range(rows)
    ]
    return scores, [dice.randint(0, most) for _ in range(columns)]


def worth(scores, places, columns):
    """Placed rows and the sum of scores; None for what is not allowed."""
    placed = [(row, column) for row, column in enumerate(columns) if column != NOWHERE]
    if any(scores[row][column] is None for row, column in placed):
        return None
    if any(columns.count(column) > number for column, number in enumerate(places)):
        return None
    return len(placed), sum(scores[row][column] for row, column in placed)


def check_proof(scores, places, found):
    """Prices prove the optimum: nobody gains by a move at them, and a column that is not full is free of charge."""
    top = _top(scores)
    for column, price in enumerate(found.prices):
        assert price >= 0 and (price == 0 or found.columns.count(column) == places[column])
    for row, column in enumerate(found.columns):
        own = -found.missing if column == NOWHERE else scores[row][column] - top - found.prices[column]
        others = [s - top - found.prices[k] for k, s in enumerate(scores[row]) if s is not None]
        assert own >= max([*others, -found.missing])


def _top(scores):
    return max((s for line in scores for s in line if s is not None), default=0)


def test_against_every_assignment():
    for seed in range(150):
        dice = random.Random(seed)
        scores, places = instance(seed, dice.randint(0, 4), dice.randint(0, 4))
        found = assign(scores, places)
        every = (worth(scores, places, list(one)) for one in product(range(NOWHERE, len(places)), repeat=len(scores)))
        assert worth(scores, places, found.columns) == max(one for one in every if one is not None)
        check_proof(scores, places, found)


def test_against_scipy_with_capacities():
    """200 random schools: the sum and the number of the placed are those of ``linear_sum_assignment``."""
    optimize = pytest.importorskip("scipy.optimize")
    for seed in range(200):
        dice = random.Random(seed)
        scores, places = instance(1000 + seed, dice.randint(1, 60), dice.randint(1, 20), most=5)
        units = [column for column, number in enumerate(places) for _ in range(number)]
        missing = (_top(scores) + 1) * (len(scores) + 1)
        table = [
            [scores[row][k] if scores[row][k] is not None else -missing * len(scores) for k in units]
            + [-missing] * len(scores)
            for row in range(len(scores))
        ]
        rows, chosen = optimize.linear_sum_assignment(table, maximize=True)
        columns = [NOWHERE] * len(scores)
        for row, unit in zip(rows, chosen, strict=True):
            columns[row] = units[unit] if unit < len(units) else NOWHERE
        found = assign(scores, places)
        assert worth(scores, places, found.columns) == worth(scores, places, columns)
        assert found.total == worth(scores, places, columns)[1]


def test_large_schools_prove_themselves():
    for seed in range(200):
        scores, places = instance(2000 + seed, 70, 25, most=4)
        found = assign(scores, places)
        assert worth(scores, places, found.columns) is not None
        check_proof(scores, places, found)


def test_a_bottleneck_has_more_rows_than_places_and_one_more_place_helps():
    for seed in range(100):
        scores, places = instance(3000 + seed, 20, 8, most=2)
        found = assign(scores, places)
        for row in found.unplaced[:3]:
            rows, columns = bottleneck(scores, found.columns, row)
            assert row in rows and {k for one in rows for k, s in enumerate(scores[one]) if s is not None} == set(
                columns
            )
            assert len(rows) > sum(places[column] for column in columns)
            for column in columns:
                more = [number + (k == column) for k, number in enumerate(places)]
                assert len(assign(scores, more).unplaced) == len(found.unplaced) - 1


def test_nothing_of_it_needs_a_database():
    code = "from programs.pairings import matching, variants; print(variants.best(matching.Pool([], [])).total)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=settings.BASE_DIR, env={})
    assert (done.stdout, done.returncode) == ("0\n", 0), done.stderr
