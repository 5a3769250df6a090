"""Buttons on the page of an assigned pair that change it; with a program the same stands on its tab (п. 4.1, 5.1)."""

from collections.abc import Iterator

from django.urls import reverse

from mentoring_site.ui.elements import Action
from people.accounts.models import User
from people.rights import Right
from programs.changes.dissolution.models import Dissolution
from programs.changes.replacement.models import Replacement
from programs.pairings.models import Pairing, Participation
from programs.program.rules import BEFORE_APPROVAL


def of_pairing(pairing: Pairing, user: User) -> Iterator[Action]:
    """Yield replacement and end for the curator, a petition for a participant."""
    if pairing.state != Pairing.State.ASSIGNED:
        return
    if user.can(Right.PROGRAMS_ACT_FOR_OTHERS):
        yield from _by_order(pairing)
    mine = next((p for p in pairing.people if p.person_id == user.person_id), None)
    if mine:
        mentor = mine.part == Participation.Part.MENTOR
        word = "Попросить о сложении обязанностей" if mentor else "Попросить о замене наставника"
        yield Action("petition", word, reverse("programs:petition_new", args=[pairing.pk]))


def _by_order(pairing: Pairing) -> Iterator[Action]:
    """Yield what changes the pair by an order; what is under way already is opened, not begun once more."""
    replacement = pairing.replacements.filter(state__in=Replacement.OPEN_STATES).first()
    dissolution = pairing.dissolutions.filter(state__in=Dissolution.OPEN_STATES).first()
    if replacement:
        yield Action("replace", "Открыть начатую замену", replacement.get_absolute_url())
    else:
        yield Action("replace", "Заменить наставника", reverse("programs:replacement_new", args=[pairing.pk]))
    if dissolution:
        yield Action("end", "Открыть начатое прекращение", dissolution.get_absolute_url())
        return
    program = pairing.programs.order_by("-pk").first()
    if program is None or program.state in BEFORE_APPROVAL:
        yield Action("end", "Прекратить закрепление", reverse("programs:dissolution_new", args=[pairing.pk]))
