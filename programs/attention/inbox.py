"""Programs that need help, for the curator (п. 3.4, 5.2)."""

from collections.abc import Iterator

from mentoring_site.inbox import Group, InboxItem
from mentoring_site.russian import upper_first
from people.accounts.models import User
from people.rights import Right
from programs.attention.look import to_help
from programs.pairings.models import Pairing
from programs.program.models import Program

AT_MOST = 30
WHOM: dict[str, str] = {Pairing.Kind.PAIR: "паре", Pairing.Kind.GROUP: "группе"}


def items(user: User) -> Iterator[InboxItem]:
    """Return the programs to help, the heaviest first."""
    if not user.can(Right.PROGRAMS_ACT_FOR_OTHERS):
        return
    found = to_help(Program.objects.visible_to(user), reader=user)[:AT_MOST]
    rows = Program.objects.filter(pk__in=[a.program for a in found]).values_list("pk", "title", "pairing__kind")
    names = {pk: f"Помочь {WHOM[kind]}: «{title}»" for pk, title, kind in rows} if found else {}
    for attention in found:
        step = attention.reasons[0].step
        ended = any(reason.code == "end" for reason in attention.reasons)
        yield InboxItem(
            names[attention.program],
            upper_first(attention.words),
            step.url(attention.program),
            step.verb,
            weight=30,
            group=Group.MEETINGS,
            key=f"program:{attention.program}:{'end' if ended else 'help'}",
        )
