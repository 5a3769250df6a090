"""Reports that others hold, and the signed report as evidence of a clause (п. 3.4)."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from mentoring_site.inbox import HeldItem
from people.accounts.models import User
from people.rights import Right
from reports.annual_report.models import AnnualReport


def held(user: User) -> Iterator[HeldItem]:
    """Return the reports that wait for the director, for whoever writes them."""
    if not user.can(Right.ANNUAL_WRITE):
        return
    for report in AnnualReport.objects.filter(state=AnnualReport.State.SUBMITTED).order_by("pk"):
        key = f"annual:{report.pk}:sign"
        yield HeldItem(f"Подпись: {report}", Right.ANNUAL_SIGN.who, report.get_absolute_url(), key)


def signed(since: date, until: date) -> tuple[int, int, str]:
    """Return (signed, wanted, address) of reports about days within the given ones; a draft proves nothing."""
    found = list(AnnualReport.objects.filter(since__lte=until, until__gte=since).order_by("school_year"))
    if not found:
        return 0, 0, reverse("reports:annuals")
    return sum(one.is_signed for one in found), len(found), found[0].get_absolute_url()
