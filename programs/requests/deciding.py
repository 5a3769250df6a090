"""Who decides a request: the first rung of its route on which somebody impartial stands (п. 3.3–3.5, 4.1, 5.1).

An interested person never decides: who asks or is asked about, who takes part in the pair, who has declared an
interest (``mentoring_site/interest.py``, ``interests.py``).
"""

from typing import Any

from people.accounts.models import User
from people.rights import ACTING, DIRECTOR, ROLES, label
from people.roles.department_heads import heads_of
from people.roles.instead import grants_of_today
from people.roles.models import RoleGrant
from programs.requests import registry
from programs.requests.interests import declared
from programs.requests.kinds.base import AUTHOR, HEAD, MENTEE, MENTOR, PAIRING, PERSON, Route, Rung

RELATIONS = {MENTOR: "наставник", PERSON: "тот, кого просят", MENTEE: "наставляемый", HEAD: "заведующий отделением"}


def kind_of(request: Any) -> Any:
    """Return what is declared of the kind of a request."""
    return registry.kind(request.kind)


def route_of(request: Any) -> Route:
    """Return the route that the author has chosen."""
    return kind_of(request).route(request.route)


def related(request: Any, relation: str) -> set[int]:
    """Return the keys of the people who stand in a relation to a request read ``with_requirements()``."""
    if relation == AUTHOR:
        return {request.author_id} - {None}
    if relation == PERSON:
        return {request.person_id} - {None}
    people = request.pairing.people if request.pairing_id else []
    return {p.person_id for p in people if relation in (PAIRING, p.part)}


def parties(request: Any) -> set[int]:
    """Return the keys of those who never decide the request, without those who have declared an interest."""
    return set().union(*(related(request, relation) for relation in route_of(request).parties))


def interested(request: Any, user: User | None = None) -> set[int]:
    """Return the keys of everybody who never decides the request."""
    inside, declarations = parties(request), declared(user)
    return inside.union(*(declarations.get(person, set()) for person in inside))


def holders(request: Any, rung: Rung, user: User | None = None) -> set[int]:
    """Return the keys of all who stand on a rung of the route."""
    found: set[int] = set()
    for name in rung:
        if name in ROLES:
            roles = {name, ACTING} if name == DIRECTOR else {name}
            found |= _holding(roles, user)
        elif name == HEAD:
            found |= heads_of(user).get(request.author_id, set())
        else:
            found |= related(request, name)
    return found


def _holding(roles: set[str], user: User | None) -> set[int]:
    if user is not None:
        grants = grants_of_today(user)
        return set().union(*(grants.get(role, set()) for role in roles))
    return set(RoleGrant.objects.in_force().filter(role__in=roles).order_by().values_list("person", flat=True))


def deciders(request: Any, user: User | None = None) -> tuple[Rung, set[int]]:
    """Return the rung to which the request has come, and who decides there; nobody at all where all are interested."""
    return _first(request, route_of(request).ladder, user)


def preparers(request: Any, user: User | None = None) -> tuple[Rung, set[int]]:
    """Return who prepares the decision: the first impartial rung of that ladder."""
    return _first(request, route_of(request).prepare, user)


def movers(request: Any, user: User | None = None) -> tuple[Rung, set[int]]:
    """Return whose move it is: of those who prepare the decision, then of those who decide."""
    return deciders(request, user) if kind_of(request).is_prepared(request) else preparers(request, user)


def _first(request: Any, ladder: tuple[Rung, ...], user: User | None) -> tuple[Rung, set[int]]:
    barred = interested(request, user)
    for rung in ladder:
        if found := holders(request, rung, user) - barred:
            return rung, found
    return (), set()


def moves(request: Any, user: User) -> bool:
    """Whether the move is the user's now."""
    return user.person_id in movers(request, user)[1]


def decides(request: Any, user: User) -> bool:
    """Whether the user decides the request now."""
    return user.person_id in deciders(request, user)[1]


def rung_words(rung: Rung) -> str:
    """«куратор», «куратор или директор»; what stands there when all are interested."""
    names = [label(name) if name in ROLES else RELATIONS[name] for name in rung]
    return " или ".join(names) or "никто из школы: все заинтересованы"
