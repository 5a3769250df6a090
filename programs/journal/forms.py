"""Forms of a running program: a result, a check, a meeting in a few taps, a message."""

from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils import timezone

from mentoring_site.forms import BaseForm, Segments, VersionedMixin
from mentoring_site.russian import ruday
from programs.journal.acts import LONGEST, LONGEST_OBJECTION, LONGEST_TEXT, MINUTES, SHORTEST, addressees
from programs.journal.evidence.fields import EvidenceField
from programs.journal.models import Meeting
from programs.pairings.models import Participation
from programs.program.models import Activity

OTHER = "other"
LENGTHS = {30: "30\u00a0мин", 45: "45\u00a0мин", 60: "1\u00a0час", 90: "1,5\u00a0часа"}


def _text(label, rows=4, **more):
    return forms.CharField(label=label, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": rows}), **more)


def _version():
    return forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**9)


class ResultForm(BaseForm):
    """What a mentee did, with photographs and files.

    ``version`` is of the result that the form was opened on, 0 when there was none.
    """

    result = _text("Что сделано", help_text="Коротко: что провели, что получилось")
    evidence = EvidenceField(label="Снимки и файлы")
    version = _version()


class CheckForm(BaseForm):
    """The mentor's word about a done activity, and about the version of it that the mentor has read."""

    decision = forms.ChoiceField(
        label="Решение", widget=Segments, choices=[("check", "Принять"), ("return", "Вернуть на доработку")]
    )
    comment = _text(
        "Слово наставника",
        required=False,
        help_text="Что удалось, что поправить. Если возвращаете — обязательно",
    )
    version = _version()

    def clean(self):
        data = super().clean()
        if data.get("decision") == "return" and not (data.get("comment") or "").strip():
            self.add_error("comment", "Напишите, что исправить")
        return data


class MeetingForm(BaseForm):
    """A past meeting, made for a thumb: everything that can be known beforehand is filled in.

    In a pair nobody is asked who was there.
    """

    held_on = forms.DateField(label="Когда")
    minutes = forms.TypedChoiceField(label="Сколько длилась", widget=Segments)
    length = forms.IntegerField(
        label="Сколько минут", required=False, min_value=SHORTEST, max_value=LONGEST, help_text="От 5 минут до 10 часов"
    )
    participants = forms.ModelMultipleChoiceField(
        Participation.objects.none(), label="Кто был", widget=forms.CheckboxSelectMultiple
    )
    about = _text("О чём говорили", rows=3)
    next_step = forms.CharField(label="Что сделать к следующей", max_length=500, required=False)
    format = forms.ChoiceField(
        label="Как встретились", choices=Meeting.Format.choices, widget=Segments, initial=Meeting.Format.TOGETHER
    )
    activity = forms.ModelChoiceField(
        Activity.objects.none(), label="Мероприятие плана", required=False, empty_label="вне плана"
    )
    evidence = EvidenceField(label="Снимки и файлы")
    request_key = forms.UUIDField(widget=forms.HiddenInput)
    besides = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=10**15)
    conditional = {"length"}
    twin: Meeting | None = None  # the meeting that is asked about: is this another one?

    def __init__(self, *args, program, planned=None, meeting: Meeting | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        live = program.pairing.participations.live()
        self.everybody = [p for p in program.pairing.people if p.until is None]
        if len(self.everybody) <= 2:
            del self.fields["participants"]
        else:
            field = self.fields["participants"]
            field.queryset = live.select_related("person")
            field.label_from_instance = lambda p: p.person.full_name
            field.initial = self.everybody
        self.fields["activity"].queryset = program.activities.all()
        self.fields["activity"].label_from_instance = lambda a: f"{a.title}, до {ruday(a.due_on)}"
        self.fields["activity"].initial = planned
        self._offer_lengths(set(MINUTES))
        self.fields["minutes"].initial = 45
        self.fields["held_on"].initial = timezone.localdate
        self.fields["held_on"].widget.attrs |= {"max": timezone.localdate().isoformat()}
        self.fields["request_key"].initial = uuid4
        if meeting:
            self._fill(meeting)

    def _fill(self, meeting: Meeting) -> None:
        """Begin with what was planned; a day that is still to come is today."""
        names = ("held_on", "minutes", "format", "about")
        self.initial = {name: getattr(meeting, name) for name in names} | {"activity": meeting.activity_id}
        self.initial["held_on"] = min(meeting.held_on, timezone.localdate())
        self._offer_lengths({*MINUTES, meeting.minutes})
        if "participants" in self.fields:
            self.initial["participants"] = [a.participation_id for a in meeting.attendances.all()]

    def _offer_lengths(self, minutes: set[int]) -> None:
        field = self.fields["minutes"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [*((m, LENGTHS.get(m, f"{m}\u00a0мин")) for m in sorted(minutes)), (OTHER, "другая")]
        field.coerce = lambda chosen: None if chosen == OTHER else int(chosen)

    def clean(self) -> dict[str, Any]:
        """The length is one of the choices, or minutes that are typed; never both."""
        data = super().clean() or self.cleaned_data
        if "minutes" not in data or "length" not in data:
            return data
        chosen, typed = data["minutes"], data["length"]
        if chosen is None and typed is None:
            self.add_error("length", "Напишите, сколько минут длилась встреча")
        elif chosen is not None and typed not in (None, chosen):
            self.add_error("length", f"Выше выбрано {chosen} мин, а здесь {typed}. Выберите «другая» или сотрите число")
        else:
            data["minutes"] = typed or chosen
        return data

    def ask(self, twin: Meeting) -> None:
        """Ask about a second meeting of this day: pressing the button again is the answer."""
        self.twin = twin
        assert isinstance(self.data, QueryDict)
        typed = self.data.copy()
        typed[self.add_prefix("besides")] = str(twin.pk)
        self.data = typed

    def attended(self) -> list:
        """Return who was there: the two of a pair, or those marked."""
        return list(self.cleaned_data.get("participants") or self.everybody)


class CorrectionForm(VersionedMixin, MeetingForm):
    """What was written about a meeting, to be corrected."""

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["request_key"]
        names = ("held_on", "minutes", "format", "about", "next_step", "version")
        self.initial = {name: getattr(meeting, name) for name in names} | {"activity": meeting.activity_id}
        self._offer_lengths({*MINUTES, meeting.minutes})
        if "participants" in self.fields:
            self.initial["participants"] = [a.participation_id for a in meeting.attendances.all()]


class ObjectionForm(BaseForm):
    """«Было не так»: what was different."""

    reason = forms.CharField(
        label="Что было не так",
        max_length=LONGEST_OBJECTION,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Прочтут те, кто видит эту встречу в журнале",
    )


class MessageForm(BaseForm):
    """A message to the thread. In a group one says each time who may read it."""

    never_printed = {"text"}

    text = _text("Сообщение", rows=3)
    about = forms.TypedChoiceField(
        label="Кому видно", widget=Segments, error_messages={"required": "Выберите, кому видно это сообщение"}
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, program, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["request_key"].initial = uuid4
        sides = addressees(program, user)
        if not sides:
            del self.fields["about"]
            return
        alone = "Только наставнику" if sides[0].person_id == user.person_id else "Только {}"
        field = self.fields["about"]
        field.choices = [("all", "Всем в группе"), *((str(p.pk), alone.format(p.person.short_name)) for p in sides)]
        field.coerce = {str(p.pk): p for p in sides}.get
        field.help_text = "Остальные наставляемые не увидят того, что касается одного"
