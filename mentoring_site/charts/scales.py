"""From values and days to places on a line."""

import math
from dataclasses import dataclass
from datetime import date

from mentoring_site.russian import add_months

STEPS = (1, 2, 5, 10)


def sound(value: float) -> float:
    """Return a value that can be drawn: less than nothing is nothing. Raises ``ValueError`` for what is no number."""
    if not math.isfinite(value):
        raise ValueError("a chart draws finite numbers")
    return max(float(value), 0.0)


@dataclass(frozen=True)
class Scale:
    """From nothing up to a round number: ``top`` is the highest of the ``ticks``."""

    ticks: tuple[float, ...]

    @property
    def top(self) -> float:
        """The value at the far end."""
        return self.ticks[-1]

    def share(self, value: float) -> float:
        """Return how far along the line a value lies, from 0 to 1."""
        return min(sound(value) / self.top, 1.0)


def scale(values: list[float], *, ticks: int = 4, whole: bool = False) -> Scale:
    """Return a scale for the values with about so many steps; ``whole`` takes no step below one.

    Without values, and when all are nothing, it goes up to one step.
    """
    high = max((sound(value) for value in values), default=0.0)
    step = _step(high / ticks) if high else 1.0
    if whole:
        step = max(step, 1.0)
    number = max(1, math.ceil(high / step - 1e-9))
    return Scale(tuple(step * n for n in range(number + 1)))


def _step(least: float) -> float:
    """Return the smallest of 1, 2, 5 times a power of ten that is not below ``least``."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * n for n in STEPS if power * n >= least * (1 - 1e-9))


@dataclass(frozen=True)
class Days:
    """A line of days from the beginning of ``first`` to the end of ``last``."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("the line of days ends before it begins")

    def share(self, day: date) -> float:
        """Return where the beginning of a day lies, from 0 to 1; days outside lie at the ends."""
        return min(max((day - self.first).days / self._length, 0.0), 1.0)

    def end_share(self, day: date) -> float:
        """Return where the end of a day lies."""
        return min(max(((day - self.first).days + 1) / self._length, 0.0), 1.0)

    @property
    def _length(self) -> int:
        return (self.last - self.first).days + 1

    def holds(self, day: date) -> bool:
        """Whether a day is on the line."""
        return self.first <= day <= self.last

    def months(self) -> list[date]:
        """Return the first days of the months that the line touches, in their order."""
        month, found = self.first.replace(day=1), []
        while month <= self.last:
            found.append(month)
            month = add_months(month, 1)
        return found
