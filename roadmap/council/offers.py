"""Signed minutes of the methodical council that requests may rest on (``programs/requests/council_minutes.py``)."""

from datetime import timedelta

from django.utils import timezone

from mentoring_site.russian import NBSP, rudate
from people.accounts.models import User
from programs.requests.council_minutes import MinutesOffer
from roadmap.council.models import COUNCIL, Minutes

RECENT = timedelta(days=365)
AT_MOST = 6


def signed(user: User) -> list[MinutesOffer]:
    """Return the latest signed minutes of the council that the user may read."""
    found = Minutes.objects.visible_to(user).filter(body=COUNCIL, state=Minutes.State.SIGNED)
    recent = found.filter(held_on__gte=timezone.localdate() - RECENT).order_by("-held_on", "-pk")
    return [
        MinutesOffer(f"minutes:{one.pk}", one.number, one.held_on, f"№{NBSP}{one.number} от {rudate(one.held_on)}", one)
        for one in recent[:AT_MOST]
    ]
