"""A first set of pairs for people to change: who suits whom when everybody is looked at together (п. 6.1).

Greedy: the best fit of all is taken first, while its mentor has places. Nobody is suggested who answers no request or
about whom there is a warning: such a pair is for people to think of.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from programs.pairings.matching import Fit


def suggested(fits: Mapping[int, Sequence[Fit]]) -> dict[int, int]:
    """Return the mentor's candidate pk for each mentee's candidate pk that has a good one; takes ``matching.fits``."""
    good = [
        (fit.order, mentee, fit)
        for mentee, rows in fits.items()
        for fit in rows
        if fit.requests_met and fit.free and not fit.warnings
    ]
    chosen: dict[int, int] = {}
    taken: Counter[int] = Counter()
    for _, mentee, fit in sorted(good, key=lambda one: (one[0], one[1])):
        if mentee not in chosen and taken[fit.mentor.pk] < fit.free:
            chosen[mentee] = fit.mentor.pk
            taken[fit.mentor.pk] += 1
    return chosen
