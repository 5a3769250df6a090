"""What a meeting of speed mentoring gave each mentee, and the next step (п. 2.3)."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from mentoring_site.locks import locked
from mentoring_site.rights import require
from mentoring_site.workflow import Already, NotAllowed, Refused, record
from people.accounts.models import User
from people.rights import Right
from roadmap.events.models import Event, Participant

Part, Next = Participant.Part, Participant.Next
STEPS = (Next.REQUEST, Next.PAIR)
WHO = "Итог встречи записывает сам наставляемый или наставник встречи"


def may_write(row: Participant, user: User) -> bool:
    """Whether the user writes the outcome: the mentee, a mentor or the host of the meeting."""
    if user.person_id in (row.person_id, row.event.host_id):
        return True
    return row.event.participants.filter(person=user.person_id, part=Part.MENTOR).exists()


@transaction.atomic
def write_outcome(row: Participant, *, by: User, outcome: str, next_step: str, next_words: str = "") -> Participant:
    """Write what the meeting gave a mentee and what comes next. Raises ``NotAllowed``; ``Refused`` before the day."""
    event = locked(row.event)
    fresh = locked(row, gone="Этого человека в списке уже нет")
    if not may_write(fresh, by):
        raise NotAllowed(WHO, about=("roadmap.events",))
    if not event.is_speed or fresh.part == Part.MENTOR:
        raise Refused("Итог записывают наставляемым встречи скоростного наставничества")
    if not event.has_begun or event.state not in (Event.State.ANNOUNCED, Event.State.HELD):
        raise Refused("Итог записывают в день встречи и позже")
    if not outcome.strip():
        raise Refused("Напишите, что дала встреча")
    if next_step not in Next.values:
        raise Refused("Выберите следующий шаг")
    changed = fresh.next_step != next_step
    fresh.outcome, fresh.next_step, fresh.next_words = outcome.strip(), next_step, next_words.strip()
    fresh.next_done_at = None if changed else fresh.next_done_at
    fresh.save()
    record(event, "outcome", by=by, words="записан итог встречи скоростного наставничества", person=fresh.person_id)
    return fresh


@transaction.atomic
def settle(row: Participant, *, by: User) -> Participant:
    """Say that the next step has been taken: the request stands, the pair is proposed. Raises ``NotAllowed``."""
    require(by, Right.EVENTS_WRITE)
    event = locked(row.event)
    fresh = locked(row, gone="Этого человека в списке уже нет")
    if fresh.next_step not in STEPS:
        raise Refused("Следующий шаг здесь не нужен")
    if fresh.next_done_at:
        raise Already("Следующий шаг уже сделан")
    Participant.objects.filter(pk=fresh.pk).update(next_done_at=timezone.now())
    record(event, "settle", by=by, words="следующий шаг после встречи сделан", person=fresh.person_id)
    fresh.refresh_from_db()
    return fresh


def waiting() -> QuerySet[Participant, Any]:
    """Return the next steps that nobody has taken yet."""
    steps = Participant.objects.filter(next_step__in=STEPS, next_done_at=None)
    return steps.select_related("person", "event").order_by("event__starts_on", "pk")
