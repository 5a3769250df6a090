"""Events of people who leave the school: invitations end, an event that they answer for needs somebody else."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from mentoring_site.locks import locked
from mentoring_site.workflow import record
from people.register.leaving import Hanging, Part
from people.register.models import Person
from roadmap.events import inviting
from roadmap.events.models import Event, Participant


def _hanging(days: dict[int, date]) -> Iterator[Hanging]:
    led = Event.objects.filter(host__in=days, state__in=Event.OPEN_STATES, outside=False)
    for event in led.order_by("pk"):
        if event.host_id and event.ends_on > days[event.host_id]:
            then = "куратор называет другого ответственного"
            yield Hanging(event.host_id, f"событие «{event.title}»", then, event.get_absolute_url())
    for row in _invitations(list(days)).select_related("event"):
        if row.event.starts_on > days[row.person_id]:
            what, then = f"приглашение на событие «{row.event.title}»", "снимается"
            yield Hanging(row.person_id, what, then, row.event.get_absolute_url(), by_itself=True)


def _invitations(people: list[int]):
    rows = Participant.objects.filter(person__in=people, is_present=None, event__state__in=Event.OPEN_STATES)
    return rows.filter(event__starts_on__gte=timezone.localdate()).order_by("pk")


def _end(person: Person, last: date) -> None:
    for row in _invitations([person.pk]).filter(event__starts_on__gt=last).select_related("event"):
        event = locked(row.event)
        record(event, "left", by=None, words="приглашение снято: человек уволен", person=person.pk)
        row.delete()
        inviting.fill_seats(event, by=None)


PART = Part(_hanging, _end)
