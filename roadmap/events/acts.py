"""Acts about an event as a whole: planned, changed, announced, held, cancelled, what was decided (п. 3.3, 3.4)."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mentoring_site.locks import locked, one_at_a_time
from mentoring_site.mail import letters_of
from mentoring_site.models import Act
from mentoring_site.rights import require
from mentoring_site.russian import joined
from mentoring_site.undo import UNDONE, Undoable
from mentoring_site.workflow import Already, Refused, claim_version, perform, record
from people.accounts.models import User
from people.language.mentions import people_named_in
from people.register.leaving import beyond_work
from people.register.models import Person
from people.rights import Right
from people.roles.letters import mail_person
from programs.pairings.acts import year_of
from programs.pairings.models import Participation
from roadmap.events import heard, inviting
from roadmap.events.audience import OF_AUDIENCE, people_of
from roadmap.events.models import Event, Participant
from roadmap.events.rules import EVENT, require_keeper

State, Answer = Event.State, Participant.Answer
FIELDS = (
    "kind",
    "title",
    "level",
    "starts_on",
    "ends_on",
    "starts_at",
    "ends_at",
    "place",
    "link",
    "organizer",
    "host",
    "audience",
    "aim",
    "programme",
    "partners_words",
    "capacity",
    "hours",
    "task",
    "is_public",
)
TOLD_AGAIN = ("starts_on", "ends_on", "starts_at", "ends_at", "place", "link")
"""What those who are invited are written about when it changes."""


def columns_of(values: dict[str, Any]) -> dict[str, Any]:
    """Return the columns of an event as they are stored. Raises ``Refused`` with everything that does not fit."""
    found = {name: values[name] for name in FIELDS if name in values}
    for name, value in found.items():
        if isinstance(value, str):
            found[name] = value.strip()
    found["title"] = " ".join(found["title"].split()).strip("«»")
    found["ends_on"] = found.get("ends_on") or found["starts_on"]
    found["school_year"] = year_of(found["starts_on"])
    missing = []
    if not found["title"]:
        missing.append("Напишите название события")
    if found["ends_on"] < found["starts_on"]:
        missing.append("Последний день не может быть раньше первого")
    begins, ends = found.get("starts_at"), found.get("ends_at")
    if begins and ends and ends <= begins:
        missing.append("Событие не может закончиться раньше, чем началось")
    host = found.get("host")
    if host:
        missing += beyond_work([host], found["ends_on"], "событие")
    if found.get("is_public"):
        missing += _names_in(found)
    if missing:
        raise Refused(missing)
    return found


def _names_in(values: dict[str, Any]) -> list[str]:
    """Say whom the title or the place name: the site announces an event without people (п. 8.1)."""
    people = Person.objects.filter(pk__in=Participation.objects.values("person")).prefetch_related("former_names")
    named = people_named_in(f"{values['title']}\n{values.get('place', '')}", people)
    if not named:
        return []
    names = joined([person.short_name for person in named])
    return [
        f"Название и место увидят посетители сайта, а в них названы люди: {names}. Уберите имена или событие с сайта"
    ]


@transaction.atomic
def plan(*, by: User, request_key: UUID | None = None, people: Iterable[Person] = (), **values: Any) -> Event:
    """Plan an event of the school; who is picked is on its list and told when it is announced.

    Returns it, or the one made by the same ``request_key``. Raises ``NotAllowed``, ``Refused``.
    """
    require(by, Right.EVENTS_WRITE)
    one_at_a_time("events")
    if request_key and (made := Event.objects.filter(request_key=request_key).first()):
        return made
    made = Event.objects.create(created_by=by, request_key=request_key, **columns_of(values))
    record(made, "plan", by=by, words=f"событие подготовлено: {made.title}"[:300], target=State.DRAFT)
    inviting.write_down(made, people)
    return made


@transaction.atomic
def edit(event: Event, *, by: User, version: int | None = None, **values: Any) -> Event:
    """Change an event that is not over; who is invited is told of another day, hour or place.

    Raises ``NotAllowed``, ``Refused``, ``Stale``.
    """
    require_keeper(event, by)
    claim_version(event, event.version if version is None else version)
    fresh = Event.objects.get(pk=event.pk)
    if fresh.state not in Event.OPEN_STATES:
        raise Refused("Событие уже прошло или отменено: день, место и название не меняют")
    columns = columns_of({name: getattr(fresh, name) for name in FIELDS} | values)
    if not fresh.outside and columns["kind"] not in Event.OWN_KINDS:
        raise Refused("Такие события записывают как поездку наших людей")
    moved = any(columns[name] != getattr(fresh, name) for name in TOLD_AGAIN)
    for name, value in columns.items():
        setattr(fresh, name, value)
    if fresh.state == State.ANNOUNCED:
        _refuse_incomplete(fresh)
    fresh.save()
    act = record(fresh, "edit", by=by, words="изменены сведения о событии")
    if moved and fresh.state == State.ANNOUNCED and not fresh.outside:
        with letters_of(act):
            for row in _told(fresh, by):
                mail_person(row.person, "event_moved", person=row.person, event=fresh)
    inviting.fill_seats(fresh, by=by)
    fresh.refresh_from_db()
    return fresh


def _refuse_incomplete(event: Event) -> None:
    """What an event needed to be announced it still needs."""
    missing = [str(c) for rule in EVENT["announce"].requirements for c in rule.complaints(event)]
    if missing:
        raise Refused(missing)


def _told(event: Event, by: User) -> list[Participant]:
    """Return who is invited and has not refused, without the user."""
    rows = event.participants.exclude(answer=Answer.NO).exclude(person=by.person_id)
    return list(rows.filter(invited_at__isnull=False).select_related("person__user"))


@transaction.atomic
def announce(event: Event, *, by: User) -> Event:
    """Announce an event: those of its audience are invited and everybody on the list gets a letter.

    Raises what ``perform`` raises; ``Refused`` when its day has passed.
    """
    if event.ends_on < timezone.localdate():
        raise Refused("День события уже прошёл: отметьте, кто был, и запишите его проведённым")
    event = perform(event, "announce", by=by, columns={"announced_at": timezone.now()})
    act = Act.objects.about(event).filter(verb="announce").last()
    inviting.write_down(event, people_of(OF_AUDIENCE.get(Event.Audience(event.audience), ())))
    assert act is not None
    with letters_of(act):
        inviting.write_invitations(event, by=by)
    return event


@transaction.atomic
def hold(event: Event, *, by: User, results: str = "") -> Event:
    """The event has taken place: hours of those who were there, and who is to hear of it hears (``heard.py``).

    Raises what ``perform`` raises.
    """
    columns: dict[str, Any] = {"held_at": timezone.now()}
    if results.strip():
        columns["results"] = results.strip()
    event = perform(event, "hold", by=by, columns=columns)
    event.participants.filter(is_present=None).update(is_present=False, marked_at=timezone.now(), marked_by=by)
    if event.hours:
        event.participants.filter(is_present=True, hours=None).update(hours=event.hours)
    heard.tell(event, by=by)
    return event


@transaction.atomic
def reopen(event: Event, *, by: User, undone: int | None = None) -> Event:
    """Take back that the event was held. Raises what ``perform`` raises."""
    facts = {UNDONE: undone} if undone else {}
    columns = {"held_at": None, "announced_at": event.announced_at or timezone.now()}
    event = perform(event, "reopen", by=by, columns=columns, **facts)
    heard.tell(event, by=by)
    return event


@transaction.atomic
def cancel(event: Event, *, by: User, reason: str) -> Event:
    """Cancel an announced event; who is invited is told why. Raises what ``perform`` raises, ``Refused``."""
    if not reason.strip():
        raise Refused("Напишите, почему событие отменено")
    event = perform(event, "cancel", by=by, columns={"cancel_reason": reason.strip()})
    act = Act.objects.about(event).filter(verb="cancel").last()
    assert act is not None
    with letters_of(act):
        for row in _told(event, by):
            mail_person(row.person, "event_cancelled", person=row.person, event=event)
    return event


@transaction.atomic
def discard(event: Event, *, by: User) -> None:
    """Throw a draft away. Raises ``NotAllowed``; ``Refused`` for an event that people know of."""
    require_keeper(event, by)
    claim_version(event, event.version)
    fresh = Event.objects.get(pk=event.pk)
    if fresh.state != State.DRAFT:
        raise Refused("Событие уже объявлено: его отменяют, а не удаляют")
    record(fresh, "discard", by=by, words=f"подготовка события прекращена: {fresh.title}"[:300])
    fresh.delete()


@transaction.atomic
def write_notes(
    event: Event, *, by: User, discussed: str, decisions: str, results: str, version: int | None = None
) -> Event:
    """Write what was discussed, what was decided, a line for each decision, and what came of the event (п. 3.3).

    Raises ``NotAllowed``, ``Stale``; ``Refused`` before the day.
    """
    require_keeper(event, by)
    claim_version(event, event.version if version is None else version)
    fresh = Event.objects.get(pk=event.pk)
    if fresh.state == State.CANCELLED or not fresh.has_begun:
        raise Refused("Записать, что было на событии, можно в его день и позже")
    Event.objects.filter(pk=fresh.pk).update(
        discussed=discussed.strip(), decisions=decisions.strip(), results=results.strip()
    )
    record(fresh, "notes", by=by, words="записаны решения и итоги события")
    fresh.refresh_from_db()
    return fresh


@transaction.atomic
def renew_door(event: Event, *, by: User) -> Event:
    """Replace the code at the door: the printed one opens nothing any more. Raises ``NotAllowed``, ``Refused``."""
    require_keeper(event, by)
    fresh = locked(event)
    if fresh.state != State.ANNOUNCED:
        raise Refused("Код у входа нужен объявленному событию")
    Event.objects.filter(pk=fresh.pk).update(door=fresh.door + 1)
    record(fresh, "renew_door", by=by, words="код у входа заменён")
    fresh.refresh_from_db()
    return fresh


def _unhold(act: Act, event: Any, *, by: User) -> None:
    reopen(event, by=by, undone=act.pk)


def _uncancel(act: Act, event: Any, *, by: User) -> None:
    if event.ends_on < timezone.localdate():
        raise Already("День события уже прошёл")
    perform(event, "reinstate", by=by, columns={"cancel_reason": ""}, **{UNDONE: act.pk})


HELD = Undoable(what="отметку о проведении события", undo=_unhold, instead="Снять отметку можно на странице события")
CANCELLED = Undoable(what="отмену события", undo=_uncancel, instead="Подготовьте событие ещё раз")
