"""Changes of a sample that wait for those who reword its programs (п. 7.2)."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse

from mentoring_site.inbox import Group, InboxItem
from people.accounts.models import User
from people.rights import Right
from programs.changes.template_updates.effects import offered

AT_MOST = 20


def items(user: User) -> Iterator[InboxItem]:
    """For the mentor of the program and for the curator; one query."""
    mine = Q(pairing__in=user.person.participations.live().filter(part="mentor").values("pairing"))
    if user.can(Right.PROGRAMS_CHANGE):
        mine = Q()
    elif "mentor" not in user.roles:
        return
    for program in offered().filter(mine).select_related("template").order_by("pk")[:AT_MOST]:
        yield InboxItem(
            f"Образец программы «{program.title}» изменился",
            f"«{program.template}»: посмотрите, что он добавит и что изменит",
            reverse("programs:template_update", args=[program.pk]),
            "Посмотреть",
            weight=15,
            group=Group.CHANGES,
            key=f"program:{program.pk}:template",
        )
