"""Pairs and programs that already exist on paper: entered with their real dates and orders, without
replaying the steps.

No letters leave, nothing is backdated: who entered it and when stands in the log, and the papers that the school has
not recorded here are listed as missing by ``programs.program.missing_papers`` (п. 3.1–3.5, 7.1).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from mentoring_site.paper_ref import PaperRef
from mentoring_site.rights import require
from mentoring_site.russian import rudate
from mentoring_site.workflow import Refused, record
from people.accounts.models import User
from people.banks.models import Candidate, Topic
from people.register.models import Employment, Person
from people.rights import Right
from programs.pairings.acts import year_of
from programs.pairings.models import Pairing, Participation
from programs.pairings.terms import bounds
from programs.program.models import Program
from programs.program.terms import complaint


@dataclass(frozen=True)
class Paper:
    """Number and date of an order or of minutes."""

    number: str = ""
    day: date | None = None


@dataclass(frozen=True)
class PaperProgram:
    """A program as it stands on paper; ``ended_on`` is given when it is finished."""

    title: str
    curator: Person
    starts_on: date
    ends_on: date
    order: Paper
    goal: str = ""
    minutes: Paper = field(default_factory=Paper)
    ended_on: date | None = None
    term_decision: str = ""


def enter(*, by: User, request_key: UUID | None = None, **values: Any) -> Pairing:
    """Enter a pair or group assigned on paper, and its program if there is one.

    ``values`` are ``mentor`` and ``mentees`` (persons), ``order``, ``since``, and if known ``topics``, ``minutes`` and
    ``program``. Returns the pairing, or the one made by the same ``request_key``. Raises ``NotAllowed``; ``Refused``
    with every reason at once: people, dates, numbers, the term without a decision.
    """
    require(by, Right.PAPER_ENTER)
    try:
        return _enter(by=by, request_key=request_key, **values)
    except IntegrityError:  # the same form was sent twice at once, and names other people
        if request_key and (made := Pairing.objects.filter(request_key=request_key).first()):
            return made
        raise


@transaction.atomic
def _enter(
    *,
    by: User,
    mentor: Person,
    mentees: Sequence[Person],
    order: Paper,
    since: date,
    topics: Iterable[Topic] = (),
    minutes: Paper | None = None,
    program: PaperProgram | None = None,
    request_key: UUID | None = None,
) -> Pairing:
    people = Person.objects.select_for_update().filter(pk__in=[mentor.pk, *(m.pk for m in mentees)]).order_by("pk")
    list(people.values_list("pk", flat=True))  # two papers about one person wait for each other here
    if request_key and (made := Pairing.objects.filter(request_key=request_key).first()):
        return made
    minutes = minutes or Paper()
    sentences = [
        *_people(mentor, mentees, program is not None and program.ended_on is not None),
        *_papers(order, minutes, since),
        *(_program(program, since) if program else ()),
    ]
    if sentences:
        raise Refused(sentences)
    pairing = _create_pairing(by, mentees, order, minutes, since, program, request_key)
    pairing.topics.set(topics)
    for person, part in [(mentor, "mentor"), *((m, "mentee") for m in mentees)]:
        _add_person(pairing, person, part, candidate=_candidate(person, part, order, by, len(mentees)))
    words = f"внесена с бумаги: приказ {PaperRef(order.number, order.day).number_first}"
    record(pairing, "paper", by=by, words=words, target=pairing.state, number=order.number)
    if program:
        _enter_program(pairing, program, by)
    return pairing


def _create_pairing(
    by: User,
    mentees: Sequence[Person],
    order: Paper,
    minutes: Paper,
    since: date,
    program: PaperProgram | None,
    key: UUID | None,
) -> Pairing:
    ended_on = program.ended_on if program else None
    return Pairing.objects.create(
        kind=Pairing.Kind.GROUP if len(mentees) > 1 else Pairing.Kind.PAIR,
        state=Pairing.State.DISSOLVED if ended_on else Pairing.State.ASSIGNED,
        why="Внесена с бумаги",
        profile_fits=True,
        proposed_by=by,
        school_year=year_of(since),
        minutes_number=minutes.number,
        minutes_date=minutes.day,
        planned_from=since,
        planned_to=program.ends_on if program and program.ends_on > since else None,
        order_number=order.number,
        order_date=order.day,
        assigned_on=since,
        ended_on=ended_on,
        from_paper=True,
        request_key=key,
    )


def _add_person(pairing: Pairing, person: Person, part: str, *, candidate: Candidate) -> Participation:
    """Add a person with the employment of the first day, else with the present one."""
    jobs = Employment.objects.filter(person=person)
    return Participation.objects.create(
        pairing=pairing,
        person=person,
        candidate=candidate,
        employment=_main(jobs.current(pairing.assigned_on)) or _main(jobs),
        part=part,
        since=pairing.assigned_on,
        until=pairing.ended_on,
        end_reason="Программа завершена" if pairing.ended_on else "",
    )


def _enter_program(pairing: Pairing, paper: PaperProgram, by: User) -> Program:
    earliest, latest = bounds(paper.starts_on)
    decided = {}
    if paper.term_decision.strip():
        decided = {
            "term_decision": paper.term_decision.strip(),
            "term_decided_at": timezone.now(),
            "term_decided_by": by,
        }
        earliest, latest = min(earliest, paper.ends_on), max(latest, paper.ends_on)
    program = Program.objects.create(
        pairing=pairing,
        state=Program.State.COMPLETED if paper.ended_on else Program.State.RUNNING,
        title=" ".join(paper.title.split()),
        curator=paper.curator,
        goal=paper.goal.strip(),
        starts_on=paper.starts_on,
        ends_on=paper.ends_on,
        earliest_end=earliest,
        latest_end=latest,
        created_by=by,
        minutes_number=paper.minutes.number,
        minutes_date=paper.minutes.day,
        order_number=paper.order.number,
        order_date=paper.order.day,
        started_on=paper.starts_on,
        ended_on=paper.ended_on,
        from_paper=True,
        **decided,
    )
    words = f"внесена с бумаги: приказ {PaperRef(paper.order.number, paper.order.day).number_first}"
    record(program, "paper", by=by, words=words, target=program.state, number=paper.order.number)
    return program


def _people(mentor: Person, mentees: Sequence[Person], finished: bool) -> Iterator[str]:
    if not mentees:
        yield "Укажите хотя бы одного наставляемого"
    if len({m.pk for m in mentees}) != len(mentees):
        yield "Один наставляемый указан дважды"
    if mentor.pk in {m.pk for m in mentees}:
        yield f"{mentor.short_name}: нельзя быть наставником самому себе"
    engaged = Participation.objects.live().filter(
        part="mentee", person__in=[m.pk for m in mentees], pairing__state__in=Pairing.LIVE_STATES
    )
    for p in engaged.select_related("person") if not finished else ():
        yield f"{p.person.short_name}: уже в паре или группе, закреплённой или предложенной"
    waiting = Candidate.objects.filter(
        state=Candidate.State.APPLIED, person__in=[mentor.pk, *(m.pk for m in mentees)]
    ).select_related("person")
    for candidate in waiting:
        yield f"{candidate.person.short_name}: предложение в банк ждёт решения директора. Сначала решите о нём"
    if not Employment.objects.filter(person=mentor, is_teaching=True).exists():
        yield f"{mentor.short_name}: наставником может быть только педагогический работник (п. 1.2 Положения)"


def _papers(order: Paper, minutes: Paper, since: date) -> Iterator[str]:
    today = timezone.localdate()
    if not order.number.strip() or not order.day:
        yield "Укажите номер и дату приказа о закреплении"
        return
    if order.day > today or since > today:
        yield "Приказ о закреплении и первый день работы не могут быть в будущем: такую пару заводят обычным порядком"
    if bool(minutes.number.strip()) != bool(minutes.day):
        yield "Укажите и номер, и дату протокола совета — или не указывайте ничего"
    elif minutes.day and minutes.day > order.day:
        yield (
            f"Приказ не может быть раньше протокола совета: протокол от {rudate(minutes.day)}, приказ от"
            f" {rudate(order.day)}"
        )


def _program(paper: PaperProgram, since: date) -> Iterator[str]:
    today = timezone.localdate()
    if not paper.title.strip():
        yield "Назовите программу"
    if not paper.order.number.strip() or not paper.order.day:
        yield "Укажите номер и дату приказа об утверждении программы"
    elif paper.order.day > today:
        yield "Приказ об утверждении программы не может быть датирован будущим днём"
    if bool(paper.minutes.number.strip()) != bool(paper.minutes.day):
        yield "Укажите и номер, и дату протокола о программе — или не указывайте ничего"
    elif paper.minutes.day and paper.order.day and paper.minutes.day > paper.order.day:
        yield (
            f"Приказ о программе не может быть раньше протокола совета о ней: протокол от {rudate(paper.minutes.day)}, "
            f"приказ от {rudate(paper.order.day)}"
        )
    if paper.starts_on > today:
        yield "Первый день программы ещё не наступил: такую программу заводят обычным порядком"
    if wrong := complaint(paper.starts_on, paper.ends_on):
        if paper.ends_on <= paper.starts_on:
            yield wrong
        elif not paper.term_decision.strip():
            yield f"{wrong}. Если так решено, запишите, кто и почему решил"
    if paper.ended_on and paper.ended_on > today:
        yield "Программа не может быть завершена будущим числом"
    elif paper.ended_on and paper.ended_on < max(paper.starts_on, since):
        yield "Программа не может завершиться раньше, чем началась"


def _candidate(person: Person, part: str, order: Paper, by: User, mentees: int) -> Candidate:
    """The live candidate of the person, or a new one: a mentor appointed and a mentee approved by the paper order."""
    live = Candidate.objects.filter(person=person, part=part, state__in=Candidate.STANDING_STATES).first()
    if live:
        return live
    mentor = part == "mentor"
    candidate = Candidate.objects.create(
        person=person,
        part=part,
        state=Candidate.State.APPOINTED if mentor else Candidate.State.APPROVED,
        proposed_by=by,
        why="Внесено с бумаги",
        capacity_persons=mentees if mentor else None,
        decided_at=timezone.now(),
        decided_by=by,
        on_paper=True,
        order_number=order.number,
        order_date=order.day,
    )
    words = f"запись в банк с бумаги: приказ {PaperRef(order.number, order.day).number_first}"
    record(candidate, "paper", by=by, words=words, target=candidate.state, number=order.number)
    return candidate


def _main(rows: Iterable[Employment]) -> Employment | None:
    """The main employment if there are several, or None."""
    return next(iter(sorted(rows, key=lambda e: e.kind != "main")), None)
