"""What several forms of programs share: text areas and the choice of the responsible curator."""

from django import forms

from people.register.models import Person
from people.roles.models import RoleGrant


def area(rows):
    """Return a text area of so many rows."""
    return forms.Textarea(attrs={"rows": rows})


def curators():
    """Return the persons who may be responsible for a program: those with the curator's role today."""
    return Person.objects.at_work().filter(pk__in=RoleGrant.objects.live().filter(role="curator").values("person"))
