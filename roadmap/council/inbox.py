"""Meetings that wait: for invitations, for who was there, for the signature; for members the day itself (п. 3.5).

A question that stands in a meeting to come is asked of nobody apart: its item covers it.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from mentoring_site.inbox import Group, InboxItem
from mentoring_site.russian import ruday, rutime
from people.rights import CHAIR, COUNCIL, SECRETARY
from roadmap.bodies.models import Body
from roadmap.council.models import AgendaItem, Minutes

AT_MOST = 20
State = Minutes.State


def items(user: Any) -> Iterator[InboxItem]:
    """Return what the council's officers have to do about meetings, and to what its members are invited."""
    roles = user.roles & {CHAIR, SECRETARY, COUNCIL}
    if not roles:
        return
    leads = bool(roles & {CHAIR, SECRETARY})
    found = Minutes.objects.filter(state__in=(State.PLANNED, State.DRAFT))
    questions = AgendaItem.objects.prefetch_related("programs", "pairings")
    rows = found.select_related("organ").prefetch_related(Prefetch("items", questions)) if leads else found
    for minutes in rows.select_related("organ").order_by("held_on", "pk")[:AT_MOST]:
        own = minutes.organ.kind == Body.Kind.METHODICAL
        if leads:
            yield _to_lead(minutes)
        elif own and minutes.state == State.PLANNED and minutes.invited_at:
            yield _to_come(minutes)


def _covered(minutes: Minutes) -> frozenset[str]:
    keys = [
        key
        for item in minutes.items.all()
        for key in (
            *(f"program:{program.pk}:agree" for program in item.programs.all()),
            *(f"pairing:{pairing.pk}:recommend" for pairing in item.pairings.all()),
        )
    ]
    return frozenset(keys)


def _to_lead(minutes: Minutes) -> InboxItem:
    url = minutes.get_absolute_url()
    if minutes.state == State.DRAFT:
        title, why, verb = f"Подписать протокол: {minutes.heading}", "Проект протокола составлен", "Открыть протокол"
    elif minutes.held_on <= timezone.localdate():
        title = f"Записать, кто был на заседании {ruday(minutes.held_on)}"
        why, verb, url = f"Заседание {minutes.body_genitive} прошло", "Записать", f"{url}hold/"
    elif minutes.invited_at is None:
        title = f"Разослать приглашения: {minutes.heading}"
        why, verb = f"Заседание {minutes.body_genitive} назначено, приглашения не разосланы", "Открыть заседание"
    else:
        title, verb = f"Провести {minutes.heading}", "Открыть заседание"
        why = f"Приглашения на заседание {minutes.body_genitive} разосланы"
    return InboxItem(
        title,
        why,
        url,
        verb,
        since=minutes.created_at,
        until=minutes.held_on if minutes.state == State.PLANNED else None,
        group=Group.COUNCIL,
        key=f"minutes:{minutes.pk}:{minutes.state}",
        covers=_covered(minutes),
    )


def _to_come(minutes: Minutes) -> InboxItem:
    when = f" в {rutime(minutes.held_at)}" if minutes.held_at else ""
    return InboxItem(
        f"Прийти на заседание {ruday(minutes.held_on)}{when}",
        f"Заседание {minutes.body_genitive}{f', {minutes.place}' if minutes.place else ''}",
        minutes.get_absolute_url(),
        "Прочитать повестку",
        until=minutes.held_on,
        group=Group.COUNCIL,
        key=f"minutes:{minutes.pk}:come",
    )
