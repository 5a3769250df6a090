"""Who was at an event of the school has learnt there: records of training are filled from attendance (п. 3.3, 3.4)."""

from collections.abc import Sequence

from people.accounts.models import User
from people.register.models import Person
from people.school.models import School
from roadmap.events.models import Event, Participant
from roadmap.training.acts import from_event, not_attended
from roadmap.training.models import Training

Kind = Event.Kind
LEARNT_AT = {
    Kind.SESSION: Training.Kind.SESSION,
    Kind.SEMINAR: Training.Kind.SEMINAR,
    Kind.TRAINING: Training.Kind.SEMINAR,
    Kind.LESSON: Training.Kind.WORKSHOP,
    Kind.CONFERENCE: Training.Kind.CONFERENCE,
    Kind.FORUM: Training.Kind.CONFERENCE,
    Kind.ROUND_TABLE: Training.Kind.CONFERENCE,
    Kind.WEBINAR: Training.Kind.WEBINAR,
}
"""Kinds of events at which people learn: not consultations and meetings with partners."""
FOR_MENTORS = {Event.Audience.MENTORS, Event.Audience.BOTH}


def hear(event: Event, attended: Sequence[Participant], by: User) -> None:
    """Keep the records of an event the same as its list of who was there; may be repeated (``events/heard.py``)."""
    if event.kind not in LEARNT_AT:
        return
    key, there = f"event:{event.pk}", [row.person_id for row in attended]
    gone = Training.objects.filter(source=key).exclude(person__in=there).values("person")
    not_attended(key, Person.objects.filter(pk__in=gone), by=by)
    host = event.organizer or (event.place if event.outside else _school())
    about_mentoring = event.kind == Kind.SESSION or event.audience in FOR_MENTORS
    for row in attended:
        hours = row.hours or event.hours
        made = from_event(
            key,
            [row.person],
            event.title,
            host[:200],
            event.ends_on,
            max(1, round(hours)) if hours else None,
            LEARNT_AT[Kind(event.kind)],
            by,
            about_mentoring=about_mentoring,
        )
        Training.objects.filter(pk__in=[one.pk for one in made], source=key).update(started_on=event.starts_on)


def _school() -> str:
    school = School.get()
    return school.short_name if school else ""
