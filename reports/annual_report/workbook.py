"""A report as a workbook: all its numbers with what they were made of."""

from typing import Any

from reports.annual_report.models import AnnualReport

COLUMNS = (
    "Группа",
    "Показатель",
    "В отчёте",
    "Единица",
    "Посчитано",
    "Почему другое число",
    "Строк в списке",
    "Из чего",
    "Год назад",
    "План",
)


def rows(report: AnnualReport) -> list[list[Any]]:
    """Return a row for each number; of a signed report those that were signed."""
    return [
        [
            one.group,
            one.label,
            one.value,
            one.unit,
            one.counted,
            one.why,
            one.rows,
            one.made_of,
            one.before,
            one.planned,
        ]
        for one in report.figures.all()
    ]
