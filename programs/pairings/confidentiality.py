"""Who reads what was written about one mentee (п. 1.3, подп. 4).

In a group another mentee reads nothing of it; a mentor who was replaced reads nothing more. Only who records for
others reads everything whatever part they take themselves.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q

from people.accounts.models import User
from people.rights import Right
from programs.pairings.models import Participation, present


def readable(user: User, *, own: Q, program: str, day: str = "") -> Q:
    """Return the condition for rows about one mentee that the user may read.

    ``own`` says which rows are about the user, ``program`` is the path from a row to its program. Whether the
    program itself is visible is asked apart. With ``day`` (a lookup of the row) a mentor who was replaced still reads
    the rows of the days when one led the program: the archive of one's own time.
    """
    if user.can(Right.PROGRAMS_ACT_FOR_OTHERS):
        return Q()
    pairing, part = OuterRef(f"{program}__pairing"), Participation.Part
    among_mentees = Exists(Participation.objects.filter(person=user.person_id, part=part.MENTEE, pairing=pairing))
    if user.can(Right.PROGRAMS_SEE_ALL):
        return own | Q(~among_mentees)
    leads = Q(Exists(present().filter(person=user.person_id, part=part.MENTOR, pairing=pairing)))
    if day:
        then = Q(since__isnull=True) | Q(since__lte=OuterRef(day))
        led = Participation.objects.filter(
            then, person=user.person_id, part=part.MENTOR, pairing=pairing, until__gte=OuterRef(day)
        )
        leads |= Q(Exists(led))
    return own | (leads & Q(~among_mentees))


def reads_all(program: Any, user: User, sides: Iterable[Participation]) -> bool:
    """Whether the user reads what was written about every mentee; ``sides`` are all participations of the pairing."""
    if user.can(Right.PROGRAMS_ACT_FOR_OTHERS):
        return True
    mine = [p for p in sides if p.person_id == user.person_id]
    if any(p.part == Participation.Part.MENTEE for p in mine):
        return False
    if user.can(Right.PROGRAMS_SEE_ALL):
        return True
    return any(p.until is None or p.until == program.pairing.ended_on for p in mine)
