"""Letters about pairs and groups: whoever is waited for gets one. A wish is never mentioned in a letter (п. 6.1)."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import timezone

from mentoring_site.mail import send_template
from people.register.models import Person
from people.rights import CHAIR, SECRETARY
from people.roles.letters import address_told
from people.roles.models import RoleGrant
from programs.pairings.models import Pairing

COUNCIL_DECIDES = (CHAIR, SECRETARY)


def holders(*roles: str) -> list[Person]:
    """Return the persons who hold one of the roles today."""
    grants = RoleGrant.objects.live(timezone.localdate()).filter(role__in=roles).select_related("person__user")
    return list({grant.person_id: grant.person for grant in grants}.values())


def write(name: str, persons: Iterable[Person], pairing: Pairing, title: str, *, asks: str = "", **context: Any) -> int:
    """Write the letter ``name`` about a pairing to everybody who has an address; return how many were written."""
    sent = 0
    for person in persons:
        if to := address_told(person):
            about = {
                "person": person,
                "pairing": pairing,
                "title": title,
                "url": settings.SITE_URL + pairing.get_absolute_url(),
            }
            send_template(f"pairing_{name}", to, about | context, person_id=person.pk, asks=asks)
            sent += 1
    return sent
