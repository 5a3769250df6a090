"""Choosing one person out of thousands by the name: what a list on the page cannot hold."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from people.register.models import Person

LISTED = 200
"""So many people are offered as a list; of more, one is found by the name."""
SHOWN = 5


class PersonByNameField(forms.CharField):
    """A person whose name is typed: the beginnings of words are enough while they fit one person only."""

    def __init__(self, people: QuerySet[Person, Any], **kwargs: Any):
        super().__init__(max_length=300, **kwargs)
        self.people = people

    def prepare_value(self, value: Any) -> Any:
        """The name of a person or a key, or what was typed."""
        if isinstance(value, int):
            value = self.people.filter(pk=value).first()
        return value.full_name if isinstance(value, Person) else value

    def clean(self, value: Any) -> Person | None:
        """The only person found. Raises ValidationError with the names when there are several."""
        words = super().clean(value)
        if not words:
            return None
        found = list(self.people.found_by(words).order_by("search", "pk")[: SHOWN + 1])  # type: ignore[attr-defined]
        exact = [person for person in found if person.full_name.casefold() == words.casefold()]
        if len(found) == 1 or len(exact) == 1:
            return (exact or found)[0]
        if not found:
            raise forms.ValidationError("Такого человека в списке нет. Проверьте фамилию")
        names = ", ".join(person.full_name for person in found[:SHOWN])
        more = " и другие" if len(found) > SHOWN else ""
        raise forms.ValidationError(f"Нашлось несколько: {names}{more}. Напишите имя полностью")


def person_field(field: forms.Field, people: QuerySet[Person, Any]) -> forms.Field:
    """A field of forms that offers ``people``: the list as it stands, or a search by the name when it is long."""
    if people.order_by()[: LISTED + 1].count() <= LISTED:
        return field
    return PersonByNameField(
        people, label=field.label, required=field.required, help_text="Фамилия, если нужно — с именем и отчеством"
    )
