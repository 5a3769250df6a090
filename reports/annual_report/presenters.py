"""What the pages of reports show."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from mentoring_site.charts.chart import Cell, Figure, Heading, unpack
from mentoring_site.charts.papers import KINDS
from mentoring_site.russian import period, plural, rudate, rutime, school_year
from mentoring_site.ui.elements import Action, Badge, Crumb, Fact, Tone
from mentoring_site.workflow import action
from people.accounts.models import User
from people.rights import Right
from reports.annual_report.counted import Changed, list_url, words
from reports.annual_report.models import AnnualReport, ReportFigure, ReportSection

State = AnnualReport.State
LIST_TITLE = "Итоговые отчёты"
COLUMNS = ("Отчёт", "Период", "Состояние", "№", "Подписан")
TONES: dict[str, Tone] = {State.DRAFT: "draft", State.SUBMITTED: "others", State.SIGNED: "done"}
NUMBERS = "число,числа,чисел"


@dataclass(frozen=True)
class Row:
    """A line of the list of reports."""

    title: str
    url: str
    when: str
    badge: Badge
    signed: str


def badge(report: AnnualReport) -> Badge:
    """Return the state by word and shape."""
    return Badge(report.get_state_display(), TONES[report.state])


def row(report: AnnualReport, user: User) -> Row:
    """Return the line of a report."""
    signed = f"№ {report.number} от {rudate(report.signed_on)}" if report.is_signed else "—"
    title = f"За {school_year(report.school_year, full=True)} учебный год"
    return Row(title, report.get_absolute_url(), period(report.since, report.until), badge(report), signed)


def cells(report: AnnualReport, user: User) -> list[Any]:
    """Return the cells of a report in a workbook."""
    return [
        str(report),
        period(report.since, report.until),
        report.get_state_display(),
        report.number,
        report.signed_on,
    ]


def crumbs(*more: Crumb) -> list[Crumb]:
    """Return the way from the list of reports."""
    return [Crumb(LIST_TITLE, reverse("reports:annuals")), *more]


def crumbs_of(report: AnnualReport, *more: Crumb) -> list[Crumb]:
    """Return the way from the list to a page of a report."""
    title = school_year(report.school_year, full=True)
    return crumbs(Crumb(title, report.get_absolute_url()) if more else Crumb(title), *more)


def facts(report: AnnualReport) -> list[Fact]:
    """Return what a reader asks first."""
    found = [Fact("Период", period(report.since, report.until))]
    if report.is_signed and report.signed_by:
        found.append(Fact("№ и день подписи", f"{report.number}, {rudate(report.signed_on)}"))
        found.append(Fact("Подписал", report.signed_by.person.short_name))
        found.append(Fact("SHA-256 сведений", report.facts_sha256, folded=True))
    else:
        found.append(Fact("Числа собраны", f"{rudate(report.gathered_at)} в {rutime(report.gathered_at)}"))
    if report.returned_why and report.state == State.DRAFT:
        found.append(Fact("Возвращён на доработку", report.returned_why))
    return found


def actions(report: AnnualReport, user: User) -> list[Action]:
    """Return the buttons of a report for the user."""

    def url(name: str) -> str:
        return reverse(f"reports:annual_{name}", args=[report.pk])

    found = [
        action(report, "submit", user, url("submit"), primary=True),
        action(report, "sign", user, url("sign"), primary=True),
        action(report, "send_back", user, url("send_back")),
    ]
    shown = [one for one in found if one]
    if report.state == State.DRAFT and user.can(Right.ANNUAL_WRITE):
        shown.append(Action("refresh", "Собрать числа заново", url("refresh")))
    return shown


@dataclass(frozen=True)
class NumberLine:
    """A number of a report with its list, and where it is changed."""

    label: str
    value: str
    counted: str
    made_of: str
    before: str
    planned: str
    why: str
    list_url: str
    edit_url: str


def lines(report: AnnualReport, figures: list[ReportFigure], *, edits: bool) -> list[NumberLine]:
    """Return numbers as the page shows them; the list of a signed report is today's, its number is not."""
    return [
        NumberLine(
            one.label,
            words(one.value, one.unit),
            words(one.counted, one.unit) if one.stated is not None else "",
            one.made_of,
            words(one.before, one.unit),
            words(one.planned, one.unit) if one.planned is not None else "",
            one.why,
            list_url(one, report.period),
            reverse("reports:annual_figure", args=[report.pk, one.code]) if edits else "",
        )
        for one in figures
    ]


@dataclass(frozen=True)
class SectionView:
    """A section on the page of a report."""

    title: str
    text: str
    state: str
    numbers: list[NumberLine]
    figures: list[Figure]
    edit_url: str


def section_state(section: ReportSection) -> str:
    """Say whose words they are."""
    if section.is_typed:
        return "текст изменён"
    return "по данным, прочитано" if section.is_read else "по данным"


def restored(figure: dict[str, Any]) -> Figure:
    """Return a figure of the signed facts as a page shows one; its links are not kept."""
    headings = tuple(Heading(one["label"], one["number"]) for one in figure["columns"])
    rows = tuple(
        tuple(Cell(str(text), number=headings[place].number) for place, text in enumerate(cells_))
        for cells_ in figure["rows"]
    )
    return Figure(figure["key"], unpack(figure["chart"], KINDS), headings, rows, figure["note"])


def changed_words(changed: list[Changed]) -> str:
    """«С тех пор изменилось 2 числа»."""
    return f"С тех пор изменилось {plural(len(changed), NUMBERS)}" if changed else ""
