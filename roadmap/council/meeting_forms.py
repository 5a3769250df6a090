"""Forms of a meeting before its minutes: planned, moved, cancelled, held."""

from typing import Any

from django import forms

from mentoring_site.forms import BaseForm, OnceMixin, VersionedMixin
from mentoring_site.paper_numbers import NumberFormField
from people.register.fields import offer_people
from people.register.models import Employment, Person
from programs.pairings.acts import pairing_title
from roadmap.bodies.members import Part, members_on
from roadmap.bodies.models import Body
from roadmap.council import agenda
from roadmap.council.acts import next_number
from roadmap.council.matters import KINDS
from roadmap.council.models import Minutes

LISTED = 40


class WhenForm(BaseForm):
    """The day, the hour and the place."""

    held_on = forms.DateField(label="День заседания")
    held_at = forms.TimeField(label="Начало", required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    place = forms.CharField(label="Место", required=False, max_length=150)


class ReplanForm(VersionedMixin, WhenForm):
    """Another day, hour or place."""


class PlanForm(OnceMixin, WhenForm):
    """Whose meeting, when, and what stands in its agenda."""

    organ = forms.ModelChoiceField(
        Body.objects.none(), label="Чьё заседание", widget=forms.RadioSelect, empty_label=None
    )
    agenda = forms.MultipleChoiceField(
        label="Что ждёт рассмотрения", required=False, widget=forms.CheckboxSelectMultiple
    )
    questions = forms.CharField(
        label="Другие вопросы",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="По одному в строке: «Об итогах полугодия»",
    )
    field_order = ["organ", "held_on", "held_at", "place", "agenda", "questions"]

    def __init__(self, *args: Any, user: Any, place: str, organ: Body | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        bodies = Body.objects.visible_to(user).exclude(kind=Body.Kind.UNION)
        field = self.fields["organ"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = bodies
        self.initial = {"place": place, "organ": organ or bodies.first(), **self.initial}
        self.things: dict[str, Any] = {}
        self._offer("program", agenda.waiting_programs()[:LISTED])
        self._offer("pairing", agenda.waiting_pairings()[:LISTED])
        for kind in KINDS.values():
            self._offer(kind.code, agenda.waiting_matters(kind, user))
        choices = [(key, _words(key, thing)) for key, thing in self.things.items()]
        if choices:
            chosen = self.fields["agenda"]
            assert isinstance(chosen, forms.MultipleChoiceField)
            chosen.choices = choices
        else:
            del self.fields["agenda"]

    def _offer(self, code: str, things: Any) -> None:
        self.things |= {f"{code}-{thing.pk}": thing for thing in things}

    def given(self) -> dict[str, Any]:
        """Return the arguments of the act ``plan``."""
        data = self.cleaned_data
        chosen: dict[str, list[Any]] = {"programs": [], "pairings": [], "matters": []}
        for key in data.get("agenda") or ():
            code = key.partition("-")[0]
            chosen[{"program": "programs", "pairing": "pairings"}.get(code, "matters")].append(self.things[key])
        names = ("held_on", "held_at", "place", "request_key")
        return chosen | {name: data[name] for name in names} | {"questions": data["questions"].splitlines()}


def _words(key: str, thing: Any) -> str:
    code = key.partition("-")[0]
    if code == "program":
        return f"Согласовать программу «{thing.title}»"
    if code == "pairing":
        return f"Рекомендовать: {pairing_title(thing)}"
    return KINDS[code].label(thing)


class CancelForm(BaseForm):
    """Why there will be no meeting."""

    reason = forms.CharField(label="Почему", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class HoldForm(BaseForm):
    """Who was there, who led and who wrote down."""

    chair = forms.ModelChoiceField(Person.objects.none(), label="Председательствующий", empty_label="—")
    secretary = forms.ModelChoiceField(Person.objects.none(), label="Секретарь", empty_label="—")
    present = forms.ModelMultipleChoiceField(
        Person.objects.none(), label="Присутствовали", required=False, widget=forms.CheckboxSelectMultiple
    )
    invited = forms.CharField(
        label="Кто ещё присутствовал", required=False, max_length=1000, help_text="Приглашённые, не члены этого органа"
    )
    absent_words = forms.CharField(label="Почему отсутствовали", required=False, max_length=500)
    number = NumberFormField(label="Номер протокола", required=False)

    def __init__(self, *args: Any, minutes: Minutes, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.members = members_on(minutes.organ, minutes.held_on)
        keys = [member.person.pk for member in self.members]
        employed = Person.objects.filter(employments__in=Employment.objects.current())
        for name in ("chair", "secretary"):
            people = (employed | Person.objects.filter(pk__in=keys)).distinct()
            offer_people(self, name, people.order_by("last_name", "first_name", "pk"))
        if keys:
            field = self.fields["present"]
            assert isinstance(field, forms.ModelMultipleChoiceField)
            field.queryset = Person.objects.filter(pk__in=keys).order_by("last_name", "first_name", "pk")
            field.label_from_instance = lambda person: person.full_name  # type: ignore[method-assign,assignment]
        else:
            del self.fields["present"]
        officers = {member.part: member.person.pk for member in self.members if member.part != Part.MEMBER}
        self.initial = {
            "chair": officers.get(Part.CHAIR),
            "secretary": officers.get(Part.SECRETARY),
            "present": keys,
        }
        following = next_number(minutes.body, minutes.held_on)
        self.fields["number"].help_text = f"Если не указать, будет следующий: № {following}"

    def given(self) -> dict[str, Any]:
        """Return the arguments of the act ``hold``: who of the members was not there is absent."""
        data = dict(self.cleaned_data)
        there = {person.pk for person in data.get("present") or ()}
        absent = [member.person for member in self.members if member.person.pk not in there]
        return {"present": []} | data | {"absent": absent}
