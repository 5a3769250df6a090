"""Forms of a release: what falls on lessons, the request, the lessons and the confirmation of continuity (п. 1.4)."""

from typing import Any

from django import forms
from django.utils import timezone

from mentoring_site.forms import BaseForm, DateInput, TimeInput, VersionedMixin
from mentoring_site.formsets import formset
from people.register.models import Employment, Person
from people.school.models import Organisation
from programs.changes.forms import allow_no_future
from programs.program.models import Activity
from programs.requests.forms import RequestForm
from programs.requests.kinds.release.acts import MOST_LESSONS, LessonRow
from programs.requests.kinds.release.models import LessonTime, Release

LATER = "Конец должен быть позже начала"


def _no_past(field: forms.Field) -> None:
    field.widget.attrs["min"] = timezone.localdate().isoformat()


class LessonTimeForm(BaseForm):
    """Whose lessons, which day, from when to when."""

    day = forms.DateField(label="Какой день", widget=DateInput)
    starts = forms.TimeField(label="С какого часа", widget=TimeInput)
    ends = forms.TimeField(label="До какого часа", widget=TimeInput)

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.people = {person.pk: person for person in people}
        _no_past(self.fields["day"])
        if len(people) > 1:
            field = forms.TypedChoiceField(label="Чьи уроки", coerce=int, widget=forms.RadioSelect)
            field.choices = [(person.pk, person.full_name) for person in people]
            self.fields["person"] = field
            self.prepare("person", field)
            self.order_fields(["person", "day", "starts", "ends"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("starts") and said.get("ends") and said["ends"] <= said["starts"]:
            self.add_error("ends", LATER)
        return said

    def whom(self) -> Person:
        """Return whose lessons they are, of a valid form."""
        return self.people[self.cleaned_data["person"]] if "person" in self.fields else next(iter(self.people.values()))

    def values(self) -> dict[str, Any]:
        """Return what the act takes, of a valid form."""
        return {name: self.cleaned_data[name] for name in ("day", "starts", "ends")}


class ReleaseForm(RequestForm):
    """For which activity of the plan, when, and why it is an exceptional case."""

    activity = forms.ModelChoiceField(Activity.objects.none(), label="Мероприятие плана", empty_label="выберите")
    day = forms.DateField(label="Когда", widget=DateInput)
    starts = forms.TimeField(label="С какого часа", widget=TimeInput)
    ends = forms.TimeField(label="До какого часа", widget=TimeInput)
    lesson_time = forms.ModelChoiceField(LessonTime.objects.none(), required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        program = self.subject.program
        assert program is not None  # the kind is about a program
        self.fields["activity"].queryset = program.activities.all()
        self.fields["lesson_time"].queryset = LessonTime.objects.filter(program=program)
        text = self.fields["text"]
        text.help_text = f"Продолжите: «в связи с тем, что …». Эти слова войдут в приказ. {text.help_text}"
        _no_past(self.fields["day"])
        self.order_fields(["author", "activity", "day", "starts", "ends", "text"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("starts") and said.get("ends") and said["ends"] <= said["starts"]:
            self.add_error("ends", LATER)
        if said.get("day") and said["day"] < timezone.localdate():
            self.add_error("day", "Этот день уже прошёл")
        return said

    def columns(self) -> dict[str, Any]:
        activity = self.cleaned_data["activity"]
        return {"activity": activity, "about": f"мероприятие «{activity.title}»"[:300]}

    def extra(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("day", "starts", "ends", "lesson_time")}


def teachers() -> Any:
    """Return those who teach at the school today."""
    jobs = Employment.objects.current().filter(is_teaching=True, organisation__kind=Organisation.Kind.OWN)
    return Person.objects.filter(pk__in=jobs.values("person")).order_by("search", "pk")


class LessonForm(BaseForm):
    """A lesson: when, which class, who gives it instead or the day to which it is moved."""

    day = forms.DateField(label="День", widget=DateInput, required=False)
    starts = forms.TimeField(label="С", widget=TimeInput, required=False)
    ends = forms.TimeField(label="До", widget=TimeInput, required=False)
    what = forms.CharField(label="Класс, предмет", max_length=200, required=False)
    place = forms.CharField(label="Место", max_length=100, required=False)
    substitute = forms.TypedChoiceField(label="Кто проведёт", coerce=int, required=False, empty_value=None)
    moved_to = forms.DateField(label="Или перенести на", widget=DateInput, required=False)

    def __init__(self, *args: Any, choices: list, day: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["substitute"].choices = [("", "не выбрано"), *choices]
        self.known_day = day
        self.fields["day"].initial = day
        self.fields["what"].widget.attrs["placeholder"] = "3 класс, сольфеджио"
        self.fields["place"].widget.attrs["placeholder"] = "каб. 12"
        for field in self.fields.values():
            field.quiet = True

    @property
    def is_named(self) -> bool:
        """Whether anything is said in the row."""
        return any(self.cleaned_data.get(name) for name in ("what", "starts", "ends", "substitute", "moved_to"))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        self.cleaned_data = said
        if self.is_named:
            for name, words in (
                ("what", "Назовите класс и предмет"),
                ("starts", "С какого часа"),
                ("ends", "До какого"),
            ):
                if not said.get(name) and not self.has_error(name):
                    self.add_error(name, words)
            if said.get("starts") and said.get("ends") and said["ends"] <= said["starts"]:
                self.add_error("ends", LATER)
            if said.get("substitute") and said.get("moved_to"):
                self.add_error("moved_to", "Либо занятие проводит другой, либо оно перенесено")
        return said

    def row(self, people: dict[int, Person]) -> LessonRow:
        """Return the lesson, of a valid row."""
        said = self.cleaned_data
        return LessonRow(
            day=said["day"] or self.known_day,
            starts=said["starts"],
            ends=said["ends"],
            what=said["what"],
            place=said["place"],
            substitute=people.get(said["substitute"]),
            moved_to=said["moved_to"],
        )


LessonRows = formset(LessonForm, rows=MOST_LESSONS, extra=2)


class ContinuityForm(VersionedMixin, BaseForm):
    """That nothing is taught meanwhile, and the explicit word that the educational process is not interrupted."""

    conditional = {"head", "on"}
    no_lessons = forms.BooleanField(label="Занятий в это время нет, замещать некого", required=False)
    confirmed = forms.BooleanField(label="", required=False)

    def __init__(self, *args: Any, release: Release, heads: list[Person], name: str, **kwargs: Any):
        """``heads`` are those whose paper is recorded: none where the user confirms oneself."""
        super().__init__(*args, **kwargs)
        self.fields["confirmed"].label = (
            f"Непрерывность образовательного процесса обеспечена: на время отсутствия {name} занятия замещены или"
            " перенесены (п.\u00a01.4 Положения)"
        )
        if heads:
            choices = [(person.pk, person.full_name) for person in heads]
            field = forms.TypedChoiceField(
                label="Кто подтвердил на бумаге", coerce=int, choices=choices, required=False
            )
            field.widget = forms.RadioSelect(choices=choices)
            field.initial = choices[0][0] if len(choices) == 1 else None
            self.fields["head"] = field
            self.prepare("head", field)
            self.fields["on"] = forms.DateField(label="Дата подтверждения", widget=DateInput, required=False)
            self.prepare("on", self.fields["on"])
            allow_no_future(self.fields["on"])
        self.heads = {person.pk: person for person in heads}

    def values(self) -> dict[str, Any]:
        """Return what the act takes, of a valid form."""
        said = self.cleaned_data
        return {
            "no_lessons": said["no_lessons"],
            "confirmed": said["confirmed"],
            "version": said["version"],
            "head": self.heads.get(said.get("head") or 0),
            "on": said.get("on"),
        }
