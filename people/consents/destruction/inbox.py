"""Acts of destruction that wait for the director (приказ РКН № 179)."""

from mentoring_site.inbox import Group, InboxItem
from people.consents.destruction.models import Destruction
from people.rights import CHAIR, Right
from people.roles.instead import decides


def items(user) -> list[InboxItem]:
    """Return the acts that wait for the director; one query, for everybody else none."""
    if not user.can(Right.CONSENTS_DESTROY) and CHAIR not in user.roles:
        return []
    open_now = Destruction.objects.visible_to(user).filter(approved_at=None, declined_at=None).exclude(prepared_by=user)
    return [
        InboxItem(
            f"Утвердить уничтожение данных: {d.whose}",
            f"Причина: {d.get_reason_display()}",
            d.get_absolute_url(),
            "Открыть акт",
            since=d.prepared_at,
            weight=2,
            group=Group.DATA,
            key=f"destruction:{d.pk}",
        )
        for d in open_now.select_related("person")
        if decides(user, Right.CONSENTS_DESTROY, (d.person_id,))
    ]
