"""Opinions whose term has passed without an answer, for the clerk (ТК 372)."""

from collections.abc import Iterator

from django.utils import timezone

from mentoring_site.inbox import Group, InboxItem
from mentoring_site.russian import ruday
from people.accounts.models import User
from people.rights import CLERK
from reports.opinions.models import UnionOpinion

AT_MOST = 10


def items(user: User) -> Iterator[InboxItem]:
    """Return what the clerk has to record: an answer that has come, or that none has."""
    if CLERK not in user.roles:
        return
    order_ended = ("registered", "revoked")
    silent = UnionOpinion.objects.silent(timezone.localdate()).exclude(order__state__in=order_ended)
    for opinion in silent.order_by("due_on", "pk")[:AT_MOST]:
        yield InboxItem(
            f"Мнение профсоюза не поступило: {opinion.title}",
            f"Срок ответа прошёл {ruday(opinion.due_on)}; если бумага есть, запишите ответ",
            opinion.get_absolute_url(),
            "Открыть",
            since=opinion.sent_on,
            group=Group.ORDERS,
            key=f"opinion:{opinion.pk}",
        )
