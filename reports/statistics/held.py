"""Kept notes as evidence: whether one was kept in some days, and where (п. 3.4)."""

from datetime import date

from django.urls import reverse

from reports.statistics.models import StatisticsNote


def kept(since: date, until: date) -> tuple[int, int, str]:
    """Return (1, 1, address) when a note was kept on one of the days, else zeros."""
    found = StatisticsNote.objects.filter(kept_at__date__range=(since, until)).order_by("-kept_at", "-pk").first()
    return (1, 1, found.get_absolute_url()) if found else (0, 0, reverse("reports:statistics"))
