"""How long mentoring lasts: from 3 months to 1 year (п. 1.2). The one place with these numbers."""

from datetime import date

from mentoring_site.russian import add_months

SHORTEST_MONTHS, LONGEST_MONTHS = 3, 12
LIMITS = "от 3 месяцев до 1 года (п. 1.2 Положения)"
"""The limits in words, for sentences."""


def bounds(start: date) -> tuple[date, date]:
    """Return the earliest and the latest end of a term that starts on the day."""
    return add_months(start, SHORTEST_MONTHS), add_months(start, LONGEST_MONTHS)


def term_complaint(start: date | None, end: date | None) -> str | None:
    """Say what is wrong with the planned term of a pair or group, or return None."""
    if not start or not end:
        return "Не указан срок закрепления"
    earliest, latest = bounds(start)
    return None if earliest <= end <= latest else f"Срок закрепления должен быть {LIMITS}"
