"""What events ask for: an answer, who was there, what came of it (п. 3.3, 3.4, 2.3)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from mentoring_site.inbox import Group, InboxItem
from mentoring_site.russian import ruday, rutime
from people.promises import Promise
from people.rights import Right
from roadmap.events import outcomes
from roadmap.events.models import Event, Participant

AT_MOST = 20
REMEMBERED = timedelta(days=60)
"""How long people are asked what an event gave them."""


def items(user: Any) -> Iterator[InboxItem]:
    """Return what events ask of the user."""
    yield from _answers(user)
    yield from _to_record(user)
    yield from _to_tell(user)
    if user.can(Right.EVENTS_WRITE):
        yield from _next_steps()


def _answers(user: Any) -> Iterator[InboxItem]:
    rows = Participant.objects.unanswered_by(user.person_id).select_related("event")
    for row in rows.order_by("event__starts_on", "pk")[:AT_MOST]:
        event = row.event
        when = f"{ruday(event.starts_on)}{f' в {rutime(event.starts_at)}' if event.starts_at else ''}"
        yield InboxItem(
            f"Ответить, придёте ли Вы: {event.title}",
            f"{event.get_kind_display().capitalize()}, {when}",
            event.get_absolute_url(),
            "Ответить",
            since=row.invited_at,
            until=event.starts_on,
            group=Group.MEETINGS,
            key=f"event:{event.pk}:answer:{row.person_id}",
        )


def _to_record(user: Any) -> Iterator[InboxItem]:
    for event in Event.objects.overdue().filter(host=user.person_id).order_by("ends_on", "pk")[:AT_MOST]:
        yield InboxItem(
            f"Записать, кто был: {event.title}",
            f"Событие прошло {ruday(event.ends_on)}, а проведённым не отмечено",
            reverse("roadmap:event_attendance", args=[event.pk]),
            "Отметить, кто был",
            since=event.ends_on,
            group=Group.MEETINGS,
            key=f"event:{event.pk}:hold",
        )


def _to_tell(user: Any) -> Iterator[InboxItem]:
    since = timezone.localdate() - REMEMBERED
    own = Participant.objects.present().filter(
        person=user.person_id, event__state=Event.State.HELD, event__ends_on__gte=since
    )
    for row in own.filter(event__outside=True, brought_home="").select_related("event").order_by("pk")[:AT_MOST]:
        yield InboxItem(
            f"Рассказать, что Вы привезли: {row.event.title}",
            "Коллегам пригодится то, что Вы узнали",
            reverse("roadmap:participant", args=[row.event_id, row.pk]),
            "Рассказать",
            since=row.event.ends_on,
            group=Group.MEETINGS,
            key=f"event:{row.event_id}:brought:{row.person_id}",
        )
    speed = own.filter(event__kind=Event.Kind.SPEED, outcome="").exclude(part=Participant.Part.MENTOR)
    for row in speed.select_related("event").order_by("pk")[:AT_MOST]:
        yield InboxItem(
            f"Записать, что дала встреча: {row.event.title}",
            Promise.SPEED_OUTCOME.sentence,
            reverse("roadmap:event_outcome", args=[row.event_id, row.pk]),
            "Записать итог",
            since=row.event.ends_on,
            group=Group.MEETINGS,
            key=f"event:{row.event_id}:outcome:{row.person_id}",
        )


def _next_steps() -> Iterator[InboxItem]:
    for row in outcomes.waiting()[:AT_MOST]:
        pair = row.next_step == Participant.Next.PAIR
        yield InboxItem(
            f"{'Подобрать наставника' if pair else 'Помочь после встречи'}: {row.person.short_name}",
            f"Следующий шаг после встречи «{row.event.title}»",
            row.event.get_absolute_url(),
            "Открыть встречу",
            since=row.event.ends_on,
            group=Group.PAIRS if pair else Group.REQUESTS,
            key=f"participant:{row.pk}:next",
        )
