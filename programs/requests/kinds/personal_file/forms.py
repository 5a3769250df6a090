"""Forms of access to a personal file: whose, which parts, for how long; the decision; a look (п. 4.1)."""

from typing import Any

from django import forms
from django.utils import timezone

from mentoring_site.forms import BaseForm, DateInput, OnceMixin
from people.register.models import Person
from programs.changes.forms import allow_no_future
from programs.pairings.models import Participation
from programs.requests import filing
from programs.requests.forms import DecisionForm, RequestForm
from programs.requests.kinds.personal_file.models import DAYS, PARTS, FileAccess


def parts_field(codes: Any, label: str) -> forms.MultipleChoiceField:
    """Return the choice of parts of a personal file."""
    choices = [(code, words[:1].upper() + words[1:]) for code, words in PARTS.items() if code in codes]
    return forms.MultipleChoiceField(label=label, choices=choices, widget=forms.CheckboxSelectMultiple)


class PersonalFileForm(RequestForm):
    """Whose file, which parts, what for and for how many days."""

    parts = parts_field(PARTS, "Что нужно посмотреть")
    days = forms.IntegerField(label="На сколько дней", min_value=DAYS[0], max_value=DAYS[1], initial=5)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        mentees = [p.person for p in filing.people_of(self.subject) if p.part == Participation.Part.MENTEE]
        if len(mentees) != 1:
            choices = [(person.pk, person.full_name) for person in mentees]
            field = forms.TypedChoiceField(label="Чьё личное дело", choices=choices, coerce=int)
            field.widget = forms.RadioSelect(choices=choices)
            self._add("mentee", field)
        self.mentees = {person.pk: person for person in mentees}
        self.order_fields(["mentee", "parts", "text", "days"])

    def whom(self) -> Person | None:
        only = next(iter(self.mentees.values()))
        return self.mentees[self.cleaned_data["mentee"]] if "mentee" in self.fields else only

    def columns(self) -> dict[str, Any]:
        person = self.whom()
        return {"about": f"личное дело: {person.short_name}"} if person else {}

    def extra(self) -> dict[str, Any]:
        return {"parts": self.cleaned_data["parts"], "days": self.cleaned_data["days"]}


class PersonalFileDecisionForm(DecisionForm):
    """The director may open fewer parts and for other days than was asked."""

    parts = parts_field(PARTS, "Разрешить посмотреть")
    days = forms.IntegerField(label="На сколько дней, считая сегодняшний", min_value=DAYS[0], max_value=DAYS[1])

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.verb != "accept":
            del self.fields["parts"], self.fields["days"]
            return
        access = FileAccess.objects.get(request=self.asked)
        asked = parts_field(access.parts, self.fields["parts"].label)
        asked.initial = access.parts
        self._replace("parts", asked)
        self.fields["days"].initial = access.days

    def _replace(self, name: str, field: forms.Field) -> None:
        self.fields[name] = field
        self.prepare(name, field)

    def extra(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("parts", "days") if name in self.fields}


class LookForm(OnceMixin, BaseForm):
    """A look at the paper: the day and the parts."""

    looked_on = forms.DateField(label="Когда", widget=DateInput, initial=timezone.localdate)
    note = forms.CharField(label="Примечание", max_length=300, required=False)

    def __init__(self, *args: Any, parts: list[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["parts"] = parts_field(parts, "Что посмотрел наставник")
        self.prepare("parts", self.fields["parts"])
        self.order_fields(["looked_on", "parts", "note"])
        allow_no_future(self.fields["looked_on"])
