"""Acts of destruction that the user has prepared and the director approves (приказ РКН № 179)."""

from collections.abc import Iterator

from mentoring_site.inbox import HeldItem
from people.consents.destruction.models import Destruction
from people.rights import Actor, Right


def held(user: Actor) -> Iterator[HeldItem]:
    """Return the own acts that wait; one query for those who keep the consents."""
    if not user.can(Right.CONSENTS_RECORD):
        return
    mine = Destruction.objects.filter(approved_at=None, declined_at=None, prepared_by=user.pk)
    for act in mine.select_related("person").order_by("prepared_at"):
        yield HeldItem(
            f"Уничтожение данных: {act.whose}",
            Right.CONSENTS_DESTROY.who,
            act.get_absolute_url(),
            f"destruction:{act.pk}",
            since=act.prepared_at,
        )
