"""Which programs a user may see: one condition for programs and for everything that belongs to one."""

from django.db.models import Q

from people.promises import Promise


def in_visible_program(user, path: str = "") -> Q:
    """Return the condition for rows whose program the user may see; ``path`` leads to it: ``"program__"``.

    All for director, curator and council; one's own, also after its end, for participants.
    """
    if Promise.PROGRAM.opens_to(user):
        return Q()
    return Q(**{f"{path}pairing__in": user.person.participations.values("pairing")})
