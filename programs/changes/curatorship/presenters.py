"""The button that hands a program over to another curator."""

from django.urls import reverse

from mentoring_site.ui.elements import Action
from people.accounts.models import User
from programs.changes.curatorship.acts import HANDED_OVER, may_hand_over
from programs.program.models import Program


def offer(program: Program, user: User) -> Action | None:
    """Return the button for a curator outside the program and for the director."""
    if program.state not in HANDED_OVER or not may_hand_over(program, user):
        return None
    return Action("curator", "Передать другому куратору", reverse("programs:curator_new", args=[program.pk]))
