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

from mentoring_site.locks import locked
from mentoring_site.paper_ref import PaperRef
from mentoring_site.rights import require
from mentoring_site.russian import rudate
from mentoring_site.workflow import Refused, record
from people.accounts.models import User
from people.banks.models import Candidate, Topic
from people.register.models import Employment, Person
from people.rights import Right
from programs.catalogs.models import MentoringForm, MentoringKind
from programs.completion.models import Completion
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


SOURCE = "с бумаги"
"""Where a pair comes from, in the words of its history."""


@dataclass(frozen=True)
class PaperProgram:
    """A program as it stands on paper; ``ended_on`` is given when it is finished, with ``reason`` and the order of
    ``completion`` where they are known (п. 7.1).
    """

    title: str
    curator: Person
    starts_on: date
    ends_on: date
    order: Paper
    goal: str = ""
    minutes: Paper = field(default_factory=Paper)
    ended_on: date | None = None
    term_decision: str = ""
    reason: str = ""
    circumstances: str = ""
    completion: Paper = field(default_factory=Paper)
    forms: tuple[MentoringForm, ...] = ()
    kinds: tuple[MentoringKind, ...] = ()


@dataclass(frozen=True)
class World:
    """What is known about people before a pair is entered, read once for any number of pairs."""

    engaged: frozenset[int]  # mentees of live pairs and groups
    waiting: frozenset[int]  # whose candidacy waits for the director
    teaching: frozenset[int]

    @classmethod
    def of(cls, people: Iterable[Person]) -> "World":
        """Read what is known about these people: three queries."""
        pks = [person.pk for person in people]
        engaged = Participation.objects.live().filter(
            part="mentee", person__in=pks, pairing__state__in=Pairing.LIVE_STATES
        )
        waiting = Candidate.objects.filter(state=Candidate.State.APPLIED, person__in=pks)
        teaching = Employment.objects.filter(person__in=pks, is_teaching=True)
        found = (rows.order_by().values_list("person", flat=True) for rows in (engaged, waiting, teaching))
        return cls(*(frozenset(pks) for pks in found))


