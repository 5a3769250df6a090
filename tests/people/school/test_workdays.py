"""The calendar of working days: weekends, holidays of Russia and Kalmykia, moved days, «не ранее» (ТК 112, 351.8)."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mentoring_site.models import Act
from mentoring_site.workflow import Already, NotAllowed, Refused
from people.school import workdays
from people.school.models import DayOff

pytestmark = [pytest.mark.django_db, pytest.mark.point("3.9")]


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-22 09:00+03:00", tick=False):
        yield


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 23), True),  # Monday
        (date(2026, 11, 22), False),  # Sunday
        (date(2026, 11, 4), False),  # Day of unity, a Wednesday
        (date(2026, 1, 9), False),  # moved by the Government from 3 January
        (date(2026, 3, 9), False),  # moved by ТК 112 from Sunday 8 March
        (date(2026, 12, 4), False),  # Zul, a Friday
        (date(2026, 12, 31), False),
        (date(2027, 2, 8), True),
        (date(2027, 5, 10), False),
    ],
)
def test_the_days_that_the_migration_brings(day, works):
    assert workdays.is_workday(day) is works


def test_a_working_saturday_and_a_removed_holiday(cast):
    saturday = date(2026, 11, 28)
    assert not workdays.is_workday(saturday)
    workdays.add(saturday, by=cast.curator, name="Рабочая суббота", kind="working")
    assert workdays.is_workday(saturday)
    workdays.remove(DayOff.objects.get(date=date(2026, 12, 4)), by=cast.clerk)
    assert workdays.is_workday(date(2026, 12, 4))
    assert Act.objects.filter(verb="remove").get().words.endswith("Зул")


@pytest.mark.parametrize(
    ("received", "number", "reached"),
    [
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
        (date(2026, 11, 23), 3, date(2026, 11, 26)),  # Monday: the day itself is not counted
        (date(2026, 11, 26), 3, date(2026, 12, 1)),  # over a weekend
        (date(2026, 11, 21), 3, date(2026, 11, 25)),  # received on a Saturday
        (date(2026, 12, 2), 3, date(2026, 12, 8)),  # over Zul and a weekend
        (date(2026, 12, 29), 3, date(2027, 1, 12)),  # over the moved 31 December and the holidays of the next year
    ],
)
def test_working_days_are_counted_without_the_day_of_notice(received, number, reached):
    assert workdays.add_workdays(received, number) == reached


def test_words_and_one_query():
    with CaptureQueriesContext(connection) as queries:
        assert workdays.no_earlier(date(2026, 12, 2)) == "не ранее 8\xa0декабря\xa02026\xa0г."
    assert len(queries) == 1
    with pytest.raises(ValueError):
        workdays.add_workdays(date(2026, 12, 2), -1)


def test_a_calendar_without_working_days_says_so(cast):
    first = date(2030, 1, 1)
    DayOff.objects.bulk_create(
        DayOff(date=date.fromordinal(first.toordinal() + n), name="нет", kind="moved")
        for n in range(workdays.HORIZON + 2)
    )
    with pytest.raises(Refused, match="проверьте календарь"):
        workdays.add_workdays(first, 1)


def test_what_does_not_fit_is_refused(cast):
    with pytest.raises(NotAllowed):
        workdays.add(date(2026, 11, 25), by=cast.director, name="Праздник", kind="federal")
    with pytest.raises(Already, match="Зул"):
        workdays.add(date(2026, 12, 4), by=cast.clerk, name="Праздник", kind="regional")
    with pytest.raises(Refused, match="и так рабочий"):
        workdays.add(date(2026, 11, 25), by=cast.clerk, name="Среда", kind="working")
    with pytest.raises(Refused, match="и так выходной"):
        workdays.add(date(2026, 11, 28), by=cast.clerk, name="Суббота", kind="moved")
    with pytest.raises(IntegrityError), transaction.atomic():
        DayOff.objects.create(date=date(2026, 11, 25), name="Праздник", kind="unheard")


def test_the_screen_by_year(cast, as_user):
    client, url = as_user(cast.clerk), reverse("people:workdays")
    page = client.get(url).content.decode()
    assert "Зул" in page and "подтверждают каждый год" in page and "не ранее 25\xa0ноября\xa02026" in page
    assert "2027\xa0г." not in client.get(url, {"year": "2026"}).content.decode().partition("<tbody>")[2]
    empty = client.get(url, {"year": "1999"})
    assert empty.context["year"] == 2026
    form = {"day": "2027-02-22", "name": "Выходной, перенесённый с 20 февраля", "kind": "moved"}
    answer = client.post(reverse("people:workday_new"), form)
    assert answer["Location"] == f"{url}?year=2027" and not workdays.is_workday(date(2027, 2, 22))
    assert "уже записано" in client.post(reverse("people:workday_new"), form).content.decode()
    made = DayOff.objects.get(date=date(2027, 2, 22))
    assert "не изменятся" in client.get(reverse("people:workday_remove", args=[made.pk])).content.decode()
    client.post(reverse("people:workday_remove", args=[made.pk]))
    assert workdays.is_workday(date(2027, 2, 22))
    assert as_user(cast.director).get(url).status_code == 403
