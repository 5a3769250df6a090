"""Roadmaps that wait for the director (п. 3.3, 3.4)."""

from collections.abc import Iterator

from mentoring_site.inbox import HeldItem
from people.accounts.models import User
from people.rights import Right
from roadmap.plan.models import Roadmap


def held(user: User) -> Iterator[HeldItem]:
    """Return the submitted roadmaps for whoever writes them; one query."""
    if not user.can(Right.ROADMAP_WRITE):
        return
    for roadmap in Roadmap.objects.filter(state=Roadmap.State.SUBMITTED).order_by("pk"):
        key = f"roadmap:{roadmap.pk}:approve"
        yield HeldItem(f"Утверждение: {roadmap}", Right.ROADMAP_APPROVE.who, roadmap.get_absolute_url(), key)
