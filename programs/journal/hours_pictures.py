"""Hours of mentoring by month as a picture: what counts, and what is not confirmed yet (п. 4.2; ТК 351.8)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum
from django.db.models.functions import TruncMonth
from django.urls import reverse

from mentoring_site.charts.bars import Columns, Series
from mentoring_site.charts.chart import Figure, table
from mentoring_site.charts.scales import Days
from mentoring_site.charts.timeline import SHORT
from mentoring_site.russian import add_months, school_year
from people.accounts.models import User
from programs.journal.hours import hours_words, month_words, visible
from programs.journal.models import MeetingQuerySet
from programs.pairings.acts import year_of


@dataclass(frozen=True)
class MonthSum:
    """Minutes of meetings in the month that begins on ``first``."""

    first: date
    confirmed: int
    waiting: int


def by_month(meetings: MeetingQuerySet, first: date, last: date) -> list[MonthSum]:
    """Return the minutes of every month of a period, also of months without meetings; one query."""
    months = Days(first, last).months()
    found = meetings.filter(held_on__gte=months[0], held_on__lt=add_months(months[-1], 1)).order_by()
    rows = found.with_confirmed().annotate(month=TruncMonth("held_on")).values_list("month", "confirmed")
    sums = {(month, sure): minutes for month, sure, minutes in rows.annotate(sum=Sum("minutes"))}
    return [MonthSum(m, sums.get((m, True), 0), sums.get((m, False), 0)) for m in months]


def of_meetings(
    key: str, title: str, meetings: MeetingQuerySet, *, first: date, last: date, linked: bool = False
) -> Figure:
    """Return the picture of the meetings of a period; with ``linked`` months lead to the page of hours."""
    sums = by_month(meetings, first, last)
    labels = tuple(SHORT[s.first.month - 1] for s in sums)
    series = [Series("подтверждено", tuple(s.confirmed / 60 for s in sums), "main")]
    if any(s.waiting for s in sums):
        series.append(Series("ждёт подтверждения", tuple(s.waiting / 60 for s in sums), "ahead"))
    total = hours_words(sum(s.confirmed for s in sums))
    chart = Columns(title, f"Подтверждено всего {total}; часы по месяцам, столбец на месяц.", labels, tuple(series))
    url = reverse("programs:hours")
    rows = [
        [
            (month_words(s.first), f"{url}?month={s.first:%Y-%m}") if linked else month_words(s.first),
            hours_words(s.confirmed),
            hours_words(s.waiting) if s.waiting else "",
        ]
        for s in sums
        if s.confirmed or s.waiting
    ]
    cells = table("Месяц", "Подтверждено", "Ждёт подтверждения", rows=rows, numbers=(1, 2))
    return Figure(key, chart, **cells, note=f"Подтверждено всего: {total}." if rows else "")


def of_year(user: User, day: date) -> Figure:
    """Return the hours of the school year of a day that the user may count."""
    year = year_of(day)
    title = f"{school_year(year, full=True)} учебный год по месяцам"
    last = date(year + 1, 8, 1) - timedelta(days=1)
    return of_meetings("hours", title, visible(user), first=date(year, 8, 1), last=last, linked=True)
