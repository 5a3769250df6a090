"""Who heads what on a day: director or acting director, curator, chair of the council, clerk (п. 3.3–3.5)."""

from datetime import date

from django.utils import timezone

from people.declined import post_of
from people.models import Person, RoleGrant
from people.roles import ACTING, DIRECTOR


def holder(role: str, on: date | None = None) -> Person | None:
    """Return the person who holds the role on a day (today by default), the latest grant first."""
    grant = (
        RoleGrant.objects.live(on or timezone.localdate())
        .filter(role=role)
        .select_related("person")
        .order_by("-since", "-pk")
        .first()
    )
    return grant.person if grant else None


def signer(on: date | None = None) -> tuple[Person | None, str]:
    """Return who signs orders on a day and as what: the acting director in the given days, else the director."""
    if acting := holder(ACTING, on):
        return acting, "Исполняющий обязанности директора"
    director = holder(DIRECTOR, on)
    if director is None:
        return None, ""
    post = post_of(director) or "директор"
    return director, post[:1].upper() + post[1:]
