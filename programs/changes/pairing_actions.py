"""Buttons on the page of an assigned pair that change it; with a program the same stands on its tab (п. 4.1, 5.1)."""

from collections.abc import Iterator

from django.urls import reverse

from mentoring_site.ui.elements import Action
from people.accounts.models import User
from people.rights import Right
from programs.pairings.models import Pairing, Participation
from programs.program.rules import BEFORE_APPROVAL


def of_pairing(pairing: Pairing, user: User) -> Iterator[Action]:
    """Yield replacement and end for the curator, a petition for a participant."""
    if pairing.state != Pairing.State.ASSIGNED:
        return
    if user.can(Right.PROGRAMS_ACT_FOR_OTHERS):
        yield Action("replace", "Заменить наставника", reverse("programs:replacement_new", args=[pairing.pk]))
        program = pairing.programs.order_by("-pk").first()
        if program is None or program.state in BEFORE_APPROVAL:
            yield Action("end", "Прекратить закрепление", reverse("programs:dissolution_new", args=[pairing.pk]))
    mine = next((p for p in pairing.people if p.person_id == user.person_id), None)
    if mine:
        mentor = mine.part == Participation.Part.MENTOR
        word = "Попросить о сложении обязанностей" if mentor else "Попросить о замене наставника"
        yield Action("petition", word, reverse("programs:petition_new", args=[pairing.pk]))
