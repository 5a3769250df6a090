"""Completions for which the mentor writes a conclusion or the mentee a review (п. 7.1)."""

from collections.abc import Iterator

from mentoring_site.inbox import HeldItem
from mentoring_site.russian import joined
from people.accounts.models import User
from people.rights import Right
from programs.completion.models import Completion

AT_MOST = 20


def held(user: User) -> Iterator[HeldItem]:
    """Return what the curator has begun to complete and the pair has still to write about; one query."""
    if not user.can(Right.PROGRAMS_CHANGE):
        return
    rows = Completion.objects.filter(state=Completion.State.PROPOSED).select_related("program", "participation__person")
    for c in rows.order_by("created_at", "pk")[:AT_MOST]:
        silent = [] if c.concluded_at else ["заключение наставника"]
        silent += [] if c.reviewed_at else [f"отзыв: {c.participation.person.short_name}"]
        if silent:
            key = f"completion:{c.pk}:ready"
            title = f"Завершение программы «{c.program.title}»"
            yield HeldItem(title, joined(silent), c.program.get_absolute_url(), key, since=c.created_at)
