"""Who holds which role on a day: director or acting director, curator, chair of the council, clerk (п. 3.3–3.5)."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from people.language.declension import post_of
from people.register.models import Person, main_post
from people.rights import ACTING, DIRECTOR, PRIVILEGED
from people.roles.models import RoleGrant
from people.roles.relations import relation_roles_of


def holders(*roles: str, on: date | None = None) -> dict[str, Person]:
    """Return ``{role: person}`` of those who hold the roles on a day (today by default), the latest grant of each.

    The persons bring their main posts along; one query.
    """
    grants = (
        RoleGrant.objects.live(on or timezone.localdate()).filter(role__in=roles).annotate(post=main_post("person"))
    )
    found = {}
    for grant in grants.select_related("person").order_by("since", "pk"):
        grant.person.main_post = grant.post or ""
        found[grant.role] = grant.person
    return found


def holder(role: str, on: date | None = None) -> Person | None:
    """Return the person who holds the role on a day (today by default), the latest grant first."""
    return holders(role, on=on).get(role)


def signer(on: date | None = None) -> tuple[Person | None, str]:
    """Return who signs orders on a day and as what: the acting director in the given days, else the director."""
    found = holders(ACTING, DIRECTOR, on=on)
    if acting := found.get(ACTING):
        return acting, "Исполняющий обязанности директора"
    director = found.get(DIRECTOR)
    if director is None:
        return None, ""
    post = post_of(director) or "директор"
    return director, post[:1].upper() + post[1:]


def is_privileged(person_id: int) -> bool:
    """Whether a person approves, signs or administers today or will: whose access one asks for and another releases."""
    return RoleGrant.objects.not_ended().filter(person=person_id, role__in=PRIVILEGED).exists()


def privileged_among(person_ids: Iterable[int]) -> set[int]:
    """Return those of whom ``is_privileged`` is true; one query for all."""
    found = RoleGrant.objects.not_ended().filter(person__in=list(person_ids), role__in=PRIVILEGED)
    return set(found.order_by().values_list("person", flat=True))


def roles_of(user) -> frozenset[str]:
    """Return the codes of the roles that the user's person holds today, with those from relations; two queries.

    A closed account holds none.
    """
    if not user.is_active:
        return frozenset()
    granted = RoleGrant.objects.in_force().filter(person=user.person_id).order_by().values_list("role", flat=True)
    return frozenset(granted) | relation_roles_of(user.person_id)
