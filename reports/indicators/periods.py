"""For which days an indicator is counted, and with which days it is compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from django.utils import timezone

from mentoring_site.russian import add_months, as_date, period, rudate, school_year
from mentoring_site.ui.list_filters import year_now

SUMMER = (6, 7, 8)
"""Months of leave: what counts meetings and answers leaves them out."""


@dataclass(frozen=True)
class Period:
    """Days from the first to the last; facts of one day are those of the last one."""

    first: date
    last: date

    @classmethod
    def of_year(cls, year: int, today: date | None = None) -> Self:
        """Return a school year, up to today while it goes on."""
        today = today or timezone.localdate()
        end = date(year + 1, 8, 1) - timedelta(days=1)
        return cls(date(year, 8, 1), max(min(end, today), date(year, 8, 1)))

    @classmethod
    def asked(cls, values: Mapping[str, str]) -> Self:
        """Return what an address asks for: «since» and «until», or one of them, or nothing: this school year."""
        today = timezone.localdate()
        since, until = _day(values.get("since")), _day(values.get("until"))
        if until is None and since is None:
            return cls.of_year(year_now())
        if until is None or until > today:
            until = today
        first = since or date(until.year - (until.month < 8), 8, 1)
        return cls(min(first, until), until)

    @property
    def before(self) -> "Period":
        """The same days a year earlier: a part of a year is compared with the same part."""
        return Period(add_months(self.first, -12), add_months(self.last, -12))

    @property
    def query(self) -> str:
        """The part of an address that asks for it."""
        return f"since={self.first.isoformat()}&until={self.last.isoformat()}"

    @property
    def words(self) -> str:
        """«2026/27 учебный год, по 30 ноября 2026 г.», «1–15 мая 2027 г.», «на 5 мая 2027 г.»."""
        if self.first == self.last:
            return f"на {rudate(self.last)}"
        if (self.first.month, self.first.day) == (8, 1) and self.last < date(self.first.year + 1, 8, 1):
            return f"{school_year(self.first.year)} учебный год, по {rudate(self.last)}"
        return period(self.first, self.last)


def _day(text: object) -> date | None:
    try:
        found = as_date(text) if isinstance(text, date) else date.fromisoformat(str(text))
    except ValueError:
        return None
    return found if found and 1990 <= found.year <= 2199 else None


def years_back(today: date, number: int = 4) -> list[tuple[int, Period]]:
    """Return the last school years up to this one, each to the same day of the year: like is compared with like."""
    this = Period.of_year(year_now(), today)
    first = this.first.year
    return [
        (first - n, Period(add_months(this.first, -12 * n), add_months(this.last, -12 * n)))
        for n in reversed(range(number))
    ]
