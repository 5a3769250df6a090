"""The best assignment under capacities, exact: a row gets one column at most, a column as many rows as it has places.

Pure integers: rows are mentees, columns are mentors, a score says how well they suit, ``None`` that they must not meet.
As many rows as possible are placed, and of all such assignments the one with the largest sum of scores is returned.
Successive shortest paths with prices (Jonker and Volgenant 1987): a full column has a price, every placed row stands
where its score less the price is best, so the sum cannot be larger (tests/programs/pairings/test_assignment.py asks
for this proof itself, not only for equal sums).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Scores = Sequence[Sequence[int | None]]
NOWHERE = -1
"""The column of a row that is not placed."""


@dataclass(frozen=True)
class Assignment:
    """``columns`` says where each row stands (``NOWHERE``); ``prices`` of columns and ``missing``, what an unplaced row
    costs, prove that nothing is better.
    """

    columns: list[int]
    total: int
    prices: list[int]
    missing: int

    @property
    def unplaced(self) -> list[int]:
        """Rows without a column."""
        return [row for row, column in enumerate(self.columns) if column == NOWHERE]


def assign(scores: Scores, places: Sequence[int]) -> Assignment:
    """Return the best assignment of the rows of ``scores`` to columns with ``places``."""
    width = len(places)
    top = max((score for line in scores for score in line if score is not None), default=0)
    low = min((score for line in scores for score in line if score is not None), default=0)
    missing = (top - low + 1) * (len(scores) + 1)  # dearer than any change of the placed rows: placing comes first
    never = missing * (len(scores) + 2)
    costs = [
        [never if score is None or not number else top - score for score, number in zip(line, places, strict=True)]
        + [missing]
        for line in scores
    ]
    search = _Search(costs, [*places, len(scores)])
    columns = [NOWHERE if column == width else column for column in search.run()]
    total = sum(scores[row][column] or 0 for row, column in enumerate(columns) if column != NOWHERE)
    prices = [price if number else missing for price, number in zip(search.prices, places, strict=False)]
    return Assignment(columns, total, prices, missing)


class _Search:
    """Costs are smallest in the sum; the last column is «nowhere», it has a place for everybody and no price."""

    def __init__(self, costs: list[list[int]], places: list[int]):
        self.costs, self.free = costs, list(places)
        self.prices = [0] * len(places)
        self.rows: list[list[int]] = [[] for _ in places]
        self.moves: list[list[int]] = [[] for _ in places]
        self.place = [NOWHERE] * len(costs)

    def run(self) -> list[int]:
        """Place every row; most find a free column that is their best at once."""
        waiting = []
        for row, line in enumerate(self.costs):
            least = min(line)
            best = next((k for k, cost in enumerate(line) if cost == least and self.free[k]), NOWHERE)
            if best == NOWHERE:
                waiting.append(row)
            else:
                self._enter(row, best)
                self.free[best] -= 1
        for row in waiting:
            self._place(row)
        return self.place

    def _enter(self, row: int, column: int) -> None:
        self.place[row] = column
        self.rows[column].append(row)
        self.moves[column] = []

    def _moves(self, column: int) -> list[int]:
        """Return what it costs at least to move one row of a column to each other column."""
        if not self.moves[column]:
            lines = [[cost - line[column] for cost in line] for line in map(self.costs.__getitem__, self.rows[column])]
            self.moves[column] = lines[0] if len(lines) == 1 else [min(costs) for costs in zip(*lines, strict=True)]
        return self.moves[column]

    def _place(self, row: int) -> None:
        """Place one more row by the cheapest chain of moves, and raise the prices of the columns that the chain saw."""
        prices = self.prices
        far = [cost + price for cost, price in zip(self.costs[row], prices, strict=True)]
        came = [NOWHERE] * len(far)
        full = {column for column, places in enumerate(self.free) if not places}
        free = [column for column, places in enumerate(self.free) if places]
        last = min(free, key=far.__getitem__)
        bound = far[last]
        near = {column for column in full if far[column] < bound}
        seen = []
        while near:
            column = min(near, key=far.__getitem__)
            if far[column] >= bound:
                break
            near.remove(column)
            full.remove(column)
            seen.append(column)
            start, moves = far[column] - prices[column], self._moves(column)
            nearest = min(free, key=moves.__getitem__)
            if start + moves[nearest] < bound:
                bound = far[nearest] = start + moves[nearest]
                came[nearest], last = column, nearest
            for target in [one for one in full if start + moves[one] + prices[one] < far[one]]:
                far[target], came[target] = start + moves[target] + prices[target], column
                if far[target] < bound:
                    near.add(target)
        for column in seen:
            prices[column] += bound - far[column]
        self._shift(row, last, came)

    def _shift(self, row: int, column: int, came: list[int]) -> None:
        """Move rows along the chain that ends in the free ``column``; the new row enters where it begins."""
        self.free[column] -= 1
        while (left := came[column]) != NOWHERE:
            mover = min(self.rows[left], key=lambda one: self.costs[one][column] - self.costs[one][left])
            self.rows[left].remove(mover)
            self._enter(mover, column)
            column = left
        self._enter(row, column)


def bottleneck(scores: Scores, columns: Sequence[int], row: int) -> tuple[list[int], list[int]]:
    """Return why an unplaced row stays so (Hall 1935): rows that share all their columns, and these columns, all full.

    The rows are more than the places of the columns, and no move among them can help. The assignment must place as many
    rows as it can.
    """
    inside: Mapping[int, list[int]] = _rows_of(columns)
    found: dict[int, None] = {}
    rows, at = [row], 0
    while at < len(rows):
        for column, score in enumerate(scores[rows[at]]):
            if score is not None and column not in found:
                found[column] = None
                rows += [other for other in inside.get(column, ()) if other not in rows]
        at += 1
    return sorted(rows), sorted(found)


def _rows_of(columns: Sequence[int]) -> dict[int, list[int]]:
    inside: dict[int, list[int]] = {}
    for row, column in enumerate(columns):
        if column != NOWHERE:
            inside.setdefault(column, []).append(row)
    return inside
