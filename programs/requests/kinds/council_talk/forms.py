"""Forms of a talk with the council: with whom it is, the invitation, what came of it (п. 3.5)."""

from typing import Any

from django import forms
from django.utils import timezone

from mentoring_site.forms import BaseForm, DateInput, DateTimeInput
from people.register.models import Person
from programs.changes.forms import allow_no_future
from programs.program.forms import area
from programs.requests import filing
from programs.requests.forms import DecisionForm, RequestForm
from programs.requests.kinds.council_talk.acts import mediators


class MediationForm(RequestForm):
    """With whom the talk is to be, where there are several."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.others = {p.person_id: p.person for p in filing.people_of(self.subject)}
        if self.own:
            self.others.pop(self.user.person_id, None)
        if len(self.others) > 1:
            choices = [(person.pk, person.full_name) for person in self.others.values()]
            field = forms.TypedChoiceField(label="С кем", choices=choices, coerce=int, widget=forms.RadioSelect)
            self._add("other", field)
        self.order_fields(["author", "other", "text", "filed_on"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if "other" in self.fields and said.get("author") and said.get("author") == said.get("other"):
            self.add_error("other", "Выберите другого человека")
        return said

    def whom(self) -> Person | None:
        chosen = self.cleaned_data.get("other") or next(iter(self.others), None)
        return self.others.get(chosen) if chosen else None


class InvitationFields(forms.Form):
    """Who leads the talk, when and where."""

    mediator = forms.ModelChoiceField(Person.objects.none(), label="Кто ведёт беседу", empty_label="выберите")
    meets_at = forms.DateTimeField(label="Когда", widget=DateTimeInput)
    place = forms.CharField(label="Где", max_length=200, help_text="Кабинет, корпус или ссылка на встречу")

    def offer_mediators(self, asked: Any) -> None:
        """Let a member of the council be chosen whom the case does not concern."""
        field: Any = self.fields["mediator"]
        field.queryset = Person.objects.filter(pk__in=mediators(asked)).order_by("search")
        field.label_from_instance = lambda person: person.full_name
        field.help_text = "Член методического совета. Тех, кого дело касается, в списке нет"

    def invitation(self) -> dict[str, Any]:
        """Return what the act takes, of a valid form."""
        said: Any = self.cleaned_data
        return {name: said[name] for name in ("mediator", "meets_at", "place")}


class TalkDecisionForm(InvitationFields, DecisionForm):
    """The invitation; a refusal and the end have only their words."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.verb == "accept":
            self.offer_mediators(self.asked)
        else:
            for name in ("mediator", "meets_at", "place"):
                del self.fields[name]

    def extra(self) -> dict[str, Any]:
        return self.invitation() if self.verb == "accept" else {}


class MoveForm(InvitationFields, BaseForm):
    """Another day, place or mediator."""

    def __init__(self, *args: Any, asked: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.offer_mediators(asked)


class HeldForm(BaseForm):
    """What came of the talk."""

    never_printed = {"result"}
    held_on = forms.DateField(label="Когда прошла беседа", widget=DateInput, initial=timezone.localdate)
    reached = forms.TypedChoiceField(
        label="Договорились?",
        choices=[("yes", "да, договорённость ниже"), ("no", "нет")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    result = forms.CharField(max_length=4000, widget=area(5))

    def __init__(self, *args: Any, mediation: bool, readers: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["result"].label = "О чём договорились, или почему нет" if mediation else "Что посоветовал совет"
        self.fields["result"].help_text = readers
        if not mediation:
            del self.fields["reached"]
        allow_no_future(self.fields["held_on"])
