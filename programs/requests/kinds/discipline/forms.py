"""Forms of a disciplinary case: who and when, what to explain, the explanation, the act, the outcome (ТК 193)."""

from typing import Any

from django import forms
from django.utils import timezone

from mentoring_site.evidence.fields import EvidenceField
from mentoring_site.forms import BaseForm, DateInput
from mentoring_site.paper_numbers import NumberFormField
from people.promises import Promise
from people.register.models import Person
from programs.changes.forms import allow_no_future
from programs.pairings.models import Participation
from programs.program.forms import area
from programs.requests import filing
from programs.requests.forms import DecisionForm, RequestForm
from programs.requests.kinds.discipline.models import Discipline


class DisciplineForm(RequestForm):
    """Which mentee, when and what."""

    deed_on = forms.DateField(label="Когда это было", widget=DateInput)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        allow_no_future(self.fields["deed_on"])
        inside = [p.person for p in filing.people_of(self.subject) if p.part == Participation.Part.MENTEE]
        self.mentees = {person.pk: person for person in inside}
        if len(self.mentees) > 1:
            choices = [(person.pk, person.full_name) for person in self.mentees.values()]
            field = forms.TypedChoiceField(label="О ком", choices=choices, coerce=int, widget=forms.RadioSelect)
            self._add("mentee", field)
        self.order_fields(["author", "mentee", "deed_on", "text", "filed_on"])

    def whom(self) -> Person | None:
        chosen = self.cleaned_data.get("mentee") or next(iter(self.mentees))
        return self.mentees[chosen]

    def columns(self) -> dict[str, Any]:
        person = self.whom()
        return {"about": person.short_name} if person else {}

    def extra(self) -> dict[str, Any]:
        return {"deed_on": self.cleaned_data["deed_on"]}


class DisciplineDecisionForm(DecisionForm):
    """What the worker is to explain; at the end the outcome."""

    never_printed = {"answer", "demand"}
    conditional = {"order_number", "order_date"}
    demand = forms.CharField(label="Что объяснить", max_length=2000, widget=area(3))
    known_on = forms.DateField(label="Когда о проступке узнали Вы", widget=DateInput)
    outcome = forms.ChoiceField(label="Чем закончилось", choices=Discipline.Outcome.choices, widget=forms.RadioSelect)
    order_number = NumberFormField(label="Приказ о взыскании №", required=False)
    order_date = forms.DateField(label="Приказ о взыскании от", widget=DateInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        wanted = {"accept": ("demand", "known_on"), "close": ("outcome", "order_number", "order_date")}
        for name in ("demand", "known_on", "outcome", "order_number", "order_date"):
            if name not in wanted.get(self.verb, ()):
                del self.fields[name]
        if self.verb == "accept":
            self.fields["demand"].help_text = Promise.EXPLANATION.sentence
            self.fields["known_on"].initial = self.asked.filed_on
            self.fields["known_on"].help_text = "От этого дня считают месяц (ТК РФ, ст. 193)"
            allow_no_future(self.fields["known_on"])
        if self.verb == "close":
            allow_no_future(self.fields["order_date"])
            self.fields["order_number"].help_text = "Только если наложено взыскание: приказ издают вне системы"
            self.order_fields(["outcome", "order_number", "order_date", "answer"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("outcome") == Discipline.Outcome.PENALTY:
            for name in ("order_number", "order_date"):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, "Укажите и номер, и дату приказа")
        return said

    def extra(self) -> dict[str, Any]:
        known = ("demand", "known_on", "outcome", "order_number", "order_date")
        return {name: self.cleaned_data[name] for name in known if name in self.fields}


class ExplanationForm(BaseForm):
    """The explanation in one's own words, or a scan; from paper also its date."""

    never_printed = {"text"}
    text = forms.CharField(label="Объяснение", max_length=8000, widget=area(6), required=False)
    explained_on = forms.DateField(label="Дата на бумаге", widget=DateInput, initial=timezone.localdate)
    scan = EvidenceField(label="Скан или снимок", required=False)

    def __init__(self, *args: Any, own: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = Promise.EXPLANATION.sentence
        if own:
            del self.fields["explained_on"]
        else:
            allow_no_future(self.fields["explained_on"])


class RefusalForm(BaseForm):
    """The act that no explanation was given."""

    number = NumberFormField(label="Акт №")
    refused_on = forms.DateField(label="Акт от", widget=DateInput, initial=timezone.localdate)
    scan = EvidenceField(label="Скан акта", required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        allow_no_future(self.fields["refused_on"])
