"""Acts about a report: begun, gathered again, a section or a number changed, handed over, returned, signed (п. 3.4)."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from mentoring_site.hashing import sha256_of_json
from mentoring_site.locks import locked, one_at_a_time
from mentoring_site.rights import require
from mentoring_site.ui.list_filters import year_now
from mentoring_site.workflow import Already, Refused, claim_version, perform, record
from people.accounts.models import User
from people.rights import Right
from people.roles.holders import signer
from people.roles.letters import mail_person, mail_right_holders
from reports.annual_report import counted, documents, drafting
from reports.annual_report.models import AnnualReport, ReportFigure, ReportRisk, ReportSection
from reports.indicators.periods import Period

State = AnnualReport.State
CLOSED = "Отчёт передан на подпись или подписан: его не меняют. Верните его на доработку"
SIGNED = "Подписанный отчёт не меняют"
REPORTS = "annual reports"
MOST_BACK = 10  # school years before this one


@transaction.atomic
def begin(school_year: int, *, by: User) -> AnnualReport:
    """Draft the report of a school year from the data; asked twice it gives the one that is there.

    Raises ``NotAllowed``; ``Refused`` for a year that has not begun or is long past.
    """
    require(by, Right.ANNUAL_WRITE)
    one_at_a_time(REPORTS)
    if made := AnnualReport.objects.filter(school_year=school_year).first():
        return made
    if not year_now() - MOST_BACK <= school_year <= year_now():
        raise Refused("Отчёт составляют за этот учебный год или за прошедший")
    days = Period.of_year(school_year)
    report = AnnualReport.objects.create(school_year=school_year, since=days.first, until=days.last, created_by=by)
    ReportSection.objects.bulk_create(
        ReportSection(report=report, position=number, key=one.key, title=one.title)
        for number, one in enumerate(drafting.PLAN, 1)
    )
    ReportRisk.objects.bulk_create(drafting.first_risks(report))
    _gather(report)
    record(report, "begin", by=by, words="составлен проект отчёта по данным", target=State.DRAFT)
    report.refresh_from_db()
    return report


def _open(report: AnnualReport, by: User) -> AnnualReport:
    require(by, Right.ANNUAL_WRITE)
    fresh = locked(report)
    if fresh.state != State.DRAFT:
        raise Refused(CLOSED)
    return fresh


def _gather(report: AnnualReport) -> None:
    """Count all numbers again and write the drafts again; what somebody has typed or stated stays."""
    days = Period.of_year(report.school_year)
    report.until, report.gathered_at = days.last, timezone.now()
    AnnualReport.objects.filter(pk=report.pk).update(until=report.until, gathered_at=report.gathered_at)
    stated = {one.code: (one.stated, one.why) for one in report.figures.exclude(stated=None)}
    figures = counted.gathered(report.period)
    for one in figures:
        one.report = report
        one.stated, one.why = stated.get(one.code, (None, ""))
    report.figures.all().delete()
    ReportFigure.objects.bulk_create(figures)
    _draft(report, figures)


def _draft(report: AnnualReport, figures: Iterable[ReportFigure]) -> None:
    """Write what the data say into each section; the text follows only where nobody has changed it."""
    said = drafting.drafts(drafting.known(report, figures))
    for section in report.sections.all():
        new = said.get(section.key, "")
        if new == section.drafted:
            continue
        text, is_read = (section.text, section.is_read) if section.is_typed else (new, False)
        ReportSection.objects.filter(pk=section.pk).update(drafted=new, text=text, is_read=is_read)


@transaction.atomic
def refresh(report: AnnualReport, *, by: User) -> AnnualReport:
    """Gather the numbers and drafts of a draft again. Raises ``NotAllowed``; ``Refused`` when it is no draft."""
    fresh = _open(report, by)
    _gather(fresh)
    record(fresh, "refresh", by=by, words="числа и черновики разделов собраны заново")
    fresh.refresh_from_db()
    return fresh


@transaction.atomic
def write(section: ReportSection, *, by: User, version: int, text: str) -> ReportSection:
    """Write the text of a section; it counts as read. Raises ``NotAllowed``, ``Stale``, ``Refused``."""
    require(by, Right.ANNUAL_WRITE)
    claim_version(section.report, version)
    report = _open(section.report, by)
    clean = text.replace("\r\n", "\n").strip()
    ReportSection.objects.filter(pk=section.pk, report=report).update(text=clean, is_read=True)
    record(report, "write", by=by, words=f"изменён раздел «{section.title}»")
    section.refresh_from_db()
    return section


@transaction.atomic
def state(figure: ReportFigure, *, by: User, version: int, stated: Decimal | None, why: str) -> ReportFigure:
    """State another number than the counted one, with the reason that is printed; None takes it back.

    The drafts say the stated number too. Raises ``NotAllowed``, ``Stale``; ``Refused`` without a reason.
    """
    require(by, Right.ANNUAL_WRITE)
    claim_version(figure.report, version)
    report = _open(figure.report, by)
    if stated is not None and not why.strip():
        raise Refused("Напишите, почему в отчёте другое число: причина печатается под таблицей")
    why = why.strip() if stated is not None else ""
    ReportFigure.objects.filter(pk=figure.pk, report=report).update(stated=stated, why=why)
    _draft(report, report.figures.all())
    words = f"в отчёте другое число: {figure.label}" if stated is not None else f"число как посчитано: {figure.label}"
    record(report, "state", by=by, words=words[:300])
    figure.refresh_from_db()
    return figure


@transaction.atomic
def name_risks(report: AnnualReport, *, by: User, version: int, risks: list[dict[str, str]]) -> AnnualReport:
    """Write the list of risks whole: in what, by what sign, what is done.

    Raises ``NotAllowed``, ``Stale``, ``Refused``.
    """
    require(by, Right.ANNUAL_WRITE)
    claim_version(report, version)
    fresh = _open(report, by)
    fresh.risks.all().delete()
    ReportRisk.objects.bulk_create(
        ReportRisk(report=fresh, position=number, **values) for number, values in enumerate(risks, 1)
    )
    record(fresh, "risks", by=by, words="изменён список рисков")
    fresh.refresh_from_db()
    return fresh


@transaction.atomic
def submit(report: AnnualReport, *, by: User) -> AnnualReport:
    """Hand a report over to the director, who gets a letter. Raises what ``perform`` raises."""
    report = perform(report, "submit", by=by, columns={"returned_why": ""})
    director, _ = signer()
    if director and director.pk != by.person_id:
        mail_person(director, "annual_submitted", asks=str(report.pk), person=director, report=report)
    return report


@transaction.atomic
def send_back(report: AnnualReport, *, by: User, reason: str) -> AnnualReport:
    """Return a report with a reason; whoever writes it gets a letter.

    Raises what ``perform`` raises, ``Refused`` without a reason.
    """
    if not reason.strip():
        raise Refused("Напишите, что доработать")
    report = perform(report, "send_back", by=by, columns={"returned_why": reason.strip()[:2000]})
    mail_right_holders(Right.ANNUAL_WRITE, "annual_returned", but=by, asks=str(report.pk), report=report)
    return report


@transaction.atomic
def sign(report: AnnualReport, *, by: User) -> AnnualReport:
    """The director signs: the report gets its number and day, everything that it says is frozen with its SHA-256.

    Raises what ``perform`` raises.
    """
    require(by, Right.ANNUAL_SIGN)
    one_at_a_time(REPORTS)
    fresh = locked(report)
    if fresh.state == State.SIGNED:
        raise Already("Отчёт уже подписан")
    fresh = AnnualReport.objects.with_requirements().get(pk=fresh.pk)
    number = f"АО-{AnnualReport.objects.filter(state=State.SIGNED).count() + 1}"
    today = timezone.localdate()
    facts: dict[str, Any] = documents.facts_of(fresh) | {"number": number, "date": today.isoformat()}
    columns = {
        "number": number,
        "signed_on": today,
        "signed_by": by,
        "facts": facts,
        "facts_sha256": sha256_of_json(facts),
    }
    return perform(report, "sign", by=by, columns=columns, number=number)
