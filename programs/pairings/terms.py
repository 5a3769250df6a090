"""How long mentoring lasts: from 3 months to 1 year (п. 1.2). The one place with these numbers and their words."""

from datetime import date

from mentoring_site.russian import add_months

SHORTEST_MONTHS, LONGEST_MONTHS = 3, 12
USUAL_MONTHS = 9  # a school year, from September to May
PLAIN_LIMITS, LONGEST = "от 3 месяцев до 1 года", "1 года"
LIMITS = f"{PLAIN_LIMITS} (п. 1.2 Положения)"
"""The limits in words, for sentences; ``LONGEST`` goes with «больше»."""


def bounds(start: date) -> tuple[date, date]:
    """Return the earliest and the latest end of a term that starts on the day."""
    return add_months(start, SHORTEST_MONTHS), add_months(start, LONGEST_MONTHS)


def is_too_long(start: date, end: date) -> bool:
    """Whether a term is longer than the limit; such a one needs a recorded decision."""
    return end > bounds(start)[1]


def usual_end(start: date) -> date:
    """Return the last day that is offered for a term when nothing else says one."""
    return add_months(start, USUAL_MONTHS)


def term_complaint(start: date | None, end: date | None) -> str | None:
    """Say what is wrong with the planned term of a pair or group, or return None."""
    if not start or not end:
        return "Не указан срок закрепления"
    earliest, latest = bounds(start)
    return None if earliest <= end <= latest else f"Срок закрепления должен быть {LIMITS}"
