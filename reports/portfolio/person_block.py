"""The way to the portfolio from the page of a person who has been a mentor."""

from django.urls import reverse

from people.accounts.models import User
from people.profile.blocks import Block
from people.register.models import Person
from people.rights import Right
from reports.portfolio.presenters import as_mentor


def block(user: User, person: Person) -> Block | None:
    """Return the link for those who may open the portfolio of a mentor; None for others."""
    may = person.pk == user.person_id or user.can(Right.PROGRAMS_SEE_ALL)
    if not may or not as_mentor(person).exists():
        return None
    return Block("reports/portfolio/person_block.html", {"url": reverse("reports:portfolio", args=[person.pk])})
