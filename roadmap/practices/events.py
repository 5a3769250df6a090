"""Practices on the page of the event at which they were nominated (прил., этап 6)."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from roadmap.events.beside import Beside, Paper
from roadmap.events.models import Event
from roadmap.practices.models import Practice

WHERE = (Event.Kind.ROUND_TABLE, Event.Kind.CONFERENCE, Event.Kind.SEMINAR)


def offered(user: Any) -> QuerySet[Event]:
    """Return the events of the school at which a practice may have been nominated, the latest first."""
    held = Event.objects.visible_to(user).filter(state=Event.State.HELD, outside=False, kind__in=WHERE)
    return held.order_by("-starts_on", "-pk")


def _papers(event: Event, user: Any) -> Iterator[Paper]:
    for practice in Practice.objects.visible_to(user).filter(nominated_event=event).order_by("pk"):
        yield Paper(f"Выдвинута практика «{practice.title}»", practice.get_absolute_url())


BESIDE = Beside(papers=_papers)
