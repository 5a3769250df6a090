"""Acts of pairs and groups: propose, answer, confirm topics, recommend, decline, withdraw, assign,
dissolve (п. 2.3, 3.2–3.5, 6).

A wish is said in confidence (п. 6.1): the log and the letters never carry what somebody answered or why.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mentoring_site.mail import letters_of
from mentoring_site.rights import require
from mentoring_site.russian import rudate
from mentoring_site.workflow import Already, Complaint, NotAllowed, Refused, perform, record, reload
from people.accounts.models import User
from people.banks.models import Candidate, Topic
from people.consents.models import DUTIES, Consent
from people.promises import Promise
from people.register.models import Employment
from people.rights import Right
from people.roles.instead import decides, require_impartial
from programs.pairings import endings
from programs.pairings.letters import COUNCIL_DECIDES, holders, write
from programs.pairings.models import Pairing, Participation, load_of
from programs.pairings.proposal_checks import complaints
from programs.pairings.rules import PAIRING, appointed, mentor_of, pairing_title, parties

FAILED = "Пара не сложилась до приказа"
ANSWERED_BY = f"Ответить может только сам участник, с его слов ответ записывает {Right.PAIRINGS_ANSWER_FOR_OTHERS.who}"


def sees_wish(user: User, participation: Participation, pairing: Pairing) -> bool:
    """Whether the user may see what this participant answered: the person, curator, council, director (п. 6.1).

    Somebody of the curator or the council who takes part in the pairing is the other side and sees one's own answer
    only.
    """
    if user.person_id == participation.person_id:
        return True
    return Promise.ANSWER.opens_to(user) and not any(p.person_id == user.person_id for p in pairing.people)


@transaction.atomic
def propose(
    *,
    by: User,
    kind: str,
    mentor: Candidate,
    mentees: Sequence[Candidate],
    topics: Collection[Topic],
    why: str,
    profile_fits: bool,
    planned_from: date,
    planned_to: date,
    school_year: int | None = None,
    request_key: UUID | None = None,
    seconds: Mapping[int, int] | None = None,
    beside: Pairing | None = None,
) -> Pairing:
    """Propose a pair or a group to its people (п. 3.4, 3.5, 6.1).

    Takes candidates of the banks; ``seconds`` are the mentors in reserve by mentee (keys of candidates), ``beside`` the
    pair at work of the same people for whom a situational program is proposed (п. 2.3).
    Returns the new pairing, or the one made by the same ``request_key``. Raises
    ``NotAllowed``; ``Refused`` with every reason at once (proposal_checks.py).
    """
    require(by, Right.PAIRINGS_PROPOSE)
    fresh = lock_candidates([mentor, *mentees])
    if request_key and (made := Pairing.objects.filter(request_key=request_key).first()):
        return made
    mentor, mentees = fresh[mentor.pk], [fresh[m.pk] for m in mentees]
    terms: dict = {"planned_from": planned_from, "planned_to": planned_to}
    said: dict = {"topics": topics, "why": why, "profile_fits": profile_fits, "beside": _same_people(beside, mentees)}
    if sentences := complaints(kind, mentor, mentees, **said, **terms):
        raise Refused(sentences)
    pairing = Pairing.objects.create(
        kind=kind,
        why=why.strip(),
        profile_fits=True,
        proposed_by=by,
        school_year=school_year or year_of(planned_from),
        request_key=request_key,
        **terms,
    )
    pairing.topics.set(topics)
    _add_people(pairing, [mentor, *mentees], seconds or {})
    pairing.participations.filter(person=by.person_id).update(  # who proposes oneself wants it: nobody asks apart
        wish=Participation.Wish.YES, wish_at=timezone.now(), wish_by=by
    )
    act = record(pairing, "propose", by=by, words="предложена", target=Pairing.State.PROPOSED)
    whole = reload(pairing)
    with letters_of(act):
        others = [p.person for p in whole.people if p.person_id != by.person_id]
        write("proposed", others, whole, pairing_title(whole), asks=str(whole.pk))
    return pairing


def _same_people(beside: Pairing | None, mentees: Sequence[Candidate]) -> Pairing | None:
    """Return the pair at work beside which the same people are proposed, None when it is of others by now."""
    if beside is None or beside.state != Pairing.State.ASSIGNED:
        return None
    led = beside.participations.live().filter(person__in=[m.person_id for m in mentees])
    return beside if led.count() == len(mentees) else None


def lock_candidates(candidates: Sequence[Candidate]) -> dict[int, Candidate]:
    """Lock the candidates and return them as they are now, with their load, by pk."""
    keys = [candidate.pk for candidate in candidates]
    locked = [c.pk for c in Candidate.objects.select_for_update().filter(pk__in=keys).order_by("pk")]
    return Candidate.objects.filter(pk__in=locked).select_related("person").annotate(load=load_of("person")).in_bulk()


def _add_people(pairing: Pairing, candidates: Sequence[Candidate], seconds: Mapping[int, int]) -> None:
    posts = _posts(candidates)
    Participation.objects.bulk_create(
        Participation(
            pairing=pairing,
            person=c.person,
            candidate=c,
            employment=posts.get(c.person_id),
            part=c.part,
            second_id=seconds.get(c.pk),
        )
        for c in candidates
    )


def year_of(day: date) -> int:
    """Return the school year of a day by its first year: August already belongs to the new one."""
    return day.year if day.month >= 8 else day.year - 1


def _posts(candidates: Sequence[Candidate]) -> dict[int, Employment]:
    """Return the present employment of each person, the main one if there are several."""
    rows = Employment.objects.current().filter(person__in=[c.person_id for c in candidates])
    return {e.person_id: e for e in sorted(rows, key=lambda e: e.kind == Employment.Kind.MAIN)}


@transaction.atomic
def answer(participation: Participation, wish: str, *, by: User, reason: str = "") -> Participation:
    """Write down in confidence whether a participant wants this pair (п. 6.1, 6.2); «no» removes the proposal.

    The curator may write the answer down on somebody's behalf. Raises ``NotAllowed``; ``Refused`` for a refusal without
    a reason; ``Already`` when the same is written or the proposal is not open any more.
    """
    pairing = Pairing.objects.select_for_update().get(pk=participation.pairing_id)
    pairing = reload(pairing)
    mine = next((p for p in pairing.people if p.pk == participation.pk), None)
    if mine is None:
        raise NotAllowed(ANSWERED_BY)
    check_may_answer(by, mine, pairing)
    if pairing.state not in Pairing.OPEN_STATES:
        raise Already(
            "Ответ уже не нужен: "
            + ("пара закреплена приказом" if pairing.state == Pairing.State.ASSIGNED else "пара не сложилась")
        )
    if wish not in Participation.Wish.values:
        raise Refused("Выберите «да» или «нет»")
    if wish == Participation.Wish.NO and not reason.strip():
        raise Refused(f"Напишите, почему нет. {Promise.ANSWER.sentence}")
    if mine.wish == wish:
        raise Already("Этот ответ уже записан")
    Participation.objects.filter(pk=mine.pk).update(
        wish=wish, wish_reason=reason.strip(), wish_at=timezone.now(), wish_by=by
    )
    behalf = {} if by.person_id == mine.person_id else {"behalf": True}
    said = "ответ записан со слов участника" if behalf else "ответ на предложение дан"
    act = record(pairing, "answer", by=by, words=said, participation=mine.pk, **behalf)
    if wish == Participation.Wish.NO:
        with letters_of(act):
            _refuse(pairing, mine, by=by, part_of=act.pk)
    elif all(p.wish == Participation.Wish.YES for p in pairing.people if p.pk != mine.pk):
        with letters_of(act):
            write("agreed", holders(*COUNCIL_DECIDES), pairing, pairing_title(pairing), asks=str(pairing.pk))
    mine.refresh_from_db()
    return mine


def may_answer(user: User, participation: Participation, pairing: Pairing) -> bool:
    """Whose answer it is: the participant's own; the curator writes it down, unless the curator is the other side."""
    if user.person_id == participation.person_id:
        return True
    return decides(user, Right.PAIRINGS_ANSWER_FOR_OTHERS, parties(pairing))


