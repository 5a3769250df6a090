"""Local acts that wait to be read by somebody."""

from mentoring_site.inbox import Group, InboxItem
from people.accounts.models import User
from reports.documents.local_acts.models import ActReader


def items(user: User) -> list[InboxItem]:
    """Return the local acts that the user has not read; one query."""
    lines = ActReader.objects.filter(person=user.person_id, read_at__isnull=True)
    return [
        InboxItem(
            f"Ознакомиться: {line.act.title}",
            f"Акт {line.act.basis}",
            line.act.get_absolute_url(),
            "Прочитать",
            since=line.act.created_at,
            weight=60,
            group=Group.READING,
            key=f"act:{line.act_id}:read",
        )
        for line in lines.select_related("act").order_by("pk")
    ]
