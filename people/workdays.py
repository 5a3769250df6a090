"""Working days: Monday to Friday."""

from datetime import date, timedelta


def is_workday(day: date) -> bool:
    """Whether people work on a day."""
    return day.weekday() < 5


def add_workdays(day: date, n: int) -> date:
    """Return the day that is ``n`` working days after ``day``; the day itself is not counted."""
    while n > 0:
        day += timedelta(days=1)
        n -= is_workday(day)
    return day
