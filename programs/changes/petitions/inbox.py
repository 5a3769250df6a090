"""Petitions that wait for a decision of the curator (п. 4.1, 5.1)."""

from collections.abc import Iterator

from mentoring_site.inbox import InboxItem
from people.accounts.models import User
from people.rights import Right
from programs.changes.petitions.models import Petition

AT_MOST = 30


def items(user: User) -> Iterator[InboxItem]:
    """Return the petitions that the user decides; one query."""
    if not user.can(Right.PROGRAMS_ACT_FOR_OTHERS):
        return
    rows = Petition.objects.visible_to(user).filter(state=Petition.State.FILED)
    rows = rows.exclude(participation__person=user.person_id).select_related("participation__person")
    for petition in rows.order_by("filed_on", "pk")[:AT_MOST]:
        yield InboxItem(
            f"Решить: {petition.get_kind_display()}",
            f"Просит {petition.participation.person.short_name} Заменить наставника, завершить программу или отклонить"
            " с причиной",
            petition.get_absolute_url(),
            "Прочитать и решить",
            since=petition.created_at,
            weight=80,
        )
