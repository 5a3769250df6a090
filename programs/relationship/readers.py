"""Who reads the answers: the curator, and where every curator takes part in the pair, the next of the ladder.

As in requests: curator, director, chair of the council. Nobody who takes or took part in the pair, or has declared an
interest, reads the answer of another.
"""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from people.accounts.models import User
from people.register.models import Person
from people.rights import ACTING, CHAIR, CURATOR, DIRECTOR
from people.roles.instead import grants_of_today
from people.roles.models import RoleGrant
from programs.pairings.models import Pairing, Participation
from programs.requests.interests import Interest

LADDER: tuple[tuple[str, ...], ...] = ((CURATOR,), (DIRECTOR, ACTING), (CHAIR,))
NOTHING = Q(pk__in=[])


def _barred(person: int) -> Q:
    """Return the condition of answers of pairs in which the person takes or took part, or has an interest."""
    inside = Participation.objects.filter(pairing=OuterRef("program__pairing"))
    about = Interest.objects.in_force().filter(person=person).values("about")
    return Q(Exists(inside.filter(person=person))) | Q(Exists(inside.filter(person__in=about)))


def is_on_ladder(user: User) -> bool:
    """Whether a role of the user ever reads answers of others; costs no query."""
    return any(set(rung) & user.roles for rung in LADDER)


def reads(user: User) -> Q:
    """Return the condition of answers of others that the user reads."""
    found, earlier = NOTHING, Q()
    rungs = [n for n, rung in enumerate(LADDER) if set(rung) & user.roles]
    for n, rung in enumerate(LADDER[: rungs[-1] + 1] if rungs else ()):
        if n in rungs:
            found |= ~_barred(user.person_id) & earlier
        if n < rungs[-1]:
            for person in sorted(_holding(rung, user)):
                earlier &= _barred(person)
    return found


def _holding(rung: Iterable[str], user: User) -> set[int]:
    grants = grants_of_today(user)
    return set().union(*(grants.get(role, set()) for role in rung))


def readers_of(pairing: Pairing) -> list[Person]:
    """Return the people who read the answers of a pair today; nobody where all are interested."""
    inside = set(pairing.participations.values_list("person", flat=True))
    about = Interest.objects.in_force().filter(about__in=inside)
    barred = inside | set(about.values_list("person", flat=True))
    for rung in LADDER:
        grants = RoleGrant.objects.in_force().filter(role__in=rung).exclude(person__in=barred).values("person")
        if people := list(Person.objects.filter(pk__in=grants).select_related("user").order_by("last_name", "pk")):
            return people
    return []
