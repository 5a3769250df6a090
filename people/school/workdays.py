"""Working days by the school's calendar: weekends, days off of Russia and Kalmykia, moved days (ТК 112, 351.8).

A five-day week; the days that differ are rows that the school itself keeps (``DayOff``).
"""

from datetime import date, timedelta

from django.db import transaction

from mentoring_site.locks import locked
from mentoring_site.rights import require
from mentoring_site.russian import full_stop, rudate
from mentoring_site.workflow import Already, Refused, record
from people.rights import Actor, Right
from people.school.models import DayOff

NOTICE_DAYS = 3
"""How many working days ahead the other side is warned (ТК 351.8)."""
HORIZON = 400  # days: no calendar is so full of holidays that a notice would run longer
SATURDAY = 5


def is_workday(day: date, special: dict[date, str] | None = None) -> bool:
    """Whether the school works on a day; ``special`` is what ``special_days`` returned, else one query is made."""
    kind = (special_days(day, day) if special is None else special).get(day)
    if kind is None:
        return day.weekday() < SATURDAY
    return kind == DayOff.Kind.WORKING


def special_days(first: date, last: date) -> dict[date, str]:
    """Return day -> kind of the days of a period that differ from their weekday; one query."""
    return dict(DayOff.objects.filter(date__range=(first, last)).values_list("date", "kind"))


def add_workdays(day: date, number: int) -> date:
    """Return the ``number``-th working day after ``day``; the day itself is not counted. One query.

    Raises ``ValueError`` for a negative number, ``Refused`` when the calendar has no working days ahead.
    """
    if number < 0:
        raise ValueError("working days are counted forwards")
    special = special_days(day, day + timedelta(days=HORIZON))
    reached = day
    while number:
        reached += timedelta(days=1)
        if (reached - day).days > HORIZON:
            raise Refused("В календаре рабочих дней не осталось ни одного рабочего дня: проверьте календарь")
        number -= is_workday(reached, special)
    return reached


def on_or_after(day: date, special: dict[date, str] | None = None) -> date:
    """Return the day itself, or the first working day after it: a term that ends on a day off ends then (ГК 193)."""
    return _nearest(day, 1, special)


def on_or_before(day: date, special: dict[date, str] | None = None) -> date:
    """Return the day itself, or the last working day before it."""
    return _nearest(day, -1, special)


def _nearest(day: date, step: int, special: dict[date, str] | None) -> date:
    if special is None:
        special = special_days(*sorted((day, day + timedelta(days=step * HORIZON))))
    reached = day
    while not is_workday(reached, special):
        reached += timedelta(days=step)
        if abs((reached - day).days) > HORIZON:
            raise Refused("В календаре рабочих дней не осталось ни одного рабочего дня: проверьте календарь")
    return reached


def inside(day: date, first: date, last: date, special: dict[date, str] | None = None) -> date:
    """Return the working day of a period that is nearest to ``day``, rather later than earlier.

    A period without a working day gives ``day`` itself, kept inside it.
    """
    day = min(max(day, first), last)
    for found in (on_or_after(day, special), on_or_before(day, special)):
        if first <= found <= last:
            return found
    return day


def days_off(*days: date) -> list[str]:
    """Say of each of these days that it is no working day of the school, and which one comes before it; one query."""
    if not days:
        return []
    special = special_days(min(days) - timedelta(days=HORIZON), max(days))
    return [
        f"{full_stop(rudate(day))} Это выходной по календарю школы: рабочий день перед ним —"
        f" {rudate(on_or_before(day, special))}"
        for day in dict.fromkeys(days)
        if not is_workday(day, special)
    ]


def earliest_end(received_on: date) -> date:
    """Return the earliest last day of the duties after a notice: the third working day, its own day not counted."""
    return add_workdays(received_on, NOTICE_DAYS)


def no_earlier(received_on: date) -> str:
    """«не ранее 25 ноября 2026 г.»."""
    return f"не ранее {rudate(earliest_end(received_on))}"


@transaction.atomic
def add(day: date, *, by: Actor, name: str, kind: str) -> DayOff:
    """Write a special day into the calendar.

    Raises ``NotAllowed``; ``Already``; ``Refused`` for a kind that does not fit.
    """
    require(by, Right.WORKDAYS_EDIT)
    weekend = day.weekday() >= SATURDAY
    if kind == DayOff.Kind.WORKING and not weekend:
        raise Refused(f"{rudate(day)} — и так рабочий день: рабочими записывают субботы и воскресенья")
    if kind == DayOff.Kind.MOVED and weekend:
        raise Refused(f"{rudate(day)} — и так выходной: перенесённый выходной приходится на будний день")
    made, fresh = DayOff.objects.get_or_create(date=day, defaults={"name": name.strip(), "kind": kind})
    if not fresh:
        raise Already(f"{rudate(day)} уже записано: {made.name}")
    record(made, "add", by=by, words=f"в календарь добавлено: {rudate(day)}, {made.name}")
    return made


@transaction.atomic
def remove(day_off: DayOff, *, by: Actor) -> DayOff:
    """Take a special day out of the calendar; notices already given keep their date. Raises ``NotAllowed``,
    ``Already``.
    """
    require(by, Right.WORKDAYS_EDIT)
    day_off = locked(day_off, gone="Этого дня в календаре уже нет")
    record(day_off, "remove", by=by, words=f"из календаря убрано: {rudate(day_off.date)}, {day_off.name}")
    day_off.delete()
    return day_off
