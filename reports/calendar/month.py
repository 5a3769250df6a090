"""A month as weeks of days with what stands on them; on a phone the same table reads as a list."""

from calendar import Calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from mentoring_site.russian import add_months
from people.school.models import DayOff
from people.school.workdays import is_workday
from reports.calendar.entries import Entry

WEEKDAYS = ("Понедельник", "Вторник", "Среда", "Четверг", "Пятница", "Суббота", "Воскресенье")
SHORT = ("Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс")
AT_MOST = 4  # entries of a day in the table; the list has all


@dataclass(frozen=True)
class Day:
    """A day: its entries that are shown, how many more there are, whether the school works and why not."""

    on: date
    inside: bool
    today: bool
    off: bool
    off_words: str
    entries: tuple[Entry, ...]
    more: int = 0

    @property
    def weekday(self) -> str:
        """«понедельник»."""
        return WEEKDAYS[self.on.weekday()].lower()

    @property
    def classes(self) -> str:
        """What the stylesheet knows of the day."""
        known = (
            ("is-off", self.off),
            ("is-today", self.today),
            ("is-outside", not self.inside),
            ("is-empty", not self.entries and not self.off_words and not self.today),
        )
        return " ".join(name for name, holds in known if holds)


def bounds(first: date) -> tuple[date, date]:
    """Return the first and the last day of the weeks that the month touches."""
    last = add_months(first, 1) - timedelta(days=1)
    return first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())


def weeks(first: date, entries: Iterable[Entry], today: date, *, whole: bool = False) -> list[list[Day]]:
    """Return the weeks of the month that begins on ``first``; with ``whole`` no day is shortened. One query."""
    begins, ends = bounds(first)
    special = {d.date: d for d in DayOff.objects.filter(date__range=(begins, ends))}
    kinds = {day: row.kind for day, row in special.items()}
    by_day: dict[date, list[Entry]] = {}
    for entry in entries:
        by_day.setdefault(entry.on, []).append(entry)

    def day(on: date) -> Day:
        all_of_it = by_day.get(on, [])
        shown = len(all_of_it) if whole or len(all_of_it) <= AT_MOST + 1 else AT_MOST
        name = special[on].name if on in special else ""
        return Day(
            on=on,
            inside=on.month == first.month,
            today=on == today,
            off=not is_workday(on, kinds),
            off_words=name,
            entries=tuple(all_of_it[:shown]),
            more=len(all_of_it) - shown,
        )

    return [[day(on) for on in week] for week in Calendar().monthdatescalendar(first.year, first.month)]
