"""Holidays of the school's region: which there are, and their days in a year (закон РК 13.10.2004 № 156-III-З).

Those that move are asked for each January; a holiday on a weekend moves to the next working day.
"""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from mentoring_site.locks import one_at_a_time
from mentoring_site.rights import require
from mentoring_site.russian import joined, ruday
from mentoring_site.workflow import Refused, record
from people.rights import Actor, Right
from people.school import workdays
from people.school.models import DayOff, RegionalDay, School

REGIONAL = DayOff.Kind.REGIONAL
MOVED = ", перенесённый выходной"


def of_region(region: str | None = None) -> QuerySet[RegionalDay]:
    """Return the holidays of a region, of the school's own by default; another region has only what it has written."""
    if region is None:
        school = School.get()
        region = school.region if school else ""
    return RegionalDay.objects.filter(region=region)


def blank(year: int) -> list[RegionalDay]:
    """Return the holidays of the region that stand nowhere in the calendar of a year."""
    written = set(DayOff.objects.filter(date__year=year, kind=REGIONAL).values_list("name", flat=True))
    return [holiday for holiday in of_region() if holiday.name not in written]


def warning(year: int) -> str:
    """Return the sentence on the holidays of the region that the calendar of a year lacks, or an empty string."""
    names = [holiday.name for holiday in blank(year)]
    return f"В календаре {year} года нет праздников региона: {joined(names)}. Впишите их дни" if names else ""


def days_of(year: int) -> dict[int, date | None]:
    """Return the day of each holiday in a year by its key: as written, or as it is every year, or none."""
    written = dict(DayOff.objects.filter(date__year=year, kind=REGIONAL).values_list("name", "date"))
    return {
        h.pk: written.get(h.name) or (date(year, h.month, h.day) if h.month and h.day else None) for h in of_region()
    }


@transaction.atomic
def write(year: int, days: Mapping[int, date | None], *, by: Actor) -> list[DayOff]:
    """Write the days of the region's holidays in a year; those without a day stay as they are.

    Returns what was written. Raises ``NotAllowed``; ``Refused`` for a day of another year or one that is taken.
    """
    require(by, Right.WORKDAYS_EDIT)
    one_at_a_time("workdays")
    made = []
    for holiday in of_region():
        if day := days.get(holiday.pk):
            made += _written(holiday, day, year)
    for row in made:
        record(row, "add", by=by, words=f"в календарь добавлено: {ruday(row.date)}, {row.name}")
    return made


def _written(holiday: RegionalDay, day: date, year: int) -> list[DayOff]:
    if day.year != year:
        raise Refused(f"{holiday.name}: нужен день {year} года")
    mine = DayOff.objects.filter(date__year=year, kind=REGIONAL, name__in=[holiday.name, f"{holiday.name}{MOVED}"])
    if mine.filter(date=day, name=holiday.name).exists():
        return []
    mine.delete()
    if taken := DayOff.objects.filter(date=day).first():
        raise Refused(f"{holiday.name}: {ruday(day)} уже записано — {taken.name}")
    made = [DayOff.objects.create(date=day, name=holiday.name, kind=REGIONAL)]
    if day.weekday() >= workdays.SATURDAY:
        free = workdays.on_or_after(day)
        made.append(DayOff.objects.create(date=free, name=f"{holiday.name}{MOVED}", kind=REGIONAL))
    return made


@transaction.atomic
def add(name: str, *, by: Actor, every: date | None = None) -> RegionalDay:
    """Add a holiday to those of the school's region: on the same day ``every`` year, or one that moves.

    Raises ``NotAllowed``, ``Refused``.
    """
    require(by, Right.WORKDAYS_EDIT)
    one_at_a_time("workdays")
    school, name = School.get(), " ".join(name.split())
    if name.casefold() in {holiday.name.casefold() for holiday in of_region()}:  # SQLite knows no Cyrillic case
        raise Refused(f"Праздник «{name}» уже есть в списке")
    made = RegionalDay.objects.create(
        region=school.region if school else "",
        name=name,
        month=every.month if every else None,
        day=every.day if every else None,
    )
    record(made, "add", by=by, words=f"добавлен праздник региона: {name}")
    return made


@transaction.atomic
def drop(holiday: RegionalDay, *, by: Actor) -> None:
    """Take a holiday out of the region's list; days that are written stay. Raises ``NotAllowed``."""
    require(by, Right.WORKDAYS_EDIT)
    one_at_a_time("workdays")
    record(holiday, "remove", by=by, words=f"убран праздник региона: {holiday.name}")
    RegionalDay.objects.filter(pk=holiday.pk).delete()


def leave_to(region: str) -> None:
    """Take out of the calendar the holidays of other regions: called when the school's region is entered."""
    one_at_a_time("workdays")
    foreign = set(RegionalDay.objects.exclude(region=region).values_list("name", flat=True))
    foreign -= set(RegionalDay.objects.filter(region=region).values_list("name", flat=True))
    names = [name + end for name in foreign for end in ("", MOVED)]
    DayOff.objects.filter(kind=REGIONAL, name__in=names).delete()
