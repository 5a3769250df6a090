"""The demo school reports: the last school year signed, this one drafted (п. 3.4)."""

from decimal import Decimal

from mentoring_site.ui.list_filters import year_now
from reports.annual_report import acts
from reports.annual_report.models import AnnualReport

CONCLUSIONS = (
    "Первый год работы по Положению завершён: пары закреплены приказами, программы утверждены.\n"
    "Встречи идут ровнее, когда наставник и наставляемый договариваются о дне заранее."
)
PROPOSALS = "Обучить ещё двух наставников.\nНачинать программы в сентябре, а не в ноябре."
WHY = "Одна пара закреплена приказом на бумаге и в систему не перенесена"


def annual_reports(demo):
    """Return the steps of the reports."""
    return (last_year(demo, 40), this_year(demo, 3))


def _fresh(report: AnnualReport) -> AnnualReport:
    return AnnualReport.objects.with_requirements().get(pk=report.pk)


def last_year(demo, days_ago: int):
    """The report of the last year: one number stated otherwise, handed over, signed."""
    yield days_ago
    curator, director = demo.user("curator"), demo.user("director")
    report = acts.begin(year_now() - 1, by=curator)
    figure = report.figures.get(code="mentees")
    stated = (figure.counted or Decimal(0)) + 1
    acts.state(figure, by=curator, version=report.version, stated=stated, why=WHY)
    for key, text in (("conclusions", CONCLUSIONS), ("proposals", PROPOSALS)):
        report = _fresh(report)
        acts.write(report.sections.get(key=key), by=curator, version=report.version, text=text)
    acts.submit(_fresh(report), by=curator)
    yield days_ago - 2
    acts.sign(_fresh(report), by=director)


def this_year(demo, days_ago: int):
    """The report of this year is begun: numbers and drafts, the conclusions wait for the end of the year."""
    yield days_ago
    acts.begin(year_now(), by=demo.user("curator"))
