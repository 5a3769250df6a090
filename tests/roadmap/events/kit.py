"""Events for tests."""

from datetime import time, timedelta

from django.utils import timezone

from roadmap.events import acts, attendance
from roadmap.events.models import Event, Participant


def day(shift=0):
    return timezone.localdate() + timedelta(days=shift)


def an_event(cast, *, people=(), announced=True, host=None, **values):
    """Return an event of the school in a week by default, led by the curator."""
    given = {
        "kind": "session",
        "title": "Первый урок вместе",
        "starts_on": day(7),
        "starts_at": time(15),
        "ends_at": time(17),
        "place": "малый зал школы",
        "audience": "picked",
        "host": host or cast.curator.person,
    }
    made = acts.plan(by=cast.curator, people=people, **(given | values))
    return acts.announce(made, by=cast.curator) if announced else made


def row_of(event, user):
    return Participant.objects.get(event=event, person=user.person_id)


def moved_to(event, on):
    """Return the event as if it had been planned for another day."""
    Event.objects.filter(pk=event.pk).update(starts_on=on, ends_on=on)
    event.refresh_from_db()
    return event


def a_held_event(cast, *, present=(), on=None, **values):
    """Return an event that was held, with these users present."""
    event = an_event(cast, people=[user.person for user in present], **values)
    event = moved_to(event, on or day())
    for user in present:
        attendance.mark(row_of(event, user), by=cast.curator, present=True)
    return acts.hold(event, by=cast.curator)
