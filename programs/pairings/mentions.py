"""Whom of the participants of all times a free text names (п. 8.1; 152-ФЗ, ст. 10.1)."""

from people.language.mentions import people_named_in
from people.register.models import Person
from programs.pairings.models import Participation


def people_in(text: str) -> list[Person]:
    """Return the participants of all times whom ``text`` names; one query and that of their former names."""
    people = Person.objects.filter(pk__in=Participation.objects.values("person"))
    columns = ("last_name", "first_name", "middle_name", "gender", "former_search")
    return people_named_in(text, people.only(*columns).prefetch_related("former_names"))
