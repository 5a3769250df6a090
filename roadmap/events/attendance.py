"""Who was at an event: ticks, the code at the door, the sheet with signatures; hours and documents (п. 3.4)."""

from collections.abc import Iterable
from decimal import Decimal

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils import timezone

from mentoring_site.evidence.acts import attach
from mentoring_site.locks import locked
from mentoring_site.models import StoredFile
from mentoring_site.rights import require
from mentoring_site.russian import full_stop, plural, ruday
from mentoring_site.workflow import Already, Refused, record
from people.accounts.models import User
from people.register.models import Person
from people.rights import Right
from roadmap.events import heard
from roadmap.events.inviting import PEOPLE
from roadmap.events.models import Event, Participant
from roadmap.events.rules import is_host, require_keeper

State, Way, Answer = Event.State, Participant.Way, Participant.Answer
SIGNER = Signer(salt="roadmap.events.door")
EXPIRED = "Этот код больше не действует. Попросите ответственного показать новый или отметить Вас"


def _open_for_marks(event: Event, by: User) -> Event:
    require_keeper(event, by)
    fresh = locked(event)
    if fresh.state == State.CANCELLED:
        raise Refused("Событие отменено: отмечать некого")
    if not fresh.has_begun:
        raise Refused(f"Событие назначено на {full_stop(ruday(fresh.starts_on))} Отмечать пришедших можно с этого дня")
    return fresh


@transaction.atomic
def mark(row: Participant, *, by: User, present: bool, way: str = Way.TICK) -> Participant:
    """Mark that somebody on the list was there or was not; also after the event is held, when a mark was wrong.

    Raises ``NotAllowed``; ``Already`` for the same mark; ``Refused`` before the day and of a cancelled event.
    """
    event = _open_for_marks(row.event, by)
    fresh = locked(row, gone="Этого человека в списке уже нет")
    if fresh.is_present == present:
        raise Already("Это уже отмечено")
    _put(fresh, event, by=by, present=present, way=way)
    record(
        event, "mark", by=by, words="отмечено, что человек был" if present else "отметка снята", person=fresh.person_id
    )
    _heard(event, by)
    return fresh


def _put(row: Participant, event: Event, *, by: User, present: bool, way: str) -> None:
    row.is_present, row.way = present, way if present else ""
    row.marked_at, row.marked_by = timezone.now(), by
    if present and event.state == State.HELD and row.hours is None:
        row.hours = event.hours
    row.hours = row.hours if present else None
    row.save()


def _heard(event: Event, by: User) -> None:
    if event.state == State.HELD:
        heard.tell(event, by=by)


@transaction.atomic
def add(event: Event, people: Iterable[Person], *, by: User, way: str = Way.TICK) -> list[Participant]:
    """Write down who came without being on the list. Raises as ``mark`` does; ``Already`` when all stand there."""
    fresh = _open_for_marks(event, by)
    known = dict(fresh.participants.values_list("person", "is_present"))
    made = [Participant(event=fresh, person=person) for person in people if person.pk not in known]
    if not made:
        raise Already("Все названные уже в списке: отметьте их ниже")
    for row in made:
        _put(row, fresh, by=by, present=True, way=way)
    record(fresh, "add", by=by, words=f"записаны пришедшие без приглашения: {plural(len(made), PEOPLE)}")
    _heard(fresh, by)
    return made


@transaction.atomic
def mark_by_sheet(event: Event, present: Iterable[Participant], *, by: User) -> int:
    """Take over a signed sheet at once: who is named was there, everybody else of the list was not.

    Returns how many were there. Raises as ``mark`` does.
    """
    fresh = _open_for_marks(event, by)
    keys = {row.pk for row in present}
    for row in fresh.participants.select_for_update(of=("self",)):
        if row.is_present != (row.pk in keys):
            _put(row, fresh, by=by, present=row.pk in keys, way=Way.SHEET)
    record(fresh, "mark_by_sheet", by=by, words=f"перенесён лист с подписями: {plural(len(keys), PEOPLE)}")
    _heard(fresh, by)
    return len(keys)


def door_token(event: Event) -> str:
    """Return what stands in the address of the code at the door: the event and the number of its code, signed."""
    return SIGNER.sign(f"{event.pk}-{event.door}")


def event_of(token: str) -> Event:
    """Return the event of a code at the door. Raises ``Refused`` for a foreign or a replaced code."""
    try:
        pk, _, door = SIGNER.unsign(token).partition("-")
    except BadSignature as error:
        raise Refused(EXPIRED) from error
    event = Event.objects.filter(pk=int(pk), door=int(door)).first()
    if event is None:
        raise Refused(EXPIRED)
    return event


@transaction.atomic
def arrive(token: str, *, by: User) -> Participant:
    """Mark the user as present by the code at the door, also without an invitation; on the days of the event only.

    Raises ``Refused`` on another day and for a replaced code; ``Already`` when the mark stands.
    """
    event = locked(event_of(token))
    if event.state != State.ANNOUNCED or not event.is_today:
        when = ruday(event.starts_on)
        raise Refused(
            f"По коду отмечаются только в день события: {full_stop(when)} Ответственный может отметить Вас сам"
        )
    row = event.participants.filter(person=by.person_id).first() or Participant(event=event, person=by.person)
    if row.is_present:
        raise Already("Вы уже отмечены")
    _put(row, event, by=by, present=True, way=Way.QR)
    record(event, "arrive", by=by, words="пришедший отметился по коду у входа", person=row.person_id)
    return row


@transaction.atomic
def write_particulars(
    row: Participant,
    *,
    by: User,
    part: str | None = None,
    hours: Decimal | None = None,
    document: str = "",
    brought_home: str = "",
    files: Iterable[StoredFile] = (),
) -> Participant:
    """Write the document of a participant and what was brought home; whoever keeps the event also the part and hours.

    Raises ``NotAllowed``; ``Refused`` for somebody who was not there.
    """
    event = locked(row.event)
    own = by.person_id == row.person_id
    require(by, Right.EVENTS_WRITE, unless=own or is_host(event, by), also="сам участник")
    fresh = locked(row, gone="Этого человека в списке уже нет")
    if not fresh.is_present:
        raise Refused("Не отмечено, что этот человек был на событии")
    fresh.document, fresh.brought_home = document.strip(), brought_home.strip()
    if by.can(Right.EVENTS_WRITE) or is_host(event, by):
        fresh.part, fresh.hours = part or fresh.part, hours
    fresh.save()
    attach(fresh, files, by=by)
    record(event, "particulars", by=by, words="записано, что дало участие", person=fresh.person_id)
    _heard(event, by)
    return fresh
