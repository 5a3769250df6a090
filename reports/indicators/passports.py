"""What an indicator is: a passport with everything that a reader may ask about a number; the registry of passports."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from django.db.models import Q, QuerySet

from mentoring_site.russian import NBSP, number_text
from reports.indicators.periods import Period


class How(Enum):
    """How the number comes from the rows of the list."""

    COUNT = "число строк списка"
    SHARE = "строки списка ÷ все, из кого считается"
    SUM = "сумма по строкам списка"
    MEAN = "среднее по строкам списка"
    RATE = "строки списка ÷ делитель"


@dataclass(frozen=True)
class Part:
    """A part of the list under its own words: one form, one reason; ``within`` narrows the rows to it."""

    key: str
    label: str
    within: Q


@dataclass(frozen=True)
class Measured:
    """A number with what it was made of: rows, the whole of a share or the sum, None where there is nothing to say."""

    value: float | None
    rows: int = 0
    whole: float | None = None


@dataclass(frozen=True)
class Passport:
    """One indicator. ``rows`` is the list behind the number: the same queryset is counted and shown.

    ``whole`` is what a share is a share of, ``amount`` the annotation that is summed, ``per`` the divisor of a rate.
    ``parts`` split the list. ``lists`` names the sort of the list (``sorts.py``), empty when there is none: then
    ``measured`` gives the number. ``on_day`` says that only the last day of a period counts.
    """

    code: str
    name: str
    group: str
    why: str
    formula: str
    source: str
    unit: str
    rule: str
    clause: str
    answers: str
    how: How
    lists: str = ""
    rows: Callable[[Period], QuerySet] | None = None
    whole: Callable[[Period], QuerySet] | None = None
    amount: str = ""
    amount_words: str = ""
    per: Callable[[Period], float] | None = None
    parts: Callable[[Period], list[Part]] | None = None
    measured: Callable[[Period], Measured] | None = None
    scale: float = 1
    better: str = "more"
    on_day: bool = False
    without_summer: bool = False
    since: date = date(2026, 11, 30)
    changes: tuple[tuple[date, str], ...] = field(default=())

    def found(self, period: Period, part: str = "") -> QuerySet:
        """Return the list behind the number, or one part of it."""
        if self.rows is None:
            raise LookupError(self.code)
        found = self.rows(period)
        if not part or self.parts is None:
            return found
        chosen = next((one for one in self.parts(period) if one.key == part), None)
        return found.filter(chosen.within) if chosen else found.none()


PASSPORTS: dict[str, Passport] = {}


def register(*passports: Passport) -> None:
    """Add indicators; called once when an app is ready. Surveys add satisfaction by it."""
    PASSPORTS.update({one.code: one for one in passports})


def grouped() -> dict[str, list[Passport]]:
    """Return all passports by their groups, in their order."""
    found: dict[str, list[Passport]] = {}
    for one in PASSPORTS.values():
        found.setdefault(one.group, []).append(one)
    return found


def words(value: Any, passport: Passport) -> str:
    """«62,5 %», «14», «нет данных»."""
    if value is None:
        return "нет данных"
    text = number_text(round(float(value), 1))
    return f"{text}{NBSP}%" if passport.unit == "%" else f"{text}{NBSP}{passport.unit}"
