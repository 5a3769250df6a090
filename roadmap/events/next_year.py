"""Events of a school year as the plan of the next one: copies as drafts, a year later on the same weekday (п. 3.4)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from mentoring_site.locks import locked, one_at_a_time
from mentoring_site.rights import require
from mentoring_site.russian import ruday
from mentoring_site.ui.bulk_act import BulkAct, Chosen
from mentoring_site.workflow import Already, Refused, record
from people.accounts.models import User
from people.register.leaving import beyond_work
from people.rights import Right
from people.school import workdays
from roadmap.events import acts
from roadmap.events.models import Event

COPIED = tuple(name for name in acts.FIELDS if name not in ("starts_on", "ends_on", "is_public", "task"))
YEAR, NEAR = timedelta(weeks=52), timedelta(days=14)
THERE = "на следующий год уже запланировано такое же событие"
OUTSIDE = "поездку наших людей на год вперёд не переносят"
CANCELLED = "событие было отменено"


def day_of(event: Event) -> date:
    """Return the day a year later: the same weekday, moved to a working day."""
    day = event.starts_on + YEAR
    return workdays.on_or_after(day, workdays.special_days(day, day + timedelta(days=30)))


def unfit(event: Event, taken: set[tuple[str, str, date]]) -> str:
    """Say why an event is not carried over, or nothing; ``taken`` are kind, title and day of later events."""
    if event.outside:
        return OUTSIDE
    if event.state == Event.State.CANCELLED:
        return CANCELLED
    day = day_of(event)
    near = any(kind == event.kind and title == event.title and abs(on - day) <= NEAR for kind, title, on in taken)
    return THERE if near else ""


def _taken(found: list[Event]) -> set[tuple[str, str, date]]:
    """Return the later events with the titles of these; one query."""
    if not found:
        return set()
    later = Event.objects.filter(
        ~Q(state=Event.State.CANCELLED),
        title__in={event.title for event in found},
        starts_on__gt=min(event.starts_on for event in found),
    )
    return set(later.values_list("kind", "title", "starts_on"))


@transaction.atomic
def carry_over(event: Event, *, by: User, key: UUID | None = None) -> Event:
    """Prepare the same event for a year later, as a draft without people.

    A host who has left by then is not taken over. Returns the copy. Raises ``NotAllowed``, ``Already``, ``Refused``.
    """
    require(by, Right.EVENTS_WRITE)
    one_at_a_time("events")
    first = locked(event)
    if reason := unfit(first, _taken([first])):
        raise (Already if reason == THERE else Refused)(reason[:1].upper() + reason[1:])
    day = day_of(first)
    values = {name: getattr(first, name) for name in COPIED}
    values |= {"starts_on": day, "ends_on": day + (first.ends_on - first.starts_on)}
    if first.host and beyond_work([first.host], values["ends_on"], "событие"):
        values["host"] = None
    made = Event.objects.create(created_by=by, **acts.columns_of(values))
    words = f"событие подготовлено по событию {ruday(first.starts_on)}"
    record(made, "plan", by=by, words=words, target=Event.State.DRAFT, of=first.pk)
    return made


def _look(found: list[Any], by: User) -> list[Chosen]:
    taken = _taken(found)
    return [
        Chosen(
            event,
            event.title,
            event.get_absolute_url(),
            "" if (why := unfit(event, taken)) else f"{ruday(event.starts_on)} → {ruday(day_of(event))}",
            reasons=(why,) if why else (),
            letters=0,
        )
        for event in found
    ]


NEXT_YEAR = BulkAct(
    "Перенести на следующий год",
    "roadmap:events_next_year",
    Right.EVENTS_WRITE,
    "событие,события,событий",
    "Подготовлены на следующий год",
    _look,
    carry_over,
    heading="События — на следующий год",
    submit="Подготовить",
    consequences=lambda ready, by: [
        "Каждое станет подготовленным событием через год, в тот же день недели: название, место, программа и"
        " партнёры остаются.",
        "Никого не приглашают и не пишут: день и людей уточните перед объявлением.",
    ],
)
