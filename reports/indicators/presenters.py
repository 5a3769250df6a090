"""Indicators as pages and papers show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from mentoring_site.charts.bars import Bar, Bars, Lines, Series
from mentoring_site.charts.chart import Figure, table
from mentoring_site.charts.drawing import Drawing, Frame
from mentoring_site.russian import number_text, rudate, school_year
from mentoring_site.ui.elements import Crumb, Fact
from reports.indicators.measuring import measure, measure_parts
from reports.indicators.models import IndicatorGoal
from reports.indicators.passports import PASSPORTS, How, Measured, Passport, grouped, words
from reports.indicators.periods import Period, years_back

TITLE = "Показатели"
SPARK = Frame("spark", 132)


def spark(passport: Passport, years: list[tuple[int, Measured]]) -> str:
    """Draw a small line of the last school years; nothing when fewer than two are known."""
    known = [(n, one.value) for n, (_, one) in enumerate(years) if one.value is not None]
    if len(known) < 2:
        return ""
    on = Drawing(SPARK, f"spark-{passport.code}")
    low, high = min(0.0, *(v for _, v in known)), max(v for _, v in known)
    step = (SPARK.width - 12) / max(len(years) - 1, 1)
    points = [(6 + n * step, 30 - (value - low) / ((high - low) or 1) * 24) for n, value in known]
    on.way(points)
    on.dot(*points[-1], 4, "main")
    said = "; ".join(f"{school_year(year)} — {words(one.value, passport)}" for year, one in years)
    return on.svg(f"{passport.name} по учебным годам", said, 36)


@dataclass(frozen=True)
class Card:
    """One indicator among all of them."""

    passport: Passport
    value: str
    made_of: str
    change: str
    target: str
    met: bool | None
    spark: str
    url: str
    list_url: str


def goals() -> dict[str, IndicatorGoal]:
    """Return the school's words by indicator."""
    return {goal.code: goal for goal in IndicatorGoal.objects.all()}


def cards(period: Period, today: date) -> dict[str, list[Card]]:
    """Return all indicators by groups; a query for a period, and one for a rate."""
    every = list(PASSPORTS.values())
    now, before = measure(every, period), measure(every, period.before)
    back = [(year, days, measure(every, days)) for year, days in years_back(today)]
    known = goals()
    return {
        group: [
            _card(one, period, now[one.code], before[one.code], [(y, m[one.code]) for y, _, m in back], known)
            for one in passports
        ]
        for group, passports in grouped().items()
    }


def _card(
    one: Passport,
    period: Period,
    now: Measured,
    before: Measured,
    years: list[tuple[int, Measured]],
    known: dict[str, IndicatorGoal],
) -> Card:
    goal = known.get(one.code)
    target = goal.target if goal else None
    return Card(
        one,
        words(now.value, one),
        made_of(one, now),
        change(one, now, before),
        f"цель — {words(target, one)}" if target is not None else "",
        is_met(one, now.value, target),
        spark(one, years),
        f"{reverse('reports:indicator', args=[one.code])}?{period.query}",
        list_url(one, period) if now.rows else "",
    )


def list_url(one: Passport, period: Period, part: str = "") -> str:
    """Return the address of the list behind a number."""
    if not one.lists:
        return ""
    url = f"{reverse('reports:indicator_list', args=[one.code])}?{period.query}"
    return f"{url}&part={part}" if part else url


def is_met(one: Passport, value: float | None, target: Any) -> bool | None:
    """Whether a target is reached; None when there is none or nothing is known."""
    if target is None or value is None or not one.better:
        return None
    return value <= float(target) if one.better == "less" else value >= float(target)


def made_of(one: Passport, now: Measured) -> str:
    """«15 из 24»: what a share or a mean was made of."""
    if one.how is How.SHARE and now.whole:
        return f"{number_text(now.rows)} из {number_text(now.whole)}"
    if one.how is How.MEAN and now.rows:
        return f"строк в списке: {number_text(now.rows)}"
    return ""


def change(one: Passport, now: Measured, before: Measured) -> str:
    """«год назад — 40 %»."""
    return "" if before.value is None else f"год назад — {words(before.value, one)}"


