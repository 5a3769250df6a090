"""Ratings of skills that wait for the user, and the other side's last one that the user waits for (п. 5.2)."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse

from mentoring_site.inbox import Group, HeldItem, InboxItem
from people.accounts.models import User
from people.rights import MENTEE as MENTEE_ROLE
from people.rights import MENTOR as MENTOR_ROLE
from programs.learning.models import Moment
from programs.learning.moments import MENTEE, MENTOR, Due, due_of
from programs.pairings.models import Participation

AT_MOST = 30
WHY = {
    Moment.START: "Начало программы: с ним сравните середину и конец",
    Moment.MIDDLE: "Половина программы прошла: видно, что сдвинулось",
    Moment.END: "Программа заканчивается: ответы откроются, когда ответите оба",
}


def _own(user: User) -> list[tuple[Due, str]]:
    """Return what is due with the part of the user in it; two queries for who takes part, none for the others."""
    if not user.roles & {MENTOR_ROLE, MENTEE_ROLE}:
        return []
    led = Participation.objects.live().filter(person=user.person_id, part=MENTOR)
    sides = Participation.objects.filter(Q(person=user.person_id) | Q(pairing__in=led.values("pairing")))
    found = due_of(sides)
    return [(due, MENTEE if due.person == user.person_id else MENTOR) for due in found]


def items(user: User) -> Iterator[InboxItem]:
    """Return the skills to choose and to rate now."""
    for due, part in [(due, part) for due, part in _own(user) if due.owes(part)][:AT_MOST]:
        yield _item(due, part)


def _item(due: Due, part: str) -> InboxItem:
    who = f", {due.name}" if part == MENTOR else ""
    if due.skills:
        name, args = "programs:skills_rate", [due.program, due.side, part]
        title, why, verb = f"Оценить навыки {due.moment.label}{who}", WHY[due.moment], "Оценить"
    else:
        name, args = "programs:skills_choose", [due.program, due.side]
        title, verb = f"Выбрать, чему учимся{who}", "Выбрать навыки"
        why = "До восьми навыков: за ними видно, что меняется"
    return InboxItem(
        f"{title}: «{due.title}»",
        why,
        reverse(name, args=args),
        verb,
        since=due.window.opens,
        until=due.window.until,
        weight=25,
        group=Group.COMPLETIONS if due.moment == Moment.END else Group.MEETINGS,
        key=f"learning:{due.program}:{due.side}:{due.moment}",
    )


def held(user: User) -> Iterator[HeldItem]:
    """Return the last rating of the other side, while the user has given the own one."""
    for due, part in _own(user):
        if due.moment != Moment.END or due.owes(part):
            continue
        other = MENTEE if part == MENTOR else MENTOR
        if due.owes(other):
            who = "наставник" if other == MENTOR else due.name
            url, key = reverse("programs:learning", args=[due.program]), f"learning:{due.program}:{due.side}:open"
            yield HeldItem(f"Итоговая оценка навыков: «{due.title}»", who, url, key)
