"""Events on the site: the announcement without people, and news drafted from an event (п. 8.1)."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from mentoring_site.russian import full_stop, period, rudate, upper_first
from mentoring_site.ui.elements import Action
from people.rights import Right
from programs.pairings.mentions import people_in
from roadmap.events.beside import Beside
from roadmap.events.models import Event

SHOWN = 30


def announced() -> list[Event]:
    """Return the events to come that a visitor sees, the nearest first; one whose title names anybody stays away."""
    rows = Event.objects.public().upcoming().order_by("starts_on", "pk")[:SHOWN]
    return [event for event in rows if not _names(event)]


def held() -> list[Event]:
    """Return the latest events that have taken place."""
    rows = Event.objects.public().filter(state=Event.State.HELD).order_by("-starts_on", "-pk")[:SHOWN]
    return [event for event in rows if not _names(event)]


def _names(event: Event) -> bool:
    return bool(people_in(f"{event.title}\n{event.place}"))


def news_from(event: Event) -> dict[str, str]:
    """Return the title and the text of news about an event: what, when, where and what came of it, no names."""
    days = rudate(event.starts_on) if event.starts_on == event.ends_on else period(event.starts_on, event.ends_on)
    place = f", {event.place}" if event.place else ""
    kind = upper_first(event.get_kind_display())
    past = event.state == Event.State.HELD
    said = f"{'В школе прошло событие' if past else 'Приглашаем'}: {event.get_kind_display()} «{event.title}»."
    where = full_stop(f"{upper_first(days)}{place}")
    texts = [said, where, event.results if past else event.aim]
    return {"title": f"{kind} «{event.title}»"[:200], "text": "\n\n".join(filter(None, texts))}


def asked(address: Any, user: Any) -> dict[str, str]:
    """Return what the address of new news fills in: the event that it is about."""
    key = address.get("event", "")
    if not (key.isdecimal() and len(key) < 12):
        return {}
    event = Event.objects.visible_to(user).filter(pk=int(key), outside=False).first()
    return news_from(event) if event else {}


def _offers(event: Event, user: Any) -> Iterator[Action]:
    if user.can(Right.SITE_EDIT) and not event.outside and event.state in (Event.State.ANNOUNCED, Event.State.HELD):
        yield Action("news", "Написать новость", f"{reverse('reports:news_new')}?event={event.pk}")


BESIDE = Beside(offers=_offers)
