"""Forms of training: a record, its check, one course of many people, an invitation, the settings."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from mentoring_site.evidence.fields import EvidenceField
from mentoring_site.forms import BaseForm, BaseModelForm, OnceMixin, Segments, VersionedMixin
from people.promises import Promise
from people.register.fields import offer_people
from people.register.models import Person
from people.school.models import Organisation
from roadmap.training.acts import FIELDS, LONGEST_REMARK
from roadmap.training.models import Training, TrainingSettings


class TrainingForm(BaseModelForm):
    """What was learnt, where, when and by which document."""

    conditional = {"ended_on", "document_number", "document_date"}

    class Meta:
        model = Training
        fields = FIELDS
        labels = {
            "organisation": "Где: партнёр школы",
            "host": "Где: другая организация",
            "trainer": "Кто учил: тренер или наставник из другой организации",
            "ended_on": "Последний день",
            "hours": "Сколько часов",
            "document": "Документ об обучении",
            "document_number": "Его номер",
            "document_date": "Его дата",
            "about_mentoring": "Это обучение о наставничестве",
            "outcome": "Что взято в работу",
        }
        help_texts = {
            "topic": "Как в документе",
            "host": "Если организации нет среди партнёров, напишите её название",
            "trainer": "Если это важно: фамилия и где работает",
            "ended_on": "Если всё прошло за один день, не заполняйте",
            "hours": "Академических, как в документе",
            "outcome": f"Одно-два предложения. {Promise.TRAINING.sentence}",
        }
        widgets = {"kind": forms.Select, "outcome": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["ended_on"].required = False
        field = self.fields["organisation"]
        field.queryset = Organisation.objects.exclude(kind=Organisation.Kind.OWN)
        field.empty_label = "другая организация или нет"
        today = timezone.localdate().isoformat()
        for name in ("started_on", "ended_on", "document_date"):
            self.fields[name].widget.attrs |= {"max": today}

    def clean(self) -> dict[str, Any]:
        """A training of one day ends on it; the number and the date are those of a document."""
        data = super().clean() or self.cleaned_data
        data["ended_on"] = data.get("ended_on") or data.get("started_on")
        first, last, today = data.get("started_on"), data.get("ended_on"), timezone.localdate()
        if first and last and last < first:
            self.add_error("ended_on", "Последний день раньше первого: поменяйте их местами")
        elif last and last > today:
            self.add_error("ended_on", "Обучение ещё не закончилось: запишите его, когда оно пройдёт")
        if not data.get("document") and (data.get("document_number") or data.get("document_date")):
            self.add_error("document", "Выберите, какой это документ")
        return data

    def values(self) -> dict[str, Any]:
        """Return what the acts take."""
        return {name: self.cleaned_data.get(name) for name in FIELDS if name in self.fields}


class EnterForm(OnceMixin, TrainingForm):
    """A new record, with photographs or files of the document."""

    evidence = EvidenceField(label="Снимок или файл документа")


class EnterForPersonForm(EnterForm):
    """A new record about somebody, whom a keeper chooses."""

    person = forms.ModelChoiceField(Person.objects.none(), label="Кто учился")
    field_order = ("person", *FIELDS)

    def __init__(self, *args: Any, people: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        offer_people(self, "person", people)


class EditForm(VersionedMixin, TrainingForm):
    """The same of a record that is there."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version


class CheckForm(BaseForm):
    """Whether the record agrees with the document, and about which version of it that is said."""

    conditional = {"remark"}
    decision = forms.ChoiceField(
        label="Решение", widget=Segments, choices=[("confirm", "Подтвердить"), ("send_back", "Вернуть")]
    )
    remark = forms.CharField(
        label="Что уточнить",
        max_length=LONGEST_REMARK,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=f"Нужно, если возвращаете. {Promise.TRAINING.sentence}",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**9)

    def clean(self) -> dict[str, Any]:
        """Whatever is sent back is sent with a reason."""
        data = super().clean() or self.cleaned_data
        if data.get("decision") == "send_back" and not (data.get("remark") or "").strip():
            self.add_error("remark", "Напишите, что уточнить")
        return data


class CourseForm(TrainingForm):
    """One training of many people: what is the same for all."""

    field_order = [name for name in FIELDS if name not in ("document_number", "outcome")]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in ("document_number", "outcome"):
            del self.fields[name]


class NumberForm(BaseForm):
    """The number of the document of one of many."""

    document_number = forms.CharField(label="Номер документа", max_length=60, required=False)


class InviteForm(BaseForm):
    """Where people are invited to learn."""

    text = forms.CharField(
        label="Куда и на что",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Например: курсы «Наставник в образовании», институт развития образования, 36 часов",
    )
    url = forms.URLField(label="Ссылка", max_length=500, required=False, assume_scheme="https")
    due_on = forms.DateField(label="До какого дня", required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["due_on"].widget.attrs |= {"min": timezone.localdate().isoformat()}

    def clean_due_on(self) -> date | None:
        """Refuse a day past at the field."""
        day = self.cleaned_data["due_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError("Этот день уже прошёл")
        return day


class SettingsForm(VersionedMixin, BaseModelForm):
    """From when training about mentoring counts."""

    class Meta:
        model = TrainingSettings
        fields = ["mentor_years", "mentor_since"]
        labels = {"mentor_years": "За сколько лет смотреть"}
        help_texts = {
            "mentor_since": "Например, со дня нового Положения. Если указан день, число лет не считается",
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
