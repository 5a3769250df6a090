"""Who is invited, what they answer, the waiting list (п. 3.4)."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from mentoring_site.locks import locked
from mentoring_site.mail import letters_of
from mentoring_site.rights import require
from mentoring_site.russian import plural
from mentoring_site.workflow import Already, Refused, record
from people.accounts.models import User
from people.register.models import Person
from people.rights import Right
from people.roles.letters import mail_person
from roadmap.events.models import Event, Participant
from roadmap.events.rules import is_host, require_keeper

State, Answer, Part = Event.State, Participant.Answer, Participant.Part
PEOPLE = "человек,человека,человек"


def write_down(event: Event, people: Iterable[Person], part: str = Part.LISTENER) -> list[Participant]:
    """Put people on the list of an event, each once; whoever answers for the event needs no invitation.

    Called inside an act that has claimed the event.
    """
    known = set(event.participants.values_list("person", flat=True)) | {event.host_id}
    fresh = {person.pk: person for person in people if person.pk not in known}
    return [Participant.objects.create(event=event, person=person, part=part) for person in fresh.values()]


def write_invitations(event: Event, *, by: User) -> list[Participant]:
    """Write to everybody on the list who has had no letter yet; inside ``letters_of`` of the act."""
    event = locked(event)
    rows = list(event.participants.filter(invited_at=None).select_related("person__user"))
    Participant.objects.filter(pk__in=[row.pk for row in rows]).update(invited_at=timezone.now())
    for row in rows:
        if row.person_id != by.person_id and row.answer == Answer.NONE:
            mail_person(row.person, "event_invited", asks=str(row.pk), person=row.person, event=event)
    return rows


@transaction.atomic
def invite(event: Event, people: Iterable[Person], *, by: User, part: str = Part.LISTENER) -> list[Participant]:
    """Put people on the list; of an announced event they are told at once. Returns the new rows.

    Raises ``NotAllowed``; ``Refused`` when the event is over; ``Already`` when everybody is on the list.
    """
    require_keeper(event, by)
    fresh = locked(event)
    if fresh.state not in Event.OPEN_STATES:
        raise Refused("Событие уже прошло или отменено: приглашать некуда")
    if part == Part.MENTOR and not fresh.is_speed:
        raise Refused("Наставник встречи есть только у скоростного наставничества")
    made = write_down(fresh, people, part)
    if not made:
        raise Already("Все отмеченные уже в списке")
    act = record(fresh, "invite", by=by, words=f"в список приглашённых добавлены {plural(len(made), PEOPLE)}")
    if fresh.state == State.ANNOUNCED and fresh.ends_on >= timezone.localdate():
        with letters_of(act):
            write_invitations(fresh, by=by)
    return made


@transaction.atomic
def strike_out(row: Participant, *, by: User) -> None:
    """Take somebody off the list who was put on it by mistake; a free seat goes to the next.

    Raises ``NotAllowed``, ``Already``; ``Refused`` for whoever was there or an event that is over.
    """
    event = locked(row.event)
    require_keeper(event, by)
    fresh = locked(row, gone="Этого человека в списке уже нет")
    if event.state not in Event.OPEN_STATES:
        raise Refused("Событие уже прошло или отменено: список не меняют")
    if fresh.is_present:
        raise Refused(f"{row.person.short_name}: отмечено, что человек был. Сначала снимите отметку")
    record(event, "strike_out", by=by, words="из списка приглашённых убран человек", person=fresh.person_id)
    fresh.delete()
    fill_seats(event, by=by)


def seats_left(event: Event) -> int | None:
    """Return how many seats are free, or None where everybody finds one."""
    if event.capacity is None:
        return None
    return max(event.capacity - event.participants.filter(answer=Answer.YES).count(), 0)


@transaction.atomic
def answer(event: Event, person: Person, *, by: User, comes: bool) -> Participant:
    """Record whether a person comes: the person says it, or who keeps the event writes it down from words.

    Without a free seat the person stands in the waiting list, and is told when a seat is free. Raises ``NotAllowed``;
    ``Refused`` when the event is over, or the person is not invited to it.
    """
    require(by, Right.EVENTS_WRITE, unless=by.person_id == person.pk or is_host(event, by), also="сам приглашённый")
    fresh = locked(event)
    if fresh.state != State.ANNOUNCED or fresh.ends_on < timezone.localdate():
        raise Refused("Событие уже прошло, отменено или ещё не объявлено")
    row = fresh.participants.filter(person=person).first()
    if row is None:
        if fresh.audience != Event.Audience.ALL and by.person_id == person.pk:
            raise Refused("Вас нет в списке приглашённых: скажите ответственному за событие")
        row = Participant(event=fresh, person=person, invited_at=timezone.now())
    before = row.answer
    row.answer = _seat(fresh, row) if comes else Answer.NO
    row.answered_at = timezone.now()
    row.save()
    said = {Answer.YES: "будет", Answer.WAITING: "ждёт места", Answer.NO: "не сможет"}[Answer(row.answer)]
    record(fresh, "answer", by=by, words=f"ответ на приглашение: {said}", person=person.pk)
    if before == Answer.YES and row.answer == Answer.NO:
        fill_seats(fresh, by=by)
    return row


def _seat(event: Event, row: Participant) -> str:
    if row.answer == Answer.YES or seats_left(event) is None or seats_left(event):
        return Answer.YES
    return Answer.WAITING


def fill_seats(event: Event, *, by: User | None) -> list[Participant]:
    """Give free seats to those who wait, in the order of their answers; each gets a letter.

    Called inside an act that has claimed the event.
    """
    event = locked(event)
    if event.state != State.ANNOUNCED or event.ends_on < timezone.localdate():
        return []
    waiting = event.participants.filter(answer=Answer.WAITING).order_by("answered_at", "pk")
    left = seats_left(event)
    moved = list(waiting.select_related("person__user")[: len(waiting) if left is None else left])
    for row in moved:
        Participant.objects.filter(pk=row.pk).update(answer=Answer.YES)
        act = record(
            event, "seat", by=by, words="освободилось место для человека из листа ожидания", person=row.person_id
        )
        with letters_of(act):
            mail_person(row.person, "event_seat", person=row.person, event=event)
    return moved
