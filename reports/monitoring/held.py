"""Monitorings as evidence: how many of those of a school year are completed, and where it is seen (п. 3.4)."""

from datetime import date

from django.urls import reverse
from django.utils import timezone

from reports.monitoring.models import Monitoring


def completed(since: date, until: date) -> tuple[int, int, str]:
    """Return (completed by the day, begun by the day, address) of monitorings of the days."""
    begun = Monitoring.objects.filter(first__gte=since, first__lte=until, created_at__date__lte=until)
    found = list(begun.order_by("pk"))
    done = [one for one in found if one.completed_at and timezone.localdate(one.completed_at) <= until]
    url = found[0].get_absolute_url() if len(found) == 1 else reverse("reports:monitorings")
    return len(done), len(found), url
