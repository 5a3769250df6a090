"""The numbers of a report: those of the registry of indicators for its days, each with its list (п. 3.4, k1–k3)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mentoring_site.russian import NBSP, number_text
from reports.annual_report.models import AnnualReport, ReportFigure
from reports.indicators import presenters as indicators
from reports.indicators.measuring import measure
from reports.indicators.passports import PASSPORTS, grouped
from reports.indicators.periods import Period

TENTH = Decimal("0.1")


def rounded(value: Any) -> Decimal | None:
    """Return a measured value as a report states it, with one decimal."""
    return None if value is None else Decimal(str(round(float(value), 1))).quantize(TENTH)


def words(value: Any, unit: str) -> str:
    """«62,5 %», «14 чел.», «нет данных»."""
    if value is None:
        return "нет данных"
    return f"{number_text(float(value))}{NBSP}{unit}".strip(NBSP)


def gathered(period: Period) -> list[ReportFigure]:
    """Return all indicators of a period as unsaved numbers, in the order of the registry."""
    now, before = measure(PASSPORTS.values(), period), measure(PASSPORTS.values(), period.before)
    goals = indicators.goals()
    found: list[ReportFigure] = []
    for group, passports in grouped().items():
        for one in passports:
            goal = goals.get(one.code)
            found.append(
                ReportFigure(
                    position=len(found) + 1,
                    code=one.code,
                    group=group,
                    label=one.name,
                    unit=one.unit,
                    counted=rounded(now[one.code].value),
                    rows=now[one.code].rows,
                    made_of=indicators.made_of(one, now[one.code]),
                    before=rounded(before[one.code].value),
                    planned=goal.target if goal else None,
                )
            )
    return found


def list_url(figure: ReportFigure, period: Period) -> str:
    """Return the address of the list behind a number; empty when there is none."""
    one = PASSPORTS.get(figure.code)
    return indicators.list_url(one, period) if one and figure.rows else ""


@dataclass(frozen=True)
class Changed:
    """A number that the data give otherwise today than when the report was signed."""

    label: str
    then: str
    now: str
    url: str


def changed_since(report: AnnualReport) -> list[Changed]:
    """Return the numbers of a signed report that would be counted otherwise today; the report itself keeps its own."""
    figures = {one.code: one for one in report.figures.all()}
    known = [PASSPORTS[code] for code in figures if code in PASSPORTS]
    now = measure(known, report.period)
    return [
        Changed(
            figure.label, words(figure.counted, figure.unit), words(value, figure.unit), list_url(figure, report.period)
        )
        for one in known
        if (figure := figures[one.code]).counted != (value := rounded(now[one.code].value))
    ]
