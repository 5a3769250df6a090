"""«Календарь рабочих дней»: the days that differ from their weekday, by year (ТК 112)."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.rights import require
from mentoring_site.russian import joined, rudate
from mentoring_site.ui.elements import Crumb, Tab
from people.rights import Actor, Right
from people.school import regional_days
from people.school import workdays as calendar
from people.school.forms import DayOffForm, RegionalDaysForm
from people.school.models import DayOff

WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")


def workdays(request):
    """The calendar of one year, and how a notice is counted by it today."""
    require(request.user, Right.WORKDAYS_EDIT)
    today = timezone.localdate()
    years = sorted({day.year for day in DayOff.objects.dates("date", "year")} | {today.year, today.year + 1})
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and int(asked) in years else today.year
    days = DayOff.objects.filter(date__year=year)
    url = reverse("people:workdays")
    context = {
        "year": year,
        "tabs": [Tab(str(y), f"{url}?year={y}", current=y == year) for y in years],
        "rows": [{"day": day, "weekday": WEEKDAYS[day.date.weekday()]} for day in days],
        "sample": calendar.no_earlier(today),
        "warning": regional_days.warning(year),
        "region_url": f"{reverse('people:workdays_region')}?year={year}",
        "today": today,
    }
    return render(request, "people/school/workdays.html", context)


def region(request):
    """Write the days of the region's holidays into the calendar of a year, and keep their list."""
    require(request.user, Right.WORKDAYS_EDIT)
    today = timezone.localdate()
    asked = request.GET.get("year", "")
    year = int(asked) if asked in {str(today.year), str(today.year + 1)} else today.year
    holidays = list(regional_days.of_region())
    form = RegionalDaysForm(request.POST or None, year=year, holidays=holidays, days=regional_days.days_of(year))
    back = f"{reverse('people:workdays')}?year={year}"
    if request.method == "POST" and form.is_valid():
        made = act_with_form(form, lambda: _write_region(form, request.user))
        if made is not None:
            words = joined([f"{row.name} — {rudate(row.date)}" for row in made])
            messages.success(request, f"В календарь добавлено: {words}" if made else "Праздники региона записаны")
            return redirect(back)
    context = {
        "form": form,
        "heading": f"Праздники региона в {year} году",
        "submit": "Записать в календарь",
        "cancel_url": back,
        "lead": (
            "Дни, которые меняются каждый год, впишите по указу или закону региона. Если праздник выпадает на выходной,"
            " следующий рабочий день тоже будет выходным."
        ),
        "holidays": holidays,
        "crumbs": [Crumb("Календарь рабочих дней", back), Crumb("Праздники региона")],
    }
    return render(request, "people/school/workdays_region.html", context)


@transaction.atomic
def _write_region(form: RegionalDaysForm, user: Actor) -> list[DayOff]:
    """Keep a further holiday, then write all days of the year."""
    data, days = form.cleaned_data, form.days()
    if data["new_name"]:
        more = regional_days.add(data["new_name"], by=user, every=data["new_day"] if data["new_every"] else None)
        days[more.pk] = data["new_day"]
    return regional_days.write(form.year, days, by=user)


def region_remove(request, pk):
    """Take a holiday out of the list of the region after a question."""
    require(request.user, Right.WORKDAYS_EDIT)
    holiday = get_object_or_404(regional_days.of_region(), pk=pk)
    back = reverse("people:workdays_region")
    if request.method == "POST":
        success = f"Праздник региона убран из списка: {holiday.name}"
        return act_and_redirect(request, lambda: regional_days.drop(holiday, by=request.user), success=success, to=back)
    context = {
        "heading": f"Убрать «{holiday.name}» из праздников региона?",
        "submit": "Убрать",
        "danger": True,
        "cancel_url": back,
        "crumbs": [Crumb("Календарь рабочих дней", reverse("people:workdays")), Crumb("Убрать праздник региона")],
        "consequences": [
            "О его дне больше не будут спрашивать в январе.",
            "Дни, которые уже записаны в календарь, останутся.",
        ],
    }
    return render(request, "confirm.html", context)


def day_new(request):
    """Write a special day into the calendar."""
    require(request.user, Right.WORKDAYS_EDIT)
    form = DayOffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = act_with_form(
            form, lambda: calendar.add(data["day"], by=request.user, name=data["name"], kind=data["kind"])
        )
        if made:
            messages.success(request, f"В календарь добавлено: {rudate(made.date)}, {made.name}")
            return redirect(f"{reverse('people:workdays')}?year={made.date.year}")
    context = {
        "form": form,
        "heading": "Добавить день",
        "submit": "Добавить в календарь",
        "cancel_url": reverse("people:workdays"),
        "lead": (
            "Только те дни, которые не такие, как их день недели: обычные субботы и воскресенья записывать не нужно."
        ),
        "crumbs": [Crumb("Календарь рабочих дней", reverse("people:workdays")), Crumb("Добавить день")],
    }
    return render(request, "form.html", context)


def day_remove(request, pk):
    """Take a day out of the calendar after a question."""
    require(request.user, Right.WORKDAYS_EDIT)
    day = get_object_or_404(DayOff, pk=pk)
    back = f"{reverse('people:workdays')}?year={day.date.year}"
    if request.method == "POST":
        return act_and_redirect(
            request,
            lambda: calendar.remove(day, by=request.user),
            success=f"Из календаря убрано: {rudate(day.date)}",
            to=back,
        )
    context = {
        "heading": f"Убрать из календаря {rudate(day.date)}?",
        "lead": f"{day.name}, {day.get_kind_display()}",
        "submit": "Убрать",
        "danger": True,
        "cancel_url": back,
        "crumbs": [Crumb("Календарь рабочих дней", back), Crumb("Убрать день")],
        "consequences": [
            "Этот день будет считаться так, как говорит его день недели.",
            "Уведомления, которые уже записаны, не изменятся.",
        ],
    }
    return render(request, "confirm.html", context)
