"""Changes that the curator can submit for an order (п. 4.1, 5.1, 7.2); each type adds what it asks of others."""

from collections.abc import Iterator

from django.db.models import CharField, Value
from django.urls import reverse

from mentoring_site.inbox import Group, InboxItem
from people.accounts.models import User
from people.rights import Right
from programs.changes.amendment import inbox as amendment_inbox
from programs.changes.catalog import CHANGE_TYPES
from programs.changes.petitions import inbox as petition_inbox
from programs.changes.replacement import inbox as replacement_inbox
from programs.changes.template_updates import inbox as template_inbox

AT_MOST = 30


def items(user: User) -> list[InboxItem]:
    """Return what waits for the user in changes."""
    return [
        *amendment_inbox.items(user),
        *petition_inbox.items(user),
        *_to_submit(user),
        *replacement_inbox.items(user),
        *template_inbox.items(user),
    ]


def _to_submit(user: User) -> Iterator[InboxItem]:
    """What waits for its order and for no consent of a side; one query for all types."""
    if not user.can(Right.PROGRAMS_CHANGE):
        return
    first, *others = [
        change_type.model.objects.to_submit()
        .order_by()
        .annotate(type_name=Value(change_type.name, CharField()))
        .values_list("created_at", "pk", "type_name")
        for change_type in CHANGE_TYPES.values()
    ]
    for created_at, pk, name in first.union(*others, all=True).order_by("created_at", "pk")[:AT_MOST]:
        yield InboxItem(
            f"Передать на приказ: {CHANGE_TYPES[name].model._meta.verbose_name}",
            "Согласия сторон есть; на странице видно, чего ещё не хватает",
            reverse("programs:change", args=[name, pk]),
            "Открыть",
            since=created_at,
            weight=55,
            group=Group.CHANGES,
            key=f"{name}:{pk}:submit",
        )
