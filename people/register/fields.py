"""Choosing persons out of thousands by the name: what a list on the page cannot hold."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from mentoring_site.forms import replace_messages
from people.register.models import Person

LISTED = 200
"""So many people are offered as a list; of more, one is found by the name."""
SHOWN = 5


class PersonByNameField(forms.CharField):
    """A person whose name is typed: the beginnings of words are enough while they fit one person only."""

    longest = 300

    def __init__(self, people: QuerySet[Person, Any], **kwargs: Any):
        super().__init__(max_length=self.longest, **kwargs)
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


class PeopleByNameField(PersonByNameField):
    """Several persons whose names are typed, one on a line."""

    widget = forms.Textarea(attrs={"rows": 5})
    longest = 20_000

    def prepare_value(self, value: Any) -> Any:
        """The names of persons or of keys, or what was typed."""
        if isinstance(value, str) or value is None:
            return value
        keys = [getattr(one, "pk", one) for one in value]
        return "\n".join(person.full_name for person in self.people.filter(pk__in=keys).order_by("search", "pk"))

    def clean(self, value: Any) -> list[Person]:  # type: ignore[override]
        """The persons of all lines, each once. Raises ValidationError with every line that is not clear."""
        typed = forms.CharField.clean(self, value)
        found: dict[int, Person] = {}
        unclear: list[str] = []
        for line in filter(None, map(str.strip, typed.splitlines())):
            try:
                person = super().clean(line)
            except forms.ValidationError as error:
                unclear += [f"«{line}»: {sentence}" for sentence in error.messages]
            else:
                found |= {person.pk: person} if person else {}
        if unclear:
            raise forms.ValidationError(unclear)
        return list(found.values())


def offer_people(form: forms.Form, name: str, people: QuerySet[Person, Any]) -> None:
    """Let a field of a form choose among ``people``: from a list, or by the name when the list is long."""
    field: Any = form.fields[name]
    if people.order_by()[: LISTED + 1].count() <= LISTED:
        field.queryset = people
        return
    several = isinstance(field, forms.ModelMultipleChoiceField)
    words = "Фамилия, если нужно — с именем и отчеством"
    by_name = (PeopleByNameField if several else PersonByNameField)(
        people,
        label=field.label,
        required=field.required,
        help_text=f"По одному в строке: {words[0].lower()}{words[1:]}" if several else words,
    )
    vars(by_name)["quiet"] = True
    replace_messages(by_name)
    form.fields[name] = by_name
