"""The form of an order whose substance is typed with it: its kind adds fields (``order_kinds/<kind>/form.py``)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import QuerySet

from mentoring_site.forms import BaseForm, Many
from mentoring_site.workflow import Complaint
from people.register.fields import offer_people
from people.register.models import Employment, Person
from reports.orders.order_kinds.typed import Particulars, TypedDraft


def staff() -> QuerySet[Person]:
    """Return those who work in the school today."""
    own = Employment.objects.current().filter(organisation__kind="own")
    return Person.objects.filter(pk__in=own.values("person"), copied=False).order_by("search")


@dataclass(frozen=True)
class FormPart:
    """Fields that stand together under a heading; ``folded`` ones are closed until something is typed into them."""

    heading: str
    names: tuple[str, ...]
    folded: bool = False


class PersonField(forms.ModelChoiceField):
    """One person of the staff."""

    def __init__(self, label: str, **kwargs):
        empty = "выберите" if kwargs.get("required", True) else "не выбрано"
        super().__init__(Person.objects.none(), label=label, empty_label=empty, **kwargs)

    def label_from_instance(self, person):
        return person.full_name


class PeopleField(forms.ModelMultipleChoiceField):
    """Several persons of the staff."""

    def __init__(self, label: str, **kwargs):
        super().__init__(Person.objects.none(), label=label, widget=Many, **kwargs)

    def label_from_instance(self, person):
        return person.full_name


class TypedOrderForm(BaseForm):
    """Parent of all: a hidden key against double presses, the version of a draft, and persons to choose from.

    ``draft_class`` are the particulars whose fields the form's fields are named after; ``people`` are the parts of
    persons with the field of each; ``council`` forms ask for the minutes of a council; ``parts`` divide a long form.
    """

    request_key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    draft_class: type[TypedDraft] = TypedDraft
    people: dict[str, str] = {}
    council = False
    parts: tuple[FormPart, ...] = ()

    def __init__(self, *args, proposal=None, version: int | None = None, **kwargs):
        initial = self.initial_of(proposal) if proposal else {}
        given = kwargs.pop("initial", {})
        super().__init__(*args, initial={"request_key": uuid4(), **initial, "version": version, **given}, **kwargs)
        people = staff()
        for name, field in list(self.fields.items()):
            if isinstance(field, PersonField | PeopleField):
                offer_people(self, name, people)

    @classmethod
    def initial_from(cls, address) -> dict[str, Any]:
        """Return what the address of a new order fills in (``request.GET``)."""
        return {}

    @classmethod
    def initial_of(cls, proposal) -> dict[str, Any]:
        """Return the initial values of a proposal that is being changed."""
        found = dict(vars(proposal.draft))
        for part, name in cls.people.items():
            persons = [p.pk for p in proposal.people_as(part)]
            found[name] = persons if isinstance(cls.base_fields[name], PeopleField) else next(iter(persons), None)
        return found | {"minutes_number": proposal.minutes_number, "minutes_date": proposal.minutes_date}

    @classmethod
    def closed(cls) -> Complaint | None:
        """Return why no such order can be composed now and where to remove the reason; None when it can."""
        return None

    def clean(self):
        data = super().clean()
        if self.council and bool(data.get("minutes_number")) != bool(data.get("minutes_date")):
            name = "minutes_date" if data.get("minutes_number") else "minutes_number"
            if name not in self.errors:
                self.add_error(name, "Укажите и номер, и дату протокола")
        return data

    def shown_parts(self) -> Iterator[dict[str, Any]]:
        """Yield the parts as the page takes them: heading, fields, whether it is a fold and whether it is open."""
        for part in self.parts:
            fields = [self[name] for name in part.names]
            filled = any(field.errors or field.value() for field in fields)
            yield {"heading": part.heading, "fields": fields, "folded": part.folded, "open": filled}

    def draft(self) -> TypedDraft:
        """Return the particulars of a valid form."""
        return self.draft_class.parse(self.cleaned_data)

    def persons(self) -> dict[str, list[Person]]:
        """Return the chosen persons by part."""
        return {part: _listed(self.cleaned_data.get(name)) for part, name in self.people.items()}

    def particulars(self) -> Particulars:
        """Return what ``drafting.proposals.propose`` takes."""
        number, day = self.cleaned_data.get("minutes_number") or "", self.cleaned_data.get("minutes_date")
        return Particulars(self.draft(), self.persons(), minutes_number=number, minutes_date=day)


def _listed(chosen) -> list[Person]:
    if isinstance(chosen, Person):
        return [chosen]
    return list(chosen or ())
