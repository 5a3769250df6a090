"""Events to come that a person answers for go to somebody else (п. 3.4)."""

from collections.abc import Iterator

from mentoring_site.locks import locked
from mentoring_site.russian import ruday
from mentoring_site.workflow import Already, record
from people.accounts.models import User
from people.handover.parts import Part, Thing, require_part
from people.register.models import Person
from people.rights import Right
from roadmap.events.models import Event


def _things(person: Person, user: User) -> Iterator[Thing]:
    events = Event.objects.filter(host=person, state__in=Event.OPEN_STATES, outside=False)
    for event in events.order_by("starts_on", "pk"):
        yield Thing(event.pk, f"{event.title}, {ruday(event.starts_on)}", event.get_absolute_url())


def _hand(key: int, person: Person, to: Person, by: User) -> None:
    require_part(PART, by)
    event = locked(Event.objects.get(pk=key))
    if event.host_id != person.pk or event.state not in Event.OPEN_STATES:
        raise Already("событие уже прошло или передано")
    Event.objects.filter(pk=event.pk).update(host=to)
    words = f"за событие отвечает теперь {to.short_name}"
    record(event, "hand_over", by=by, words=words, former=person.pk, to=to.pk)


PART = Part(
    "event",
    "События школы",
    (Right.EVENTS_WRITE, Right.ROADMAP_APPROVE),
    "Новый ответственный отмечает, кто был, и записывает итоги",
    _things,
    _hand,
)
