"""Forms of a sheet: which lesson, and the sheet itself, made for a thumb in the lesson."""

from typing import Any
from uuid import uuid4

from django import forms

from mentoring_site.forms import BaseForm, Segments, VersionedMixin
from mentoring_site.russian import ruday
from people.accounts.models import User
from people.promises import Promise
from programs.catalogs.models import SheetTemplate
from programs.journal.models import Meeting
from programs.observations import acts
from programs.observations.models import Mark, Observation
from programs.pairings.models import Participation
from programs.program.models import Program

NEW = "new"


class BeginForm(BaseForm):
    """Which sheet, whose lesson, which entry of the journal."""

    template = forms.ModelChoiceField(
        SheetTemplate.objects.none(), label="Лист", widget=forms.RadioSelect, empty_label=None
    )
    teacher = forms.ModelChoiceField(Participation.objects.none(), label="Кто ведёт урок", empty_label=None)
    lesson = forms.CharField(
        label="Что за урок", max_length=200, help_text="Например: специальность, 2 класс, работа над пьесой"
    )
    entry = forms.TypedChoiceField(
        label="Запись журнала", help_text="Из новой записи после урока получится запись о встрече, с часами"
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, program: Program, user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        sheets, teachers, entry = self.fields["template"], self.fields["teacher"], self.fields["entry"]
        assert isinstance(sheets, forms.ModelChoiceField) and isinstance(teachers, forms.ModelChoiceField)
        assert isinstance(entry, forms.TypedChoiceField)
        sheets.queryset = SheetTemplate.objects.filter(is_open=True)
        live = program.pairing.participations.live().exclude(person=user.person_id).select_related("person")
        teachers.queryset = live.order_by("part", "pk")
        teachers.label_from_instance = _full_name  # type: ignore[method-assign,assignment]
        found = {str(m.pk): m for m in acts.entries(program, user)}
        entry.choices = [(NEW, "новая: сегодня, сейчас"), *((key, _words(m)) for key, m in found.items())]
        entry.coerce = found.get
        entry.empty_value = None
        self.fields["request_key"].initial = uuid4


def _full_name(side: Participation) -> str:
    return side.person.full_name


def _words(meeting: Meeting) -> str:
    planned = "назначена" if meeting.state == Meeting.State.PLANNED else "записана"
    return f"{ruday(meeting.held_on)}, {meeting.minutes}\u00a0мин, {planned}"


class SheetForm(VersionedMixin, BaseForm):
    """A mark and, if one likes, a note on each criterion."""

    strengths = forms.CharField(
        label="Что взять себе", max_length=acts.LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    advice = forms.CharField(
        label="Что попробовать", max_length=acts.LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, sheet: Observation, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        self.initial = {"strengths": sheet.strengths, "advice": sheet.advice, "version": sheet.version}
        names = []
        for n, criterion in enumerate(sheet.criteria):
            mark = forms.ChoiceField(label=criterion["text"], choices=Mark.choices, widget=Segments, required=False)
            note = forms.CharField(label="Заметка", max_length=acts.LONGEST_NOTE, required=False)
            for name, field in ((f"mark_{n}", mark), (f"note_{n}", note)):
                self.fields[name] = field
                self.prepare(name, field)
                names.append(name)
            self.initial |= {f"mark_{n}": criterion["mark"], f"note_{n}": criterion["note"]}
        self.order_fields([*names, "strengths", "advice"])
        self.fields["advice"].help_text = Promise.ENTRY.named(sheet.meeting.readers)

    def marks(self) -> list[tuple[str, str]]:
        """Return (mark, note) of the criteria in their order."""
        data = self.cleaned_data
        return [(data[f"mark_{n}"], data[f"note_{n}"]) for n in range(len(self.sheet.criteria))]
