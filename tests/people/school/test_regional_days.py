"""Holidays of the region: five of Kalmykia, asked for each January; one on a weekend moves; other regions have none."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from mentoring_site.workflow import NotAllowed, Refused
from people.school import acts as school_acts
from people.school import inbox, regional_days, workdays
from people.school.models import DayOff, RegionalDay, School

pytestmark = [pytest.mark.django_db, pytest.mark.point("9.3")]


@pytest.fixture(autouse=True)
def january():
    with time_machine.travel("2027-01-12 09:00+03:00", tick=False):
        yield


def key(name: str) -> int:
    return RegionalDay.objects.get(name__startswith=name).pk


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 2, 18),
        date(2026, 6, 1),  # the birthday of Buddha was a Sunday
        date(2026, 7, 6),  # 5 July was a Sunday
        date(2026, 12, 4),
        date(2026, 12, 28),
        date(2027, 7, 5),
        date(2027, 12, 28),
    ],
)
def test_five_holidays_of_kalmykia(day):
    assert RegionalDay.objects.count() == 5 and not workdays.is_workday(day)


def test_the_moving_ones_are_asked_for_in_january_and_written(cast, as_user):
    assert regional_days.blank(2026) == []
    (item,) = inbox.items(cast.clerk)
    assert "Цаган Сар, День рождения Будды" in item.why and "Зул" in item.why and list(inbox.items(cast.mentor)) == []
    client = as_user(cast.clerk)
    assert "Зул" in client.get(reverse("people:workdays")).context["warning"]
    page = client.get(item.url)
    form = page.context["form"]
    assert form.fields[f"day_{key('День принятия')}"].initial == date(2027, 7, 5)
    assert form.fields[f"day_{key('Зул')}"].initial is None
    days = {"Цаган": "2027-02-07", "День рождения": "2027-06-18", "Зул": "2027-12-23"}
    data = {f"day_{key(name)}": day for name, day in days.items()}
    wrong = client.post(item.url, data | {f"day_{key('Зул')}": "2026-12-23"})
    assert "Нужен день 2027 года" in str(wrong.context["form"].errors)
    client.post(item.url, data)
    assert list(inbox.items(cast.clerk)) == [] and regional_days.warning(2027) == ""
    assert not workdays.is_workday(date(2027, 6, 18)) and not workdays.is_workday(date(2027, 2, 8))  # 7.02 is a Sunday
    client.post(item.url, data | {f"day_{key('Цаган')}": "2027-02-09"})  # set otherwise: the former day and its rest go
    assert workdays.is_workday(date(2027, 2, 8)) and not workdays.is_workday(date(2027, 2, 9))


def test_who_writes_and_what_is_refused(cast, as_user):
    with pytest.raises(NotAllowed):
        regional_days.write(2027, {}, by=cast.director)
    with pytest.raises(Refused, match="уже записано"):
        regional_days.write(2027, {key("Зул"): date(2027, 5, 10)}, by=cast.clerk)
    with pytest.raises(Refused, match="уже есть в списке"):
        regional_days.add("зул", by=cast.clerk)
    assert as_user(cast.director).get(reverse("people:workdays_region")).status_code == 403


def test_a_school_of_another_region_starts_without_them_and_keeps_its_own(cast, as_user):
    school = School.get()
    school_acts.save_school(school, by=cast.curator, version=school.version, region="Республика Бурятия")
    assert not DayOff.objects.filter(kind="regional").exists() and workdays.is_workday(date(2026, 12, 28))
    assert list(inbox.items(cast.clerk)) == []
    url = reverse("people:workdays_region")
    data = {"new_name": "Сагаалган", "new_day": "2027-02-09"}
    as_user(cast.clerk).post(f"{url}?year=2027", data)
    assert not workdays.is_workday(date(2027, 2, 9)) and not RegionalDay.objects.get(name="Сагаалган").month
    as_user(cast.clerk).post(
        reverse("people:workdays_region_remove", args=[RegionalDay.objects.get(name="Сагаалган").pk])
    )
    assert not regional_days.of_region().exists() and not workdays.is_workday(date(2027, 2, 9))
