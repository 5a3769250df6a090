"""Forms of a support: who supports, how, till when; the term moved (roadmap, stage 5)."""

from typing import Any

from django import forms
from django.utils import timezone

from mentoring_site.forms import BaseForm, DateInput
from mentoring_site.russian import add_months
from people.register.fields import offer_people
from people.register.models import Employment, Person
from people.school.models import Organisation
from programs.requests.forms import RequestForm


class SupportForm(RequestForm):
    """Who supports the mentee, how, till when."""

    supporter = forms.ModelChoiceField(Person.objects.none(), label="Кто поддержит", empty_label="выберите")
    until = forms.DateField(label="До какого дня", widget=DateInput)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        own = Employment.objects.current().filter(organisation__kind=Organisation.Kind.OWN)
        people = Person.objects.filter(pk__in=own.values("person"), copied=False)
        others = people.exclude(pk__in=[self.subject.thing.pk, self.user.person_id])
        offer_people(self, "supporter", others.order_by("search"))
        self.fields["supporter"].help_text = "Педагог-психолог, методист, коллега: согласие даёт здесь или на бумаге"
        self.fields["until"].initial = add_months(timezone.localdate(), 2)
        self.order_fields(["supporter", "text", "until"])

    def whom(self) -> Person | None:
        return self.cleaned_data["supporter"]

    def columns(self) -> dict[str, Any]:
        return {"about": self.subject.thing.full_name}

    def extra(self) -> dict[str, Any]:
        return {"mentee": self.subject.thing, "until": self.cleaned_data["until"]}


class ProlongForm(BaseForm):
    """Another last day."""

    until = forms.DateField(label="До какого дня", widget=DateInput)
