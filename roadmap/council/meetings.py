"""Acts about a meeting before its minutes: planned, invited to, cancelled, held (п. 3.5)."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from mentoring_site.locks import one_at_a_time
from mentoring_site.mail import letters_of
from mentoring_site.models import Act
from mentoring_site.paper_numbers import number_columns
from mentoring_site.rights import require
from mentoring_site.undo import UNDONE, Undoable
from mentoring_site.workflow import Already, Refused, claim_version, perform, record
from people.accounts.models import User
from people.register.models import Person
from people.rights import Right
from people.roles.letters import mail_person
from programs.pairings.acts import year_of
from programs.pairings.models import Pairing
from programs.program.models import Program
from roadmap.bodies.members import members_on
from roadmap.bodies.models import Body
from roadmap.council import agenda
from roadmap.council.acts import checked, next_number, number_taken, set_people, write_agenda
from roadmap.council.agenda import Question
from roadmap.council.models import Minutes
from roadmap.council.rules import MINUTES

State = Minutes.State
PAST = "Заседание назначают на будущий день. О прошедшем сразу составляют протокол"
TOO_EARLY = "День заседания ещё не наступил: записать, кто был, можно в этот день и позже"


@transaction.atomic
def plan(
    organ: Body,
    *,
    by: User,
    held_on: date,
    held_at: time | None = None,
    place: str = "",
    programs: Iterable[Program] = (),
    pairings: Iterable[Pairing] = (),
    matters: Iterable[Model] = (),
    questions: Iterable[str] = (),
    request_key: UUID | None = None,
) -> Minutes:
    """Plan a meeting with its agenda. Returns it, or the one made by the same ``request_key``.

    Raises ``NotAllowed``; ``Refused`` for a day past.
    """
    require(by, Right.MINUTES_WRITE)
    one_at_a_time(f"meetings:{organ.pk}")
    if request_key and (made := Minutes.objects.filter(request_key=request_key).first()):
        return made
    if held_on < timezone.localdate():
        raise Refused(PAST)
    made = Minutes.objects.create(
        organ=organ,
        body=organ.name,
        body_genitive=organ.genitive,
        school_year=year_of(held_on),
        held_on=held_on,
        held_at=held_at,
        place=place.strip(),
        state=State.PLANNED,
        created_by=by,
        request_key=request_key,
    )
    typed = [Question(title=line.strip()[:500], heard="", decided="") for line in questions if line.strip()]
    ready = [*agenda.ready_questions(programs, pairings), *agenda.questions_of(matters), *typed]
    write_agenda(made, ready)
    record(made, "plan", by=by, words="заседание назначено", target=State.PLANNED)
    return made


@transaction.atomic
def replan(
    minutes: Minutes,
    *,
    by: User,
    held_on: date,
    held_at: time | None = None,
    place: str = "",
    version: int | None = None,
) -> Minutes:
    """Move a planned meeting; once its members were invited, they get the new invitation at once.

    Raises ``NotAllowed``, ``Refused``, ``Stale``.
    """
    require(by, Right.MINUTES_WRITE)
    claim_version(minutes, minutes.version if version is None else version)
    fresh = Minutes.objects.get(pk=minutes.pk)
    if fresh.state != State.PLANNED:
        raise Refused("Заседание уже прошло или отменено: день и место не меняют")
    if held_on < timezone.localdate():
        raise Refused(PAST)
    moved = (held_on, held_at, place.strip()) != (fresh.held_on, fresh.held_at, fresh.place)
    members = [member.person for member in members_on(fresh.organ, held_on)] if moved and was_invited(fresh) else []
    columns: dict[str, Any] = {"invited_at": timezone.now() if members else None} if moved else {}
    Minutes.objects.filter(pk=fresh.pk).update(
        held_on=held_on, held_at=held_at, place=place.strip(), school_year=year_of(held_on), **columns
    )
    act = record(fresh, "replan", by=by, words="изменены день, время или место заседания")
    fresh.refresh_from_db()
    _write_invitations(fresh, members, act, by)
    return fresh


def was_invited(minutes: Minutes) -> bool:
    """Whether the members have ever been invited, also to a day or a place from which the meeting has moved since."""
    return minutes.invited_at is not None or Act.objects.about(minutes).filter(verb="invite").exists()


def _write_invitations(minutes: Minutes, people: Iterable[Person], act: Act, by: User) -> None:
    with letters_of(act):
        for person in people:
            if person.pk != by.person_id:
                mail_person(person, "council_invited", asks=str(minutes.pk), person=person, gathering=minutes)


@transaction.atomic
def invite(minutes: Minutes, *, by: User) -> list[Person]:
    """Write to the members with the agenda; returns to whom.

    Raises ``NotAllowed``; ``Already`` when the same day and place were told; ``Refused`` without members or agenda.
    """
    require(by, Right.MINUTES_WRITE)
    one_at_a_time(f"meeting:{minutes.pk}")
    fresh = Minutes.objects.with_requirements().get(pk=minutes.pk)
    if fresh.state != State.PLANNED:
        raise Refused("Приглашают на заседание, которое ещё не прошло и не отменено")
    if fresh.invited_at:
        raise Already("Приглашения уже разосланы")
    if missing := [str(c) for r in MINUTES["hold"].requirements for c in r.complaints(fresh)]:
        raise Refused(missing)
    people = [member.person for member in members_on(fresh.organ, fresh.held_on)]
    if not people:
        raise Refused(f"{fresh.body}: состав не записан, приглашать некого. Запишите, кто входит в этот орган")
    claim_version(fresh, fresh.version)
    Minutes.objects.filter(pk=fresh.pk).update(invited_at=timezone.now())
    act = record(fresh, "invite", by=by, words="приглашения на заседание разосланы")
    _write_invitations(fresh, people, act, by)
    return people


@transaction.atomic
def cancel(minutes: Minutes, *, by: User, reason: str) -> Minutes:
    """Cancel a planned meeting; what stood in its agenda waits again. Raises what ``perform`` raises."""
    if not reason.strip():
        raise Refused("Напишите, почему заседание отменено")
    minutes = perform(minutes, "cancel", by=by, columns={"cancel_reason": reason.strip()})
    act = Act.objects.about(minutes).filter(verb="cancel", actor=by).last()
    assert act is not None
    if was_invited(minutes):
        with letters_of(act):
            for member in members_on(minutes.organ, minutes.held_on):
                if member.person.pk != by.person_id:
                    mail_person(member.person, "council_cancelled", person=member.person, gathering=minutes)
    return minutes


@transaction.atomic
def hold(
    minutes: Minutes,
    *,
    by: User,
    present: Iterable[Person] = (),
    absent: Iterable[Person] = (),
    chair: Person | None = None,
    secretary: Person | None = None,
    number: str = "",
    invited: str = "",
    absent_words: str = "",
) -> Minutes:
    """The meeting has taken place: who was there; the draft of its minutes begins, under the next number.

    Raises what ``perform`` raises; ``Refused`` before its day and for a number that is taken.
    """
    if minutes.held_on > timezone.localdate():
        raise Refused(TOO_EARLY)
    number = checked(number or str(next_number(minutes.body, minutes.held_on)))
    columns = number_columns(number) | {
        "chair": chair,
        "secretary": secretary,
        "invited": invited.strip(),
        "absent_words": absent_words.strip(),
    }
    try:
        with transaction.atomic():
            held = perform(minutes, "hold", by=by, columns=columns)
    except IntegrityError as error:
        raise number_taken(minutes.body, minutes.held_on, number) from error
    set_people(held, list(present), list(absent))
    return held


def _unplan(act: Act, minutes: Any, *, by: User) -> None:
    if minutes.state != State.PLANNED:
        raise Refused("Заседание уже прошло или отменено")
    claim_version(minutes, minutes.version)
    record(minutes, "undo_plan", by=by, words="назначение заседания отменено", **{UNDONE: act.pk})
    minutes.delete()


def _uncancel(act: Act, minutes: Any, *, by: User) -> None:
    perform(minutes, "reinstate", by=by, columns={"cancel_reason": ""}, undone=act.pk)


PLANNED = Undoable(what="назначенное заседание", undo=_unplan, instead="Отменить заседание можно на его странице")
CANCELLED = Undoable(what="отмену заседания", undo=_uncancel, instead="Назначьте заседание ещё раз")
