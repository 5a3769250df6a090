"""The term of a programme: 3 months to 1 year (п. 1.2), checked by columns (house, section 3)."""
import calendar
from datetime import date

SHORTEST, LONGEST = 3, 12  # months (п. 1.2)


def add_months(day: date, months: int) -> date:
    """Return the same day ``months`` later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def bounds(starts_on: date) -> tuple[date, date]:
    """Return the earliest and the latest end of a programme that starts on the day (п. 1.2)."""
    return add_months(starts_on, SHORTEST), add_months(starts_on, LONGEST)
