"""Confirmed hours of engaged teachers for the page of hours (п. 4.1)."""

from datetime import date

from django.db.models import Q

from people.accounts.models import User
from programs.journal.hours import OtherHours, sees_all
from programs.requests.kinds.engaging.models import EngagedWork


def hours(user: User, first: date, after: date) -> list[OtherHours]:
    """Return the hours of a period: one's own and of one's own requests, or all for those who see all papers."""
    rows = EngagedWork.objects.counted().filter(held_on__gte=first, held_on__lt=after)
    if not sees_all(user):
        rows = rows.filter(Q(request__person=user.person_id) | Q(request__author=user.person_id))
    rows = rows.select_related("request__person").order_by("held_on", "pk")
    return [OtherHours(row.request.person.full_name, row.held_on, row.minutes, row.request.about) for row in rows]
