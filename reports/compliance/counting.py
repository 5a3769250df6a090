"""Counts the state of every clause of a school year into rows: by the clock, or when somebody asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from mentoring_site.locks import one_at_a_time
from mentoring_site.ui.list_filters import year_now
from reports.compliance.clauses import Clause, actionable
from reports.compliance.declared import DECLARED
from reports.compliance.frameworks import FRAMEWORKS
from reports.compliance.models import ClauseCount, ClauseExemption, ClauseState, facts_of
from reports.compliance.proofs import Found, Proof, Year

State = ClauseState.State
AFTER = 1000
"""Requirements of other laws stand after all clauses."""
HOUR = 4
"""The clock counts in the night."""


@dataclass(frozen=True)
class Counted:
    """What a counting says of one clause."""

    clause: str
    rank: int
    state: str
    who: str
    due: date | None
    facts: list[dict]


def state_of(found: Iterable[Found], today: date, *, may: bool = False) -> tuple[str, date | None]:
    """Return the state that the proofs together make, and the first day by which something more must be there.

    Everything is there: done. Something that is not there had to be: overdue, but for a right, which nobody must use.
    Something is there: partly. Nothing: not yet.
    """
    every = list(found)
    lacking = [one for one in every if not one.is_whole]
    if every and not lacking:
        return State.DONE, None
    due = min((one.due for one in lacking if one.due), default=None)
    if due and due < today and not may:
        return State.OVERDUE, due
    some = any(one.done for one in every)
    return (State.PARTLY if some else State.NOT_YET), None if may else due


def count(number: int, today: date | None = None) -> list[Counted]:
    """Return the states of all clauses and of all other requirements of a school year; nothing is written."""
    today = today or timezone.localdate()
    year = Year.on(number, today)
    exempt = dict(ClauseExemption.objects.filter(year=number, ended_at__isnull=True).values_list("clause", "reason"))
    known: dict[int, Found] = {}
    clauses = actionable()
    found = [_of_clause(clause, year, today, exempt.get(code, ""), known) for code, clause in clauses.items()]
    place = AFTER
    for framework in FRAMEWORKS:
        for one in framework.requirements:
            place += 1
            proofs = [p for code in one.clauses if not exempt.get(code) for p in DECLARED[code].proofs]
            proofs += one.proofs
            found.append(_counted(one.code, place, one.who, proofs, year, today, known))
    return found


def _of_clause(clause: Clause, year: Year, today: date, reason: str, known: dict[int, Found]) -> Counted:
    declared = DECLARED[clause.code]
    if reason:
        fact = {"label": "решение школы", "words": reason, "url": "", "right": "", "whole": False}
        return Counted(clause.code, clause.rank, State.EXEMPT, declared.who, None, [fact])
    return _counted(clause.code, clause.rank, declared.who, declared.proofs, year, today, known, may=clause.is_may)


def _counted(
    code: str,
    rank: int,
    who: str,
    proofs: Iterable[Proof],
    year: Year,
    today: date,
    known: dict[int, Found],
    *,
    may: bool = False,
) -> Counted:
    """Ask the proofs, each once in a counting, and put what they say together."""
    asked = list(dict.fromkeys(proofs))
    answers = []
    for proof in asked:
        if id(proof) not in known:
            known[id(proof)] = proof.found(year)
        answers.append(known[id(proof)])
    facts = [facts_of(answer, proof.label) for proof, answer in zip(asked, answers, strict=True)]
    if asked and all(proof.kind == "principle" for proof in asked):
        return Counted(code, rank, State.PRINCIPLE, who, None, facts)
    state, due = state_of(answers, today, may=may)
    return Counted(code, rank, state, who, due, facts)


@transaction.atomic
def write(number: int, *, by: int | None = None, order: int | None = None) -> int:
    """Count a school year and write down what has changed since the last time; return how many rows were written."""
    one_at_a_time("compliance")
    now = timezone.now()
    counted = count(number)
    last = {row.clause: row for row in ClauseState.objects.filter(year=number).on(timezone.localdate(now))}
    fresh = [
        ClauseState(
            clause=one.clause,
            year=number,
            rank=one.rank,
            state=one.state,
            who=one.who,
            due_on=one.due,
            facts=one.facts,
            counted_at=now,
        )
        for one in counted
        if _has_changed(last.get(one.clause), one)
    ]
    ClauseState.objects.bulk_create(fresh)
    if order:
        ClauseCount.objects.filter(pk=order).update(counted_at=now)
    else:
        ClauseCount.objects.create(year=number, asked_at=now, counted_at=now, asked_by_id=by)
    return len(fresh)


def _has_changed(row: ClauseState | None, one: Counted) -> bool:
    if row is None:
        return True
    was = (row.state, row.who, row.due_on, row.rank, row.facts)
    return was != (one.state, one.who, one.due, one.rank, one.facts)


@task()
def count_year(pk: int) -> int:
    """Count the year of an asked counting; safe to repeat."""
    asked = ClauseCount.objects.filter(pk=pk, counted_at=None).first()
    return write(asked.year, order=asked.pk) if asked else 0


def count_due(now: datetime | None = None) -> int:
    """Count this school year once a night, and what a stopped worker left; return how many countings were made."""
    now = timezone.localtime(now)
    late = ClauseCount.objects.filter(counted_at=None, asked_at__lt=now - timedelta(minutes=15))
    done = sum(1 for pk in list(late.values_list("pk", flat=True)[:3]) if count_year.call(pk) is not None)
    midnight = timezone.make_aware(datetime.combine(now.date(), time()))
    number = year_now()
    if now.hour < HOUR or ClauseCount.objects.filter(year=number, counted_at__gte=midnight).exists():
        return done
    if not ClauseCount.objects.exists():
        return done  # a school that has never asked is not counted behind its back
    write(number)
    return done + 1
