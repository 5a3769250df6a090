"""What waits in reports: one to sign for the director, a returned one for the curator."""

from collections.abc import Iterator

from mentoring_site.inbox import Group, InboxItem
from people.accounts.models import User
from people.rights import Right
from reports.annual_report.models import AnnualReport

State = AnnualReport.State
REASON_LENGTH = 140


def items(user: User) -> Iterator[InboxItem]:
    """Return the reports that wait for the user."""
    if user.can(Right.ANNUAL_SIGN):
        for report in AnnualReport.objects.filter(state=State.SUBMITTED).order_by("school_year"):
            yield _item(report, f"Подписать: {report}", "Числа закрепятся при подписании (п. 3.4)")
    if user.can(Right.ANNUAL_WRITE):
        for report in AnnualReport.objects.filter(state=State.DRAFT).exclude(returned_why="").order_by("school_year"):
            yield _item(report, f"Доработать: {report}", f"Возвращён: {report.returned_why[:REASON_LENGTH]}")


def _item(report: AnnualReport, text: str, why: str) -> InboxItem:
    url, key = report.get_absolute_url(), f"annual:{report.pk}:{report.state}"
    return InboxItem(text, why, url, "Открыть отчёт", group=Group.SCHOOL, key=key)
