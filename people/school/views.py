"""«Календарь рабочих дней»: the days that differ from their weekday, by year (ТК 112)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.rights import require
from mentoring_site.russian import rudate
from mentoring_site.ui.elements import Crumb, Tab
from people.rights import Right
from people.school import workdays as calendar
from people.school.forms import DayOffForm
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
        "today": today,
    }
    return render(request, "people/school/workdays.html", context)


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
