"""One run of the bench: what it measures, how often, and where its figures go."""

from dataclasses import dataclass, field

from benching.numbers import Table
from benching.school import Schools


@dataclass
class Run:
    """Passed to every part. ``before`` are the schools of an older checkout to compare pages with, or None."""

    schools: Schools
    before: Schools | None
    rounds: int
    quick: bool
    table: Table = field(default_factory=Table)
