"""Who reads what was written about one mentee (п. 1.3, подп. 4).

In a group another mentee reads nothing of it; a mentor who was replaced reads nothing more. Only who records for
others reads everything whatever part they take themselves.
"""

from django.db.models import Exists, OuterRef, Q

from people.rights import Right
from programs.pairings.models import present


def readable(user, *, own: Q, program: str, day: str = "") -> Q:
    """Return the condition for rows about one mentee that the user may read.

    ``own`` says which rows are about the user, ``program`` is the path from a row to its programme. Whether the
    programme itself is visible is asked apart. With ``day`` (a lookup of the row) a mentor who was replaced still reads
    the rows of the days when one led the programme: the archive of one's own time.
    """
    from programs.pairings.models import Participation

    if user.can(Right.PROGRAMS_ACT_FOR_OTHERS):
        return Q()
    pairing = OuterRef(f"{program}__pairing")
    among_mentees = Exists(Participation.objects.filter(person=user.person_id, part="mentee", pairing=pairing))
    if user.can(Right.PROGRAMS_SEE_ALL):
        return own | Q(~among_mentees)
    leads = Q(Exists(present().filter(person=user.person_id, part="mentor", pairing=pairing)))
    if day:
        then = Q(since__isnull=True) | Q(since__lte=OuterRef(day))
        led = Participation.objects.filter(
            then, person=user.person_id, part="mentor", pairing=pairing, until__gte=OuterRef(day)
        )
        leads |= Q(Exists(led))
    return own | (leads & Q(~among_mentees))


def reads_all(program, user, sides) -> bool:
    """Whether the user reads what was written about every mentee; ``sides`` are all participations of the pairing."""
    if user.can(Right.PROGRAMS_ACT_FOR_OTHERS):
        return True
    mine = [p for p in sides if p.person_id == user.person_id]
    if any(p.part == "mentee" for p in mine):
        return False
    if user.can(Right.PROGRAMS_SEE_ALL):
        return True
    return any(p.until is None or p.until == program.pairing.ended_on for p in mine)
