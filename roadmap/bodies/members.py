"""Who sits in a body on a day: of the methodical council the holders of its roles, of others the recorded members."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from people.register.models import Person
from people.rights import CHAIR, COUNCIL, SECRETARY
from people.roles.models import RoleGrant
from roadmap.bodies.models import Body, BodyMember

Part = BodyMember.Part
PART_OF_ROLE = {CHAIR: Part.CHAIR, SECRETARY: Part.SECRETARY, COUNCIL: Part.MEMBER}
RANK = {Part.CHAIR: 0, Part.SECRETARY: 1, Part.MEMBER: 2}


@dataclass(frozen=True)
class Member:
    """A person in a body; ``key`` is that of the recorded membership, None where a role says it."""

    person: Person
    part: Part
    since: date
    until: date | None
    ground: str = ""
    key: int | None = None

    def is_live(self, on: date) -> bool:
        """Whether the person sits in the body on a day."""
        return self.since <= on and (self.until is None or self.until >= on)


def everybody(body: Body) -> list[Member]:
    """Return present and former members, officers first; one query."""
    if body.by_roles:
        grants = RoleGrant.objects.filter(role__in=PART_OF_ROLE).select_related("person__user")
        found = [Member(g.person, PART_OF_ROLE[g.role], g.since, g.until, _order(g)) for g in grants]
    else:
        rows = body.members.select_related("person__user")
        found = [Member(m.person, Part(m.part), m.since, m.until, m.ground, m.pk) for m in rows]
    return sorted(found, key=lambda one: (RANK[one.part], one.person.search, one.since))


def _order(grant: RoleGrant) -> str:
    return f"приказ № {grant.order_number}" if grant.order_number else "роль"


def members_on(body: Body, on: date | None = None) -> list[Member]:
    """Return who sits in the body on a day (today by default), each person once by the highest part."""
    return once(member for member in everybody(body) if member.is_live(on or timezone.localdate()))


def once(members: Iterable[Member]) -> list[Member]:
    """Return each person once: the first of the order given."""
    found: dict[int, Member] = {}
    for member in members:
        found.setdefault(member.person.pk, member)
    return list(found.values())
