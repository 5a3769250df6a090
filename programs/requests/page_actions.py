"""The way to requests from the page of a pair, and the help that a mentee asks for from the home (п. 2.3, 5.1)."""

from collections.abc import Iterator

from django.urls import reverse

from mentoring_site.ui.elements import Action
from people.accounts.models import User
from programs.pairings.models import Pairing
from programs.requests import filing
from programs.requests.subjects import of_pairing


def of_pairing_page(pairing: Pairing, user: User) -> Iterator[Action]:
    """Yield the button of all that may be asked in the pair."""
    ended = (Pairing.State.ASSIGNED, Pairing.State.DISSOLVED)
    if pairing.state in ended and filing.open_to(of_pairing(pairing), "pairing", user):
        yield Action("requests", "Попросить или предложить", reverse("programs:pairing_requests", args=[pairing.pk]))
