"""Who decides where everybody who holds the right is a party (п. 3.3–3.5, 4.1, 5.1; ``mentoring_site/interest.py``).

The curator is answered for by the director, the director by the chair of the council, the council by the director.
"""

from collections.abc import Iterable

from mentoring_site.interest import OTHERS
from mentoring_site.workflow import NotAllowed
from people.rights import ACTING, CHAIR, DIRECTOR, RIGHTS, ROLES, Actor, Right
from people.roles.models import RoleGrant

INSTEAD: dict[Right, tuple[str, ...]] = {
    Right.PETITIONS_DECIDE: (CHAIR,),
    Right.BANKS_APPROVE: (CHAIR,),
    Right.CONSENTS_DESTROY: (CHAIR,),
    Right.PROGRAMS_ENDORSE: (DIRECTOR, CHAIR),
    Right.PROGRAMS_TERM: (DIRECTOR, CHAIR),
    Right.PROGRAMS_ACT_FOR_OTHERS: (DIRECTOR, CHAIR),
    Right.PAIRINGS_ANSWER_FOR_OTHERS: (DIRECTOR, CHAIR),
    Right.PROGRAMS_PUBLISH: (DIRECTOR, CHAIR),
    Right.PROGRAMS_AGREE: (DIRECTOR,),
    Right.PAIRINGS_TOPICS: (DIRECTOR,),
    Right.PAIRINGS_RECOMMEND: (DIRECTOR,),
    Right.PRACTICES_REVIEW: (DIRECTOR,),
    Right.PRACTICES_PUBLISH: (CHAIR,),
}
"""The roles that decide one after another, each where all before are parties."""


def decides_instead(user: Actor, right: Right, parties: Iterable[int | None]) -> bool:
    """Whether the decision falls to the user because nobody impartial holds the right, nor a role before the user's.

    ``parties`` are keys of persons. One query for each user and request.
    """
    chain = INSTEAD[right]
    if not _played(user.roles) & set(chain) or user.person_id in (interested := set(parties)):
        return False
    grants = grants_of_today(user)
    if not (holders := _people(grants, {role for role in ROLES if right in RIGHTS[role]})) or holders - interested:
        return False
    for role in chain:
        if role in _played(user.roles):
            return True
        if _people(grants, {role, ACTING} if role == DIRECTOR else {role}) - interested:
            return False
    return False


def decides(user: Actor, right: Right, parties: Iterable[int | None]) -> bool:
    """Whether the user takes a decision about these people: by the right, or instead of those who hold it."""
    interested = set(parties)
    if user.person_id in interested:
        return False
    return user.can(right) or decides_instead(user, right, interested)


def require_impartial(
    user: Actor,
    right: Right,
    parties: Iterable[int | None],
    *,
    unless: bool = False,
    also: str = "",
    act: str = "",
) -> None:
    """Refuse a user who does not take a decision about these people, nor speaks for one of them. Raises ``NotAllowed``.

    ``unless``, ``also`` and ``act`` as in ``mentoring_site.rights.require``.
    """
    if not unless and not decides(user, right, parties):
        raise NotAllowed(f"{right.refusal(also, act)}, {OTHERS}")


def _played(roles: Iterable[str]) -> set[str]:
    """An acting director decides as the director."""
    return {DIRECTOR if role == ACTING else role for role in roles}


def _people(grants: dict[str, set[int]], roles: Iterable[str]) -> set[int]:
    return set().union(*(grants.get(role, set()) for role in roles))


def grants_of_today(user: Actor) -> dict[str, set[int]]:
    """Who holds which role today, by keys of persons; read once for a user object, that is for a request."""
    if not hasattr(user, "_grants_of_today"):
        found: dict[str, set[int]] = {}
        for role, person in RoleGrant.objects.in_force().order_by().values_list("role", "person"):
            found.setdefault(role, set()).add(person)
        user._grants_of_today = found  # type: ignore[attr-defined]
    return user._grants_of_today  # type: ignore[attr-defined]