def check_may_answer(user: User, participation: Participation, pairing: Pairing) -> None:
    """Raise ``NotAllowed`` unless the user may write this answer down."""
    if not may_answer(user, participation, pairing):
        raise NotAllowed(ANSWERED_BY)


def _refuse(pairing: Pairing, mine: Participation, *, by: User, part_of: int) -> None:
    perform(pairing, "refuse", by=by, columns={"reason": FAILED}, part_of=part_of)
    title = pairing_title(pairing)
    write("closed", [p.person for p in pairing.people if p.pk != mine.pk], pairing, title, what="пара не сложилась")
    write("refused", holders("curator"), pairing, title)


@transaction.atomic
def confirm_topics(pairing: Pairing, *, by: User, topics: Collection[Topic] | None = None) -> Pairing:
    """The council confirms on which questions the pair works, correcting the list if need be (п. 3.5).

    Raises ``NotAllowed``, ``Already`` when confirmed before or the proposal is closed, ``Refused`` without a topic.
    """
    require_impartial(by, Right.PAIRINGS_TOPICS, parties(pairing))
    if topics is not None and not topics:
        raise Refused("Отметьте хотя бы одну тему")
    now = timezone.now()
    done = Pairing.objects.filter(pk=pairing.pk, state=Pairing.State.PROPOSED, topics_confirmed_at__isnull=True).update(
        topics_confirmed_at=now, topics_confirmed_by=by
    )
    if not done:
        raise Already("Темы уже подтверждены, или предложение больше не рассматривается")
    if topics is not None:
        pairing.topics.set(topics)
    record(
        pairing,
        "confirm_topics",
        by=by,
        words="темы подтверждены методическим советом",
        topics=list(pairing.topics.values_list("pk", flat=True)),
    )
    pairing.refresh_from_db()
    return pairing


