"""On which days a duty falls: pure, from its cadence (п. 3.4). A day off moves it to the working day before."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date

from people.school import workdays

YEARLY, QUARTERLY, MONTHLY, ON_DATES = "yearly", "quarterly", "monthly", "dates"
LAST = 31
"""The day of a month that means its last one."""
QUARTERS = (3, 6, 9, 12)
HOLIDAYS = (7, 8)
"""Teachers are on leave: what is done monthly rests."""


def due_days(
    cadence: str,
    *,
    since: date,
    until: date,
    day: int | None,
    month: int | None,
    dates: Iterable[str],
    special: dict[date, str],
) -> list[date]:
    """Return the days of a period, both ends included, on which a duty is due; each once, in order."""
    if cadence == ON_DATES:
        planned: Iterable[date] = (date.fromisoformat(text) for text in dates)
    else:
        months = {YEARLY: (month or 12,), QUARTERLY: QUARTERS}.get(cadence, _working_months())
        planned = _monthly(since, until, day or LAST, months)
    moved = {workdays.on_or_before(found, special) for found in planned}
    return sorted(found for found in moved if since <= found <= until)


def _working_months() -> tuple[int, ...]:
    return tuple(number for number in range(1, 13) if number not in HOLIDAYS)


def _monthly(since: date, until: date, day: int, months: Iterable[int]) -> Iterator[date]:
    """Return the same day of the given months, from the month of ``since`` to the one after ``until``."""
    wanted = set(months)
    for index in range(since.year * 12 + since.month - 1, until.year * 12 + until.month + 1):
        year, number = divmod(index, 12)
        if number + 1 in wanted:
            yield date(year, number + 1, min(day, monthrange(year, number + 1)[1]))
