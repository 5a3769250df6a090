"""Ways into accounts that the user has asked for and somebody else releases (decision 0013)."""

from collections.abc import Iterator

from mentoring_site.inbox import HeldItem
from people.access import acts
from people.access.models import AccessRequest
from people.rights import Actor, Right


def held(user: Actor) -> Iterator[HeldItem]:
    """Return the own open requests; one query for those who give accounts or roles."""
    if not (user.can(Right.ACCOUNTS_MANAGE) or user.can(Right.ACCOUNTS_INVITE) or user.can(Right.ROLES_MANAGE)):
        return
    mine = AccessRequest.objects.filter(state=AccessRequest.State.ASKED, asked_by=user.pk)
    for request in mine.select_related("person").order_by("asked_at"):
        yield HeldItem(
            f"Подтверждение доступа: {acts.what(request)}",
            "председатель методического совета" if request.for_chair else "директор",
            request.get_absolute_url(),
            f"access:{request.pk}:release",
            since=request.asked_at,
        )
