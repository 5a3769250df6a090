"""The term of a programme: 3 months to 1 year (п. 1.2), checked by columns (house, section 3)."""

from datetime import date

from mentoring_site.russian import add_months

SHORTEST, LONGEST = 3, 12  # months (п. 1.2)


def bounds(starts_on: date) -> tuple[date, date]:
    """Return the earliest and the latest end of a programme that starts on the day (п. 1.2)."""
    return add_months(starts_on, SHORTEST), add_months(starts_on, LONGEST)