def recommend(pairing: Pairing, *, by: User, minutes_number: str, minutes_date: date | None) -> Pairing:
    """Write down the council's recommendation with number and date of its minutes (п. 3.5).

    Raises what ``perform`` raises; ``Refused`` without a number or for a date in the future.
    """
    if not minutes_number.strip() or not minutes_date:
        raise Refused("Укажите номер и дату протокола методического совета")
    if minutes_date > timezone.localdate():
        raise Refused(f"Протокол не может быть датирован будущим днём: {rudate(minutes_date)}")
    with transaction.atomic():
        _check_open(pairing)
        columns = {"minutes_number": minutes_number.strip(), "minutes_date": minutes_date}
        perform(pairing, "recommend", by=by, columns=columns, number=minutes_number.strip())
        whole = reload(pairing)
        write("recommended", holders("curator"), whole, pairing_title(whole), asks=str(whole.pk))
        without = [p.person for p in whole.people if not p.has_duties]
        write("duties", without, whole, pairing_title(whole), asks=str(whole.pk))
    return pairing


def _check_open(pairing: Pairing) -> None:
    """Raise ``Already`` for a closed proposal, without the name of the one through whom: the reader may be the other
    side.
    """
    state = Pairing.objects.select_for_update().values_list("state", flat=True).get(pk=pairing.pk)
    if state in Pairing.CLOSED_STATES:
        raise Already("Делать уже ничего не нужно: предложение закрыто")


def decline(pairing: Pairing, *, by: User, reason: str) -> Pairing:
    """The council or the director turns a proposal down.

    Raises what ``perform`` raises; ``Refused`` without a reason.
    """
    return _close(
        pairing,
        "decline",
        by=by,
        reason=reason,
        what="предложение отклонено",
        missing="Напишите, почему предложение отклонено",
    )


def withdraw(pairing: Pairing, *, by: User | None, reason: str) -> Pairing:
    """Take a proposal back; ``by`` is None when one of its people has left.

    Raises what ``perform`` raises; ``Refused`` without a reason.
    """
    return _close(
        pairing,
        "withdraw",
        by=by,
        reason=reason,
        what="предложение снято",
        missing="Напишите, почему предложение снято",
    )


def _close(pairing: Pairing, name: str, *, by: User | None, reason: str, what: str, missing: str) -> Pairing:
    if not reason.strip():
        raise Refused(missing)
    with transaction.atomic():
        _check_open(pairing)
        perform(pairing, name, by=by, columns={"reason": reason.strip()})
        whole = reload(pairing)
        write("closed", [p.person for p in whole.people], whole, pairing_title(whole), what=what)
    return pairing


def missing_for_order(pairing: Pairing, *, appointing: Collection[int | None] = ()) -> list[Complaint]:
    """Return what an order of assignment still misses.

    Mentors whose candidate pk is in ``appointing`` need no appointment: another item of the same order makes it.
    """
    mentor = mentor_of(pairing)
    excused = mentor is not None and mentor.candidate_id in set(appointing)
    return [
        c for r in PAIRING["assign"].requirements if not (excused and r is appointed) for c in r.complaints(pairing)
    ]


@transaction.atomic
def assign(pairing: Pairing, *, by: User, number: str, date: date, on: date) -> Pairing:
    """Enact the director's order: the pair is assigned from the day ``on`` (п. 3.3, 6.2). Called by registration.

    Raises what ``perform`` raises; ``Refused`` when the order is older than a paper that it rests on.
    """
    whole = reload(pairing)
    if later := [*_later_papers(whole, date)]:
        raise Refused(later)
    perform(
        pairing, "assign", by=by, columns={"order_number": number, "order_date": date, "assigned_on": on}, number=number
    )
    pairing.participations.live().update(since=on)
    whole = reload(pairing)
    write("assigned", [p.person for p in whole.people], whole, pairing_title(whole))
    return pairing


def _later_papers(pairing: Pairing, day: date) -> Iterator[str]:
    if pairing.minutes_date and pairing.minutes_date > day:
        yield (
            f"Приказ не может быть раньше протокола совета: протокол от {rudate(pairing.minutes_date)}, приказ от"
            f" {rudate(day)}"
        )
    late = Consent.objects.live().filter(purpose=DUTIES, matter=pairing.uuid, given_on__gt=day)
    for consent in late.select_related("person"):
        yield (
            f"Приказ не может быть раньше согласия: {consent.person.short_name}, {rudate(consent.given_on)}, приказ от"
            f" {rudate(day)}"
        )


@transaction.atomic
def dissolve(pairing: Pairing, *, by: User | None, on: date, reason: str) -> Pairing:
    """End an assigned pair (п. 7.1) and what ends with it (endings.py); by=None for the clock.

    Raises what ``perform`` raises; ``Refused`` without a reason or for a day before the assignment.
    """
    if not reason.strip():
        raise Refused("Напишите, почему пара завершена")
    if pairing.assigned_on and on < pairing.assigned_on:
        raise Refused(f"Пара не может завершиться раньше, чем закреплена ({rudate(pairing.assigned_on)})")
    perform(pairing, "dissolve", by=by, columns={"ended_on": on, "reason": reason.strip()})
    pairing.participations.live().update(until=on, end_reason=reason.strip()[:300])
    endings.run(pairing, on)
    return pairing
