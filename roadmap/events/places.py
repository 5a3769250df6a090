"""Evidence of events: materials of the event, and the document of one participant (п. 3.3, 3.4)."""

from django.db.models import QuerySet

from mentoring_site.evidence.places import Place
from mentoring_site.locks import locked
from mentoring_site.rights import require
from mentoring_site.workflow import record
from people.accounts.models import User
from people.rights import Right
from roadmap.events.models import Event, Participant
from roadmap.events.rules import is_host, require_keeper


def _events(user: User) -> QuerySet[Event]:
    return Event.objects.visible_to(user)


def _claimed_event(event: Event, user: User) -> Event:
    require_keeper(event, user)
    return locked(event)


def _record_event(event: Event, verb: str, words: str, by: User) -> None:
    record(event, verb, by=by, words=f"материалы события: {words}"[:300])


EVENTS = Place(
    code="event",
    model=Event,
    readable=_events,
    require=require_keeper,
    claim=_claimed_event,
    title=lambda event: event.title,
    address=lambda event: event.get_absolute_url(),
    record=_record_event,
)


def _participants(user: User) -> QuerySet[Participant]:
    return Participant.objects.visible_to(user).select_related("event", "person")


def _require_own(row: Participant, user: User) -> None:
    own = user.person_id == row.person_id
    require(user, Right.EVENTS_WRITE, unless=own or is_host(row.event, user), also="сам участник")


def _claimed_participant(row: Participant, user: User) -> Participant:
    _require_own(row, user)
    return locked(row)


def _record_participant(row: Participant, verb: str, words: str, by: User) -> None:
    record(row.event, verb, by=by, words=f"документ участника: {words}"[:300], person=row.person_id)


PARTICIPANTS = Place(
    code="participation",
    model=Participant,
    readable=_participants,
    require=_require_own,
    claim=_claimed_participant,
    title=lambda row: f"{row.event.title}: {row.person.short_name}",
    address=lambda row: row.event.get_absolute_url(),
    record=_record_participant,
)
