"""Events that repeat: copies every so many weeks or every month, one or all following ones changed (п. 3.4)."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction

from mentoring_site.locks import locked
from mentoring_site.russian import add_months, plural
from mentoring_site.workflow import Already, Refused, record
from people.accounts.models import User
from people.school.workdays import is_workday
from roadmap.events import acts
from roadmap.events.models import Event, Participant
from roadmap.events.rules import require_keeper

STEPS = {
    "1": "каждую неделю",
    "2": "каждые две недели",
    "4": "каждые четыре недели",
    "month": "каждый месяц в тот же день",
}
MOST = 20
COPIED = tuple(name for name in acts.FIELDS if name not in ("starts_on", "ends_on", "is_public"))
SHARED = (
    "kind",
    "title",
    "level",
    "starts_at",
    "ends_at",
    "place",
    "link",
    "host",
    "audience",
    "aim",
    "programme",
    "capacity",
    "hours",
)
"""What a change of the following events of a series takes over: everything but their days."""


def days_of(first: date, step: str, times: int) -> list[date]:
    """Return the days of the further events: ``times`` of them; a month later in the same day of the month."""
    if step == "month":
        return [add_months(first, number) for number in range(1, times + 1)]
    return [first + timedelta(weeks=int(step) * number) for number in range(1, times + 1)]


def days_off(days: list[date]) -> list[date]:
    """Return those of the days on which the school does not work."""
    return [day for day in days if not is_workday(day)]


@transaction.atomic
def repeat(event: Event, *, by: User, step: str, times: int) -> list[Event]:
    """Prepare further events like this one, with the same list of people. Returns them, without the first.

    Raises ``NotAllowed``; ``Already`` for an event of a series; ``Refused`` for an event that is over.
    """
    require_keeper(event, by)
    first = locked(event)
    if first.series:
        raise Already("Это событие уже повторяется")
    if first.state not in Event.OPEN_STATES or first.outside:
        raise Refused("Повторить можно событие школы, которое ещё не прошло")
    if step not in STEPS or not 1 <= times <= MOST:
        raise Refused(f"Повторить можно не больше {MOST}\u00a0раз")
    series = uuid4()
    Event.objects.filter(pk=first.pk).update(series=series)
    length = first.ends_on - first.starts_on
    people = list(first.participants.values_list("person", "part"))
    made = []
    for day in days_of(first.starts_on, step, times):
        values = {name: getattr(first, name) for name in COPIED} | {"starts_on": day, "ends_on": day + length}
        copy = Event.objects.create(series=series, created_by=by, **acts.columns_of(values))
        Participant.objects.bulk_create(Participant(event=copy, person_id=person, part=part) for person, part in people)
        record(copy, "plan", by=by, words="событие подготовлено как повторение", target=Event.State.DRAFT, of=first.pk)
        made.append(copy)
    record(first, "repeat", by=by, words=f"событие повторится ещё {plural(times, 'раз,раза,раз')}")
    return made


def following(event: Event) -> list[Event]:
    """Return the later events of the series that are not over."""
    if not event.series:
        return []
    later = Event.objects.filter(series=event.series, starts_on__gt=event.starts_on, state__in=Event.OPEN_STATES)
    return list(later.order_by("starts_on", "pk"))


@transaction.atomic
def edit_following(event: Event, *, by: User, version: int | None = None, **values: Any) -> list[Event]:
    """Change an event and all following ones of its series: everything but their days. Returns all of them.

    Raises what ``acts.edit`` raises.
    """
    first = acts.edit(event, by=by, version=version, **values)
    shared = {name: getattr(first, name) for name in SHARED}
    return [first, *(acts.edit(later, by=by, **shared) for later in following(first))]


@transaction.atomic
def announce_following(event: Event, *, by: User) -> list[Event]:
    """Announce an event and the prepared ones that follow it. Raises what ``acts.announce`` raises."""
    later = [one for one in following(event) if one.state == Event.State.DRAFT]
    return [acts.announce(one, by=by) for one in [event, *later]]
