"""The button on the page of an assigned pair that begins its program (п. 5.1)."""

from collections.abc import Iterator

from django.urls import reverse

from mentoring_site.ui.elements import Action
from people.accounts.models import User
from people.rights import Right
from programs.pairings.models import Pairing


def of_pairing(pairing: Pairing, user: User) -> Iterator[Action]:
    """Yield «Составить программу» for its people, curator and council while the pair has none."""
    mine = any(p.person_id == user.person_id for p in pairing.people)
    if pairing.state != Pairing.State.ASSIGNED or pairing.programs.exists():
        return
    if mine or user.can(Right.PROGRAMS_WRITE):
        url = reverse("programs:program_new", args=[pairing.pk])
        yield Action("program", "Составить программу", url, primary=True)
