"""Forms of incentives: whom, for what, by which measures; the decision with the words of the order (п. 3.5, 4.2)."""

from typing import Any

from django import forms
from django.db.models import Q

from mentoring_site.forms import DateInput
from mentoring_site.paper_numbers import NumberFormField
from people.register.fields import offer_people
from people.register.models import Employment, Person
from people.rights import Right
from people.school.models import Organisation
from programs.catalogs.models import IncentiveMeasure
from programs.changes.forms import allow_no_future
from programs.pairings.models import Participation
from programs.program.forms import area
from programs.requests import council_minutes, filing
from programs.requests.forms import DecisionForm, RequestForm
from programs.requests.kinds.incentives.models import IncentiveWish

TYPED = "typed"


def measures_field(label: str, also: Any = ()) -> forms.MultipleChoiceField:
    """Return the choice of measures of the school's list, with those that were chosen before."""
    known = IncentiveMeasure.objects.filter(Q(is_open=True) | Q(code__in=list(also)))
    choices = [(one.code, one.name) for one in known]
    return forms.MultipleChoiceField(label=label, choices=choices, widget=forms.CheckboxSelectMultiple)


def works_here(person: Person) -> bool:
    """Whether the school is the person's employer: an order honors nobody else (ТК 191)."""
    own = Employment.objects.current().filter(organisation__kind=Organisation.Kind.OWN)
    return own.filter(person=person).exists()


class EncouragementForm(RequestForm):
    """A mentee of the pair or a colleague, for what, by which measures."""

    honored = forms.ModelChoiceField(Person.objects.none(), label="Кого поощрить", empty_label="выберите")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._add("measures", measures_field("Как"))
        inside = [p for p in filing.people_of(self.subject) if p.part == Participation.Part.MENTEE]
        own = Employment.objects.current().filter(organisation__kind=Organisation.Kind.OWN)
        known = Q(pk__in=own.values("person")) | Q(pk__in=[p.person_id for p in inside])
        people = Person.objects.filter(known, copied=False).exclude(pk=self.user.person_id if self.own else 0)
        self.fields["honored"].initial = inside[0].person_id if len(inside) == 1 else None
        offer_people(self, "honored", people.order_by("search"))
        self.order_fields(["author", "honored", "text", "measures", "filed_on"])

    def whom(self) -> Person | None:
        return self.cleaned_data["honored"]

    def columns(self) -> dict[str, Any]:
        return {"about": self.cleaned_data["honored"].full_name}

    def extra(self) -> dict[str, Any]:
        return {"measures": self.cleaned_data["measures"]}


class MentorIncentiveForm(RequestForm):
    """For what the mentor is to be honored, by which measures, on which minutes of the council."""

    conditional = {"minutes_number", "minutes_date"}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        mentors = [p for p in filing.people_of(self.subject) if p.part == Participation.Part.MENTOR]
        pairing = self.subject.pairing
        assert pairing is not None  # the kind is about a pair
        everybody = [p for p in pairing.people if p.part == Participation.Part.MENTOR]
        self.mentor = (mentors or everybody)[-1].person
        self._add("measures", measures_field("Как"))
        self.offers = {one.key: one for one in council_minutes.offered(self.user)}
        choices = [*((key, one.name) for key, one in self.offers.items()), (TYPED, "Другой протокол, на бумаге")]
        minutes = forms.ChoiceField(label="Протокол методического совета", choices=choices, widget=forms.RadioSelect)
        minutes.initial = choices[0][0]
        self._add("minutes", minutes)
        self._add("minutes_number", NumberFormField(label="Номер другого протокола", required=False))
        self._add("minutes_date", forms.DateField(label="Дата другого протокола", widget=DateInput, required=False))
        allow_no_future(self.fields["minutes_date"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("minutes") == TYPED:
            for name in ("minutes_number", "minutes_date"):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, "Укажите и номер, и дату протокола")
        return said

    def whom(self) -> Person | None:
        return self.mentor

    def columns(self) -> dict[str, Any]:
        return {"about": self.mentor.full_name}

    def extra(self) -> dict[str, Any]:
        said = self.cleaned_data
        chosen = self.offers.get(said["minutes"])
        return {
            "measures": said["measures"],
            "minutes": chosen.key if chosen else "",
            "minutes_number": chosen.number if chosen else said["minutes_number"],
            "minutes_date": chosen.held_on if chosen else said["minutes_date"],
        }


class IncentiveDecisionForm(DecisionForm):
    """The answer, and the draft of the order that acceptance prepares."""

    conditional = {"merit", "amount"}
    order = forms.BooleanField(label="Подготовить проект приказа", required=False, initial=True)
    merit = forms.CharField(
        label="За что, словами приказа",
        max_length=500,
        required=False,
        widget=area(2),
        help_text="Начните с «за»: за успешный открытый урок",
    )
    amount = forms.CharField(
        label="Размер премии",
        max_length=200,
        required=False,
        help_text="Словами, как войдёт в приказ: «в размере 5 000 рублей»",
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        drafts = self.user is None or self.user.can(Right.ORDERS_DRAFT)
        if self.verb != "accept" or self.asked.person is None or not works_here(self.asked.person) or not drafts:
            del self.fields["order"], self.fields["merit"], self.fields["amount"]
            return
        wish = IncentiveWish.objects.get(request=self.asked)
        field = measures_field("Как поощрить", wish.measures)
        field.initial = wish.measures
        self.fields["measures"] = field
        self.prepare("measures", field)
        self.order_fields(["answer", "measures", "order", "merit", "amount"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("order"):
            return said
        merit = said.get("merit", "").strip()
        if not merit.lower().startswith("за "):
            self.add_error("merit", "Начните с «за»: эти слова войдут в приказ")
        material = IncentiveMeasure.objects.filter(code__in=said.get("measures") or (), is_material=True)
        if material.exists() and not said.get("amount", "").strip():
            self.add_error("amount", "Напишите размер премии: он войдёт в приказ")
        return said

    def extra(self) -> dict[str, Any]:
        known = ("order", "measures", "merit", "amount")
        return {name: self.cleaned_data[name] for name in known if name in self.fields}
