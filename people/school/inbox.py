"""The calendar asks for the holidays of the region that move, each January (закон РК 156-III-З)."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from mentoring_site.inbox import Group, InboxItem
from people.rights import Actor, Right
from people.school import regional_days


def items(user: Actor) -> Iterator[InboxItem]:
    """Return what the calendar of this year lacks, for who keeps it; three queries."""
    if not user.can(Right.WORKDAYS_EDIT):
        return
    year = timezone.localdate().year
    if said := regional_days.warning(year):
        yield InboxItem(
            f"Календарь {year} года: впишите праздники региона",
            f"{said}: по календарю считают сроки в бумагах",
            f"{reverse('people:workdays_region')}?year={year}",
            "Вписать дни",
            group=Group.SCHOOL,
            key=f"workdays:{year}",
        )
