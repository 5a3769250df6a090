"""What has expired waits for whoever has put it."""

from collections.abc import Iterator
from typing import Any

from mentoring_site.evidence import places, presenters
from mentoring_site.inbox import Group, InboxItem
from mentoring_site.russian import ruday

AT_MOST = 10


def items(user: Any) -> Iterator[InboxItem]:
    """Return the user's own evidence whose term has ended."""
    for evidence in presenters.expired(user)[:AT_MOST]:
        yield InboxItem(
            f"Обновить подтверждение: {evidence.latest.name}",
            f"{places.of(evidence.object).title(evidence.object)}. Срок истёк {ruday(evidence.valid_until)}",
            evidence.get_absolute_url(),
            "Обновить",
            since=evidence.valid_until,
            weight=15,
            group=Group.MEETINGS,
            key=f"evidence:{evidence.pk}:expired",
        )
