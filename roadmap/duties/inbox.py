"""Duties whose days have come wait for their owners until evidence is put to them (п. 3.4)."""

from collections.abc import Iterator

from django.urls import reverse

from mentoring_site.inbox import Group, InboxItem
from people.accounts.models import User
from roadmap.duties.models import Occurrence

AT_MOST = 10


def items(user: User) -> Iterator[InboxItem]:
    """Return the user's open occurrences whose time has come; one query."""
    for occurrence in Occurrence.objects.awaiting(user).select_related("duty").order_by("due_on", "pk")[:AT_MOST]:
        yield InboxItem(
            occurrence.duty.name,
            f"Постоянная обязанность. Подтверждает: {occurrence.duty.expected}",
            reverse("evidence:add", args=["duty", occurrence.pk]),
            "Подтвердить выполнение",
            since=occurrence.opens_on,
            until=occurrence.due_on,
            group=Group.ROADMAP,
            key=f"duty:{occurrence.pk}",
        )
