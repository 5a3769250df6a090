"""Who may take over from a mentor, or stand in for one who refused: the kept second mentor first (п. 4.1, 5.1, 6.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from people.accounts.models import User
from people.banks.models import Candidate
from programs.pairings import pool
from programs.pairings.matching import Fit
from programs.pairings.models import Pairing, Participation
from programs.pairings.variants import Variant

SHOWN = 3


@dataclass(frozen=True)
class Successor:
    """A mentor who has places for all mentees of a pair; ``kept`` when the pair was chosen with this one in reserve."""

    fit: Fit
    kept: bool


def successors(user: User, pairing: Any, but: int | None = None) -> list[Successor]:
    """Return mentors for the mentees of a pair, the kept ones first, without the present mentor.

    ``but`` is a person who is passed by besides. Only who is free and whom nothing forbids.
    """
    people = list(pairing.people)
    led = [p for p in people if p.part == Participation.Part.MENTEE and p.candidate_id]
    out = {p.person_id for p in people} | {but}
    if not led:
        return []
    found = Candidate.objects.filter(pk__in=[p.candidate_id for p in led])
    mentees = list(pool.with_statements(found))
    known = pool.pool_of(user, mentees, pool.mentors(near=mentees, at_most=pool.AT_ONCE))
    seconds = {p.second_id for p in led if p.second_id}
    fits = [fit for fit in pool.ranked(known, known.mentees) if fit.mentor.person not in out and _can(fit)]
    rows = [Successor(fit, fit.mentor.pk in seconds) for fit in fits]
    return sorted(rows, key=lambda one: not one.kept)[:SHOWN]


def _can(fit: Fit) -> bool:
    return fit.mentor.places(fit.pool.rules) >= len(fit.mentees) and not fit.bars


def seconds_of(user: User, chosen: Mapping[int, int]) -> dict[int, int]:
    """Return a second mentor by mentee (keys of candidates) for pairs about to be proposed, where there is one.

    Reserved out of the places that the whole set leaves free.
    """
    found = Candidate.objects.filter(pk__in=chosen)
    school = pool.pool_of(user, list(pool.with_statements(found)), pool.mentors(at_most=pool.AT_ONCE))
    places = {mentor.pk: column for column, mentor in enumerate(school.mentors)}
    columns = [places.get(chosen[mentee.pk], -1) for mentee in school.mentees]
    made = Variant(school, school.scores(), columns)
    pairs = zip(school.mentees, made.seconds, strict=True)
    return {mentee.pk: school.mentors[column].pk for mentee, column in pairs if column >= 0}


def is_open_to_others(pairing: Pairing) -> bool:
    """Whether the mentees of a closed proposal wait for somebody else."""
    if pairing.state not in Pairing.CLOSED_STATES:
        return False
    mentees = [p.candidate_id for p in pairing.people if p.part == Participation.Part.MENTEE and p.candidate_id]
    return bool(mentees) and pool.free_mentees().filter(pk__in=mentees).count() == len(mentees)
