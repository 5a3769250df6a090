"""Forms of a running program: a result, a check, a meeting in a few taps, a message."""

from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils import timezone

from mentoring_site.evidence.fields import EvidenceField
from mentoring_site.forms import BaseForm, Segments, VersionedMixin
from mentoring_site.russian import full_stop, joined, ruday
from people.accounts.models import User
from people.promises import Promise
from people.rights import Right
from programs.journal import agenda
from programs.journal.acts import LONGEST, LONGEST_OBJECTION, LONGEST_TEXT, MINUTES, SHORTEST, addressees
from programs.journal.models import Meeting, StepAnswer
from programs.journal.steps import OpenStep, open_steps, samples
from programs.pairings.models import Participation
from programs.program.drafting.forms import CATEGORY_HELP, PARTNER_HELP, category_complaint
from programs.program.models import Activity, Program

OTHER = "other"
OWN = "own"
PRIVATE = ("about", "next_step", "activity", "evidence")
"""Fields of an entry that only its people read: the others correct when, how long and who was there."""
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


class CategoryForm(BaseForm):
    """Which duty of the mentor an activity serves."""

    category = forms.ChoiceField(
        label="Категория",
        required=False,
        choices=[("", "без категории"), *Activity.Category.choices],
        help_text=CATEGORY_HELP,
    )
    partner = forms.CharField(label="С кем", max_length=200, required=False, help_text=PARTNER_HELP)
    conditional = {"partner"}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if wrong := category_complaint(data):
            self.add_error("partner", wrong)
        return data


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
    points = forms.MultipleChoiceField(label="О чём из повестки", required=False, widget=forms.CheckboxSelectMultiple)
    about = _text("О чём говорили", rows=3, required=False)
    step = forms.ChoiceField(
        label="Один шаг до следующей встречи",
        required=False,
        help_text="Небольшой и такой, чтобы его было видно или слышно. Следующая запись начнётся с него",
    )
    next_step = forms.CharField(label="Шаг своими словами", max_length=500, required=False)
    format = forms.ChoiceField(
        label="Как встретились", choices=Meeting.Format.choices, widget=Segments, initial=Meeting.Format.TOGETHER
    )
    activity = forms.ModelChoiceField(
        Activity.objects.none(), label="Мероприятие плана", required=False, empty_label="вне плана"
    )
    evidence = EvidenceField(label="Снимки и файлы")
    request_key = forms.UUIDField(widget=forms.HiddenInput)
    besides = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=10**15)
    conditional = {"length", "about", "next_step"}
    twin: Meeting | None = None  # the meeting that is asked about: is this another one?

    def __init__(self, *args, program, user: User, planned=None, meeting: Meeting | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        live = program.pairing.participations.live()
        self.everybody = [p for p in program.pairing.people if p.until is None]
        self._open_with_steps(program, user)
        self._offer_points(program, user, meeting)
        self._offer_steps(meeting)
        names = [p.person.short_name for p in self.everybody]
        if user.person_id not in {p.person_id for p in self.everybody}:
            names.append(user.person.short_name)
        self.fields["about"].help_text = Promise.ENTRY.named(names)
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
            self._fill(meeting, user)

    def _open_with_steps(self, program: Program, user: User) -> None:
        """Begin with the step of the last meeting: «сделано», «частично», «нет»."""
        self.steps = open_steps(program, user)
        for step in self.steps:
            whose = f"{full_stop(step.participation.person.short_name)} " if len(self.everybody) > 2 else ""
            field = forms.ChoiceField(
                label=f"{whose}Шаг прошлой встречи: {step.meeting.next_step}",
                choices=StepAnswer.Outcome.choices,
                widget=Segments,
                required=False,
            )
            self.fields[step.name] = field
            self.prepare(step.name, field)
        self.order_fields([step.name for step in self.steps])

    def _offer_points(self, program: Program, user: User, meeting: Meeting | None) -> None:
        reads = meeting is not None and meeting.is_read_by(user)
        found = agenda.points(meeting, program, user) if meeting and reads else agenda.offered(program, user)
        found = [point for point in found if not any(point.endswith(s.meeting.next_step) for s in self.steps)]
        field = self.fields["points"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(point, point) for point in found]
        if not found:
            del self.fields["points"]

    def _offer_steps(self, meeting: Meeting | None) -> None:
        field = self.fields["step"]
        assert isinstance(field, forms.ChoiceField)
        mentees = [p for p in self.everybody if p.part == Participation.Part.MENTEE]
        field.choices = [("", "без шага"), *((s.text, s.text) for s in samples(mentees)), (OWN, "свой, напишу ниже")]

    def _fill(self, meeting: Meeting, user: User) -> None:
        """Begin with what was planned; a day that is still to come is today."""
        names = ("held_on", "minutes", "format", *(("about",) if meeting.is_read_by(user) else ()))
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
        """The length is one of the choices, or minutes that are typed; never both. What was talked about is ticked in
        the agenda, typed, or both.
        """
        data = super().clean() or self.cleaned_data
        self._say_what(data)
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

    def _say_what(self, data: dict[str, Any]) -> None:
        said = [*data.get("points", ()), data.get("about", "").strip()]
        if "about" in self.fields and "about" in data:
            data["about"] = "\n".join(line for line in said if line)
            if not data["about"]:
                ticked = "Отметьте пункты повестки или напишите" if "points" in self.fields else "Напишите"
                self.add_error("about", f"{ticked}, о чём говорили")
            elif len(data["about"]) > LONGEST_TEXT:
                self.add_error("about", f"Вместе с повесткой получается длиннее {LONGEST_TEXT} знаков")
        chosen = data.get("step", "")
        if chosen == OWN and not data.get("next_step", "").strip():
            self.add_error("next_step", "Напишите шаг или выберите «без шага»")
        elif chosen not in ("", OWN) and not data.get("next_step", "").strip():
            data["next_step"] = chosen

    def answers(self) -> list[tuple[OpenStep, str]]:
        """Return what became of the steps of the last meeting, where it was said."""
        return [(step, self.cleaned_data[step.name]) for step in self.steps if self.cleaned_data.get(step.name)]

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
        for name in ("request_key", "points", "step", *(s.name for s in self.steps)):
            self.fields.pop(name, None)
        self.steps = []
        self.fields["next_step"].label = "Один шаг до следующей встречи"
        if not meeting.is_read_by(kwargs["user"]):
            for name in PRIVATE:
                del self.fields[name]
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
        help_text=f"Прочтут: участники встречи и {joined(Right.PROGRAMS_ACT_FOR_OTHERS.holders)}",
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
