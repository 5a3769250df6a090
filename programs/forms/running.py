"""Forms of a running programme: a result, a check, a meeting in a few taps, a message."""

from uuid import uuid4

from django import forms
from django.utils import timezone

from mentoring_site.files import UploadFormField
from mentoring_site.forms import BaseForm, Segments
from programs.models import Meeting, Participation
from programs.running import MINUTES


def _text(label, rows=4, **more):
    return forms.CharField(label=label, max_length=4000, widget=forms.Textarea(attrs={"rows": rows}), **more)


class ResultForm(BaseForm):
    """What a mentee did, with a file."""

    result = _text("Что сделано", help_text="Коротко: что провели, что получилось")
    file = UploadFormField(label="Файл", required=False)


class CheckForm(BaseForm):
    """The mentor's word about a done activity."""

    comment = _text("Слово наставника", required=False)
    decision = forms.ChoiceField(
        label="Решение", widget=Segments, choices=[("check", "Принять"), ("return", "Вернуть")]
    )

    def clean(self):
        data = super().clean()
        if data.get("decision") == "return" and not (data.get("comment") or "").strip():
            self.add_error("comment", "Напишите, что исправить")
        return data


class MeetingForm(BaseForm):
    """A past meeting: date, length, format, what about. Made for a thumb."""

    held_on = forms.DateField(label="Когда")
    minutes = forms.TypedChoiceField(label="Сколько длилась", coerce=int, widget=Segments)
    format = forms.ChoiceField(
        label="Как", choices=Meeting.Format.choices, widget=Segments, initial=Meeting.Format.TOGETHER
    )
    participants = forms.ModelMultipleChoiceField(
        Participation.objects.none(), label="Кто был", widget=forms.CheckboxSelectMultiple
    )
    about = _text("О чём говорили")
    next_step = forms.CharField(label="Что сделать к следующей", max_length=500, required=False)
    activity = forms.ModelChoiceField(
        queryset=None, label="Мероприятие плана", required=False, empty_label="не из плана"
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, program, user, **kwargs):
        super().__init__(*args, **kwargs)
        people = program.pairing.participations.live().select_related("person")
        self.fields["participants"].queryset = people
        self.fields["participants"].label_from_instance = lambda p: p.person.full_name
        self.fields["participants"].initial = list(people)
        self.fields["activity"].queryset = program.activities.all()
        self.fields["minutes"].choices = [(m, f"{m}\u00a0мин") for m in MINUTES]
        self.fields["minutes"].initial = 45
        self.fields["held_on"].initial = timezone.localdate
        self.fields["request_key"].initial = uuid4


class MessageForm(BaseForm):
    """A message to the thread."""

    text = _text("Сообщение", rows=3)
    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["request_key"].initial = uuid4