def facts(one: Passport, goal: IndicatorGoal | None) -> list[Fact]:
    """Return the passport of an indicator."""
    baseline = goal.baseline if goal else None
    target = goal.target if goal else None
    found = [
        Fact("Зачем", one.why),
        Fact("Как считается", one.formula),
        Fact("Откуда", one.source),
        Fact("За какие дни", one.rule),
        Fact("Лето", "июнь–август не считаются" if one.without_summer else "считается, как и другие месяцы"),
        Fact("Пункт Положения", one.clause),
        Fact("С чего начинали", words(baseline, one) if baseline is not None else "не указано"),
        Fact("Цель", words(target, one) if target is not None else "не указана", goal.why_target if goal else ""),
        Fact("Кто отвечает", (goal.answers if goal else "") or one.answers),
        Fact("Определение", f"действует с {rudate(one.since)}"),
    ]
    return found + [Fact("Изменение определения", said, rudate(day)) for day, said in one.changes]


def by_years(one: Passport, today: date) -> Figure:
    """Return the last school years of an indicator, each to the same day of the year."""
    back = [(year, days, measure([one], days)[one.code]) for year, days in years_back(today)]
    chart = Lines(
        title="По учебным годам",
        desc="; ".join(f"{school_year(year)} — {words(found.value, one)}" for year, _, found in back),
        labels=tuple(school_year(year) for year, _, _ in back),
        series=(Series(one.name, tuple(None if m.value is None else round(m.value, 1) for _, _, m in back)),),
    )
    rows = [
        [school_year(year), (words(found.value, one), list_url(one, days) if found.rows else ""), made_of(one, found)]
        for year, days, found in back
    ]
    cells = table("Учебный год", "Значение", "Из чего", rows=rows, numbers=(1,))
    return Figure("years", chart, **cells, note=f"Каждый год — по тот же день: {today.day:02}.{today.month:02}.")


def by_parts(one: Passport, period: Period) -> Figure | None:
    """Return the parts of an indicator as bars, or nothing when it has none."""
    found = measure_parts(one, period)
    if not found:
        return None
    # the parts of a share are told by how many rows they have
    plain = one.unit == "%" and one.how is not How.MEAN
    said = {p.part.key: number_text(p.rows) if plain else words(p.value, one) for p in found}
    shown = [part for part in found if part.rows] or found
    chart = Bars(
        title="Из чего складывается",
        desc="; ".join(f"{p.part.label} — {said[p.part.key]}" for p in shown),
        rows=tuple(Bar(p.part.label, max(p.value or 0, 0), said[p.part.key]) for p in shown),
    )
    rows = [[(p.part.label, list_url(one, period, p.part.key) if p.rows else ""), said[p.part.key]] for p in found]
    return Figure("parts", chart, **table("Часть", "Значение", rows=rows, numbers=(1,)))


def table_rows(period: Period, *, goals_by: dict[str, IndicatorGoal] | None = None) -> Iterable[list[Any]]:
    """Yield all indicators as rows of a workbook or a paper."""
    every = list(PASSPORTS.values())
    now, before = measure(every, period), measure(every, period.before)
    known = goals() if goals_by is None else goals_by
    for one in every:
        goal = known.get(one.code)
        yield [
            one.group,
            one.name,
            words(now[one.code].value, one),
            made_of(one, now[one.code]),
            words(before[one.code].value, one),
            words(goal.target, one) if goal and goal.target is not None else "",
            one.clause,
        ]


def paper(period: Period) -> dict[str, Any]:
    """Return the facts of the paper."""
    return {
        "title": "Показатели наставничества",
        "lead": period.words,
        "columns": list(COLUMNS[1:]),
        "rows": [{"group": row[0], "cells": row[1:]} for row in table_rows(period)],
    }


COLUMNS = ("Группа", "Показатель", "Значение", "Из чего", "Год назад", "Цель", "Пункт")


def quick(period: Period, url: str) -> list[dict[str, Any]]:
    """Return the periods that are asked most: this year, the last one, today."""
    today = timezone.localdate()
    this = Period.of_year(years_back(today, 1)[0][0])
    last = Period.of_year(this.first.year - 1)
    chosen = (("Этот учебный год", this), ("Прошлый учебный год", last), ("На сегодня", Period(today, today)))
    return [{"label": label, "url": f"{url}?{days.query}", "current": days == period} for label, days in chosen]


def crumbs(*more: Crumb) -> list[Crumb]:
    """The way back to all indicators."""
    return [Crumb(TITLE, reverse("reports:indicators")), *more]
