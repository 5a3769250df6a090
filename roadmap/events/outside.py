"""Events of others that people of the school take part in: conferences, forums, webinars, seminars (п. 3.3)."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mentoring_site.locks import one_at_a_time
from mentoring_site.mail import letters_of
from mentoring_site.models import Act
from mentoring_site.rights import require
from mentoring_site.workflow import Refused, record
from people.accounts.models import User
from people.register.models import Person
from people.rights import Right
from people.roles.letters import mail_person
from roadmap.events import acts
from roadmap.events.models import Event, Participant


@transaction.atomic
def record_outside(*, by: User, people: Iterable[Person], request_key: UUID | None = None, **values: Any) -> Event:
    """Record who of the school goes or went to an event of others; one that is over counts as held at once.

    Everybody may record a journey of one's own, who keeps events also those of others, who are told by letter. Returns
    the event, or the one made by the same ``request_key``. Raises ``NotAllowed``, ``Refused``.
    """
    going = {person.pk: person for person in people}
    require(by, Right.EVENTS_WRITE, unless=set(going) == {by.person_id}, act="записывать поездки других людей")
    one_at_a_time("events")
    if request_key and (made := Event.objects.filter(request_key=request_key).first()):
        return made
    if not going:
        raise Refused("Назовите, кто из школы участвует")
    if values["kind"] not in Event.OUTSIDE_KINDS:
        raise Refused("Вне школы записывают конференции, форумы, вебинары и семинары")
    values |= {"host": by.person, "audience": Event.Audience.PICKED}
    made = Event.objects.create(outside=True, created_by=by, request_key=request_key, **acts.columns_of(values))
    record(made, "plan", by=by, words=f"записано участие: {made.title}"[:300], target=Event.State.DRAFT)
    over = made.ends_on < timezone.localdate()
    for person in going.values():
        marks = {"is_present": True, "marked_at": timezone.now(), "marked_by": by} if over else {}
        Participant.objects.create(event=made, person=person, answer=Participant.Answer.YES, **marks)
    made = acts.hold(made, by=by) if over else acts.announce(made, by=by)
    act = Act.objects.about(made).last()
    assert act is not None
    with letters_of(act):
        for person in going.values():
            if person.pk != by.person_id:
                mail_person(person, "event_journey", person=person, event=made)
    return made
