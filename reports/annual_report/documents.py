"""Facts of the paper of a report: drawn now for a draft, frozen for a signed one (п. 3.4)."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.conf import settings

from mentoring_site.charts.bars import Bar, Bars
from mentoring_site.charts.chart import Figure, table
from mentoring_site.hashing import sha256_of_json
from mentoring_site.russian import full_stop, lower_first, number_text, period, school_year
from people.roles.letterhead import director_facts, school_facts
from reports.annual_report import drafting
from reports.annual_report.counted import list_url, words
from reports.annual_report.models import AnnualReport, ReportFigure
from reports.indicators import presenters as indicators
from reports.indicators.passports import PASSPORTS
from reports.indicators.presenters import is_met
from reports.surveys import pictures
from reports.surveys.rules import FEWEST

TEMPLATE = "documents/annual_report.html"
EDITION = 12  # signs of the hash that stand in the code of a sheet
IN_PARTS = {"people": ("forms",), "results": ("reasons",)}
"""Indicators that are drawn by their parts, by the section in which they stand."""
MOST_SURVEYS = 6  # pictures of surveys in one report


class Broken(Exception):
    """The facts in the database are not those that were signed: the paper is handed out to nobody."""


def printed(report: AnnualReport) -> dict[str, Any]:
    """Return what is printed: the signed facts with the code of each sheet, or those of a draft.

    Raises ``Broken`` when the signed facts have been changed.
    """
    if report.facts is None:
        return facts_of(report)
    if sha256_of_json(report.facts) != report.facts_sha256:
        raise Broken("Сведения отчёта в базе отличаются от тех, что были подписаны")
    mark = {"url": settings.SITE_URL + report.get_absolute_url(), "edition": report.facts_sha256[:EDITION]}
    return report.facts | {"sheet_mark": mark}


def facts_of(report: AnnualReport) -> dict[str, Any]:
    """Return what ``documents/annual_report.html`` reads, from the rows of a report."""
    figures = list(report.figures.all())
    sections = {one.key: one for one in report.sections.all()}
    surveys = drafting.surveys_of(report)
    last, years = drafting.last_of(report), school_year(report.school_year, full=True)
    pictured = charts(report, figures, surveys)
    found = [
        {
            "key": plan.key,
            "title": plan.title,
            "text": sections[plan.key].text,
            "numbers": [_number(one) for one in figures if one.group in plan.groups],
            "figures": [figure.facts() for figure in pictured.get(plan.key, [])],
            "notes": [_note(one) for one in figures if one.group in plan.groups and one.stated is not None],
        }
        for plan in drafting.PLAN
        if not plan.is_swot and plan.key in sections
    ]
    return {
        "school": school_facts(),
        "director": director_facts(),
        "number": "",
        "date": "",
        "title": f"Итоговый аналитический отчёт о наставничестве за {years}\u00a0учебный\u00a0год",
        "lead": period(report.since, report.until),
        "sections": found,
        "swot": [
            {"title": plan.title, "text": sections[plan.key].text}
            for plan in drafting.PLAN
            if plan.is_swot and plan.key in sections
        ],
        "expected": [_expected(one) for one in figures if one.planned is not None],
        "risks": [{"risk": one.risk, "sign": one.sign, "action": one.action} for one in report.risks.all()],
        "last": _last(last),
        "numbers": [_number(one) | {"group": one.group, "formula": _formula(one)} for one in figures],
        "surveys": [_survey(result) for result in surveys],
    }


def _number(one: ReportFigure) -> dict[str, Any]:
    return {
        "label": one.label,
        "value": words(one.value, one.unit) + ("*" if one.stated is not None else ""),
        "made_of": one.made_of if one.stated is None else "",
        "before": words(one.before, one.unit),
        "planned": words(one.planned, one.unit) if one.planned is not None else "",
    }


def _note(one: ReportFigure) -> str:
    return (
        full_stop(f"* {one.label}: посчитано {words(one.counted, one.unit)}, в отчёте {words(one.stated, one.unit)}")
        + " "
        + full_stop(f"Причина: {lower_first(one.why)}")
    )


def _expected(one: ReportFigure) -> dict[str, Any]:
    passport = PASSPORTS.get(one.code)
    met = is_met(passport, None if one.value is None else float(one.value), one.planned) if passport else None
    return {
        "label": one.label,
        "planned": words(one.planned, one.unit),
        "value": words(one.value, one.unit) + ("*" if one.stated is not None else ""),
        "met": {True: "достигнут", False: "не достигнут", None: "нет данных"}[met],
    }


def _formula(one: ReportFigure) -> str:
    passport = PASSPORTS.get(one.code)
    return passport.formula if passport else ""


def _last(last: AnnualReport | None) -> dict[str, str]:
    if last is None or not last.facts:
        return {}
    texts = {one["key"]: one["text"] for one in last.facts["sections"]}
    return {"year": school_year(last.school_year), "number": last.number, "text": texts.get("conclusions", "")}


def _survey(result: Any) -> dict[str, str]:
    survey = result.survey
    hidden = result.answered is None
    return {
        "title": survey.title,
        "days": period(survey.opens_on, survey.closes_on),
        "how": "без имён" if survey.is_anonymous else "под именем",
        "answered": "скрыто" if hidden else f"{result.answered} из {result.invited}",
        "percent": "" if result.percent is None else f"{number_text(result.percent)}\u00a0%",
    }


def charts(report: AnnualReport, figures: Iterable[ReportFigure], surveys: Iterable[Any]) -> dict[str, list[Figure]]:
    """Return the pictures of a report by the section in which they stand, each with its table."""
    by_code = {one.code: one for one in figures}
    found: dict[str, list[Figure]] = {"people": [_shares(report, list(by_code.values()))]}
    for section, codes in IN_PARTS.items():
        for code in codes:
            passport = PASSPORTS.get(code)
            figure = indicators.by_parts(passport, report.period) if passport else None
            if passport and figure and by_code[code].rows:
                chart = replace(figure.chart, title=passport.name)  # type: ignore[type-var]
                found.setdefault(section, []).append(replace(figure, key=f"annual-{code}", chart=chart))
    for number, result in enumerate(surveys):
        figure = pictures.means(result) if number < MOST_SURVEYS and (result.answered or 0) >= FEWEST else None
        if figure:
            chart = replace(figure.chart, title=result.survey.title)  # type: ignore[type-var]
            found.setdefault("surveys", []).append(replace(figure, key=f"annual-survey-{number}", chart=chart))
    return found


def _shares(report: AnnualReport, figures: list[ReportFigure]) -> Figure:
    """Return all shares of the year as bars, with the year before and the plan in the table."""
    shown = [one for one in figures if one.unit == "%" and one.value is not None]
    chart = Bars(
        title="Доли за учебный год, %",
        desc="; ".join(f"{one.label} — {words(one.value, one.unit)}" for one in shown),
        rows=tuple(Bar(one.label, float(one.value), words(one.value, one.unit)) for one in shown),
    )
    rows = [
        [
            (one.label, list_url(one, report.period)),
            words(one.value, one.unit),
            words(one.before, one.unit),
            words(one.planned, one.unit) if one.planned is not None else "—",
        ]
        for one in shown
    ]
    return Figure(
        "annual-shares", chart, **table("Показатель", "Этот год", "Год назад", "План", rows=rows, numbers=(1, 2, 3))
    )
