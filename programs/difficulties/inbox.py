"""Difficulties that wait: for the word of the other side, and those flagged for the curator and the mentor."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q, Subquery

from mentoring_site.inbox import Group, InboxItem
from people.accounts.models import User
from people.rights import MENTEE, MENTOR, Right
from programs.difficulties.models import Difficulty
from programs.pairings.models import Participation
from programs.program.models import Program

AT_MOST = 30


def items(user: User) -> Iterator[InboxItem]:
    """Return what the user is asked about difficulties; one query."""
    curates = user.can(Right.PROGRAMS_CHANGE)
    if not (curates or user.roles & {MENTOR, MENTEE}):
        return
    inside = Participation.objects.live().filter(person=user.person_id, pairing=OuterRef("program__pairing"))
    part = Subquery(inside.order_by("pk").values("part")[:1])
    flagged = Q(pk__in=Difficulty.objects.flagged().values("pk"))
    mine = Q(Exists(inside)) & (Q(state=Difficulty.State.PROPOSED) | flagged)
    found = Difficulty.objects.filter(program__state=Program.State.RUNNING).annotate(part=part)
    found = found.filter(mine | flagged if curates else mine).select_related("statement__candidate__person")
    for row in found.order_by("pk")[:AT_MOST]:
        about_me = row.statement.candidate.person_id == user.person_id
        side = row.part if row.part == MENTOR or about_me else ""
        if row.state == Difficulty.State.PROPOSED and side and side != row.proposed_part:
            yield _to_answer(row)
        elif row.is_flagged and (side == MENTOR or (curates and not row.part)):
            yield _to_help(row)


def _to_answer(row: Difficulty) -> InboxItem:
    return InboxItem(
        f"Снято ли затруднение: {row.statement.text}",
        "Другая сторона считает, что снято, и приложила, по чему это видно",
        f"{row.get_absolute_url()}answer/",
        "Прочитать и ответить",
        since=row.proposed_at,
        weight=45,
        group=Group.MEETINGS,
        key=f"difficulty:{row.pk}",
    )


def _to_help(row: Difficulty) -> InboxItem:
    return InboxItem(
        f"Нужна помощь: {row.statement.text}",
        f"{row.statement.candidate.person.short_name}: {row.flag}",
        row.get_absolute_url(),
        "Решить, что сделать",
        since=row.flagged_at,
        weight=50,
        group=Group.MEETINGS,
        key=f"difficulty:{row.pk}:help",
    )