def enter(*, by: User, request_key: UUID | None = None, **values: Any) -> Pairing:
    """Enter a pair or group assigned on paper, and its program if there is one.

    ``values`` are ``mentor`` and ``mentees`` (persons), ``order``, ``since``, and if known ``topics``, ``minutes`` and
    ``programs`` (several that followed one another), or one ``program``; ``ended_on`` with ``end_reason`` for a pair
    that has ended; ``source`` for the words of the history. Returns the pairing, or the one made by the same
    ``request_key``. Raises ``NotAllowed``; ``Refused`` with every reason at once: people, dates, numbers, the term
    without a decision.
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
    programs: Sequence[PaperProgram] = (),
    ended_on: date | None = None,
    end_reason: str = "",
    source: str = SOURCE,
    request_key: UUID | None = None,
) -> Pairing:
    people = Person.objects.select_for_update().filter(pk__in=[mentor.pk, *(m.pk for m in mentees)]).order_by("pk")
    list(people.values_list("pk", flat=True))  # two papers about one person wait for each other here
    if request_key and (made := Pairing.objects.filter(request_key=request_key).first()):
        return made
    minutes = minutes or Paper()
    all_programs = [*programs, *([program] if program else [])]
    ended_on = ended_on or end_of(all_programs)
    sentences = [
        *people_complaints(mentor, mentees, World.of([mentor, *mentees]), finished=ended_on is not None),
        *pair_complaints(order, minutes, since, ended_on),
        *(sentence for paper in all_programs for sentence in program_complaints(paper, since)),
    ]
    if sentences:
        raise Refused(sentences)
    last_day = max((p.ends_on for p in all_programs), default=None)
    pairing = Pairing.objects.create(
        kind=Pairing.Kind.GROUP if len(mentees) > 1 else Pairing.Kind.PAIR,
        state=Pairing.State.DISSOLVED if ended_on else Pairing.State.ASSIGNED,
        why=f"Внесена {source}",
        profile_fits=True,
        proposed_by=by,
        school_year=year_of(since),
        minutes_number=minutes.number,
        minutes_date=minutes.day,
        planned_from=since,
        planned_to=last_day if last_day and last_day > since else None,
        order_number=order.number,
        order_date=order.day,
        assigned_on=since,
        ended_on=ended_on,
        reason=end_reason,
        from_paper=True,
        request_key=request_key,
    )
    pairing.topics.set(topics)
    for person, part in [(mentor, "mentor"), *((m, "mentee") for m in mentees)]:
        candidate = _candidate(person, part, order, by, len(mentees), source)
        _add_person(pairing, person, part, candidate=candidate, end_reason=end_reason)
    words = f"внесена {source}: приказ {PaperRef(order.number, order.day).number_first}"
    record(pairing, "paper", by=by, words=words, target=pairing.state, number=order.number)
    for paper in all_programs:
        _enter_program(pairing, paper, by, source)
    return pairing


def end_of(programs: Sequence[PaperProgram]) -> date | None:
    """Return the day on which a pair ended with the last of its programs, or None while one goes on."""
    ends = [program.ended_on for program in programs]
    return max((day for day in ends if day), default=None) if all(ends) else None


@transaction.atomic
def add_program(pairing: Pairing, paper: PaperProgram, *, by: User, source: str = SOURCE) -> Program:
    """Enter a program of a pair or group that stands here already.

    Raises ``NotAllowed``; ``Refused`` with every reason, also for a second program that goes on.
    """
    require(by, Right.PAPER_ENTER)
    pairing = locked(pairing)
    sentences = list(program_complaints(paper, pairing.assigned_on))
    if not paper.ended_on and pairing.state != Pairing.State.ASSIGNED:
        sentences.append("Пара уже завершена: программа в ней идти не может")
    if not paper.ended_on and pairing.programs.live().exists():
        sentences.append("У этой пары уже есть программа, которая не закончена")
    if sentences:
        raise Refused(sentences)
    return _enter_program(pairing, paper, by, source)


def _add_person(pairing: Pairing, person: Person, part: str, *, candidate: Candidate, end_reason: str) -> Participation:
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
        end_reason=(end_reason or "Программа завершена")[:300] if pairing.ended_on else "",
    )


def _enter_program(pairing: Pairing, paper: PaperProgram, by: User, source: str) -> Program:
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
        state=_state(paper),
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
    program.forms.set(paper.forms)
    program.kinds.set(paper.kinds)
    words = f"внесена {source}: приказ {PaperRef(paper.order.number, paper.order.day).number_first}"
    record(program, "paper", by=by, words=words, target=program.state, number=paper.order.number)
    if paper.ended_on and paper.reason and paper.completion.day:
        _complete(program, paper, by, source)
    return program


def _state(paper: PaperProgram) -> str:
    """A program that ended before its plan was done was terminated (п. 7.1)."""
    if not paper.ended_on:
        return Program.State.RUNNING
    early = paper.reason and paper.reason != Completion.Reason.PLAN_DONE
    return Program.State.TERMINATED if early else Program.State.COMPLETED


def _complete(program: Program, paper: PaperProgram, by: User, source: str) -> None:
    """Record the end for each mentee by the order of completion; who wrote what about it stayed on paper (п. 7.1)."""
    number = paper.completion.number
    for mentee in program.pairing.participations.filter(part=Participation.Part.MENTEE):
        completion = Completion.objects.create(
            program=program,
            participation=mentee,
            state=Completion.State.REGISTERED,
            reason=paper.reason,
            circumstances=paper.circumstances,
            order_number=number,
            order_date=paper.completion.day,
            ended_on=paper.ended_on,
            created_by=by,
        )
        words = f"завершение внесено {source}: приказ {PaperRef(number, paper.completion.day).number_first}"
        record(completion, "paper", by=by, words=words, target=completion.state, number=number)


def people_complaints(mentor: Person, mentees: Sequence[Person], world: World, *, finished: bool) -> Iterator[str]:
    """Say what stands against these people in one pair or group; ``finished``: it has ended (п. 1.2)."""
    if not mentees:
        yield "Укажите хотя бы одного наставляемого"
    if len({m.pk for m in mentees}) != len(mentees):
        yield "Один наставляемый указан дважды"
    if mentor.pk in {m.pk for m in mentees}:
        yield f"{mentor.short_name}: нельзя быть наставником самому себе"
    for mentee in mentees if not finished else ():
        if mentee.pk in world.engaged:
            yield f"{mentee.short_name}: уже в паре или группе, закреплённой или предложенной"
    for person in (mentor, *mentees):
        if person.pk in world.waiting:
            yield f"{person.short_name}: предложение в банк ждёт решения директора. Сначала решите о нём"
    if mentor.pk not in world.teaching:
        yield f"{mentor.short_name}: наставником может быть только педагогический работник (п. 1.2 Положения)"


def pair_complaints(order: Paper, minutes: Paper, since: date, ended_on: date | None = None) -> Iterator[str]:
    """Say what is wrong with the papers and days of a pair."""
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
    if ended_on and ended_on > today:
        yield "Пара не может быть завершена будущим числом"
    elif ended_on and ended_on < since:
        yield "Пара не может завершиться раньше, чем начала работать"


def program_complaints(paper: PaperProgram, since: date | None) -> Iterator[str]:
    """Say what is wrong with a program of a pair that works together ``since`` the day (п. 1.2, 7.1)."""
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
    elif paper.ended_on and paper.ended_on < max(paper.starts_on, since or paper.starts_on):
        yield "Программа не может завершиться раньше, чем началась"
    if paper.completion.day and paper.completion.day > today:
        yield "Приказ о завершении не может быть датирован будущим днём"
    elif paper.completion.day and paper.order.day and paper.completion.day < paper.order.day:
        yield "Приказ о завершении не может быть раньше приказа об утверждении программы"
    if paper.reason not in ("", "plan", "mentor") and not paper.circumstances.strip():
        yield "Напишите обстоятельства: при таком основании они нужны (п. 7.1)"


def _candidate(person: Person, part: str, order: Paper, by: User, mentees: int, source: str) -> Candidate:
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
        why=f"Внесено {source}",
        capacity_persons=mentees if mentor else None,
        decided_at=timezone.now(),
        decided_by=by,
        on_paper=True,
        order_number=order.number,
        order_date=order.day,
    )
    words = f"запись в банк внесена {source}: приказ {PaperRef(order.number, order.day).number_first}"
    record(candidate, "paper", by=by, words=words, target=candidate.state, number=order.number)
    return candidate


def _main(rows: Iterable[Employment]) -> Employment | None:
    """The main employment if there are several, or None."""
    return next(iter(sorted(rows, key=lambda e: e.kind != "main")), None)
