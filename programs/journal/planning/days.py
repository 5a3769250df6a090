"""The days of a series of meetings: every week or every second one, not on days off, not while all is suspended."""

from collections.abc import Iterable
from datetime import date, timedelta

from people.school.workdays import is_workday

MOST = 60  # meetings of one series: more than a year of weeks
Period = tuple[date, date | None]


def series(
    first: date, last: date, *, weeks: int, special: dict[date, str], pauses: Iterable[Period] = ()
) -> tuple[list[date], list[date]]:
    """Return the days of meetings and the days that are left out; ``special`` is of ``workdays.special_days``."""
    held: list[date] = []
    skipped: list[date] = []
    day = first
    suspended = list(pauses)
    while day <= last and len(held) < MOST:
        free = is_workday(day, special) and not any(a <= day and (b is None or day <= b) for a, b in suspended)
        (held if free else skipped).append(day)
        day += timedelta(weeks=weeks)
    return held, skipped
