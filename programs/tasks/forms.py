"""Forms of tasks, made for a thumb."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from mentoring_site.evidence.fields import EvidenceField
from mentoring_site.forms import BaseForm
from people.promises import Promise
from programs.journal.forms import CheckForm
from programs.pairings.models import Participation
from programs.program.models import Program
from programs.tasks.acts import LONGEST_TASK

WEEK = timedelta(days=7)


def _full_name(side: Participation) -> str:
    return side.person.full_name


class GiveForm(BaseForm):
    """What to do and till when; in a group, who."""

    text = forms.CharField(
        label="Что сделать",
        max_length=LONGEST_TASK,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"Одно дело, по которому видно, что оно сделано. {Promise.TASK.sentence}",
    )
    due_on = forms.DateField(label="До какого дня")
    mentees = forms.ModelMultipleChoiceField(
        Participation.objects.none(), label="Кому", widget=forms.CheckboxSelectMultiple
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, program: Program, **kwargs: Any):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        mentee = Participation.Part.MENTEE
        self.everybody = [p for p in program.pairing.people if p.part == mentee and p.until is None]
        last = min(filter(None, (today + WEEK, program.ends_on)))
        self.fields["due_on"].initial = max(today, last)
        self.fields["due_on"].widget.attrs |= {"min": today.isoformat()}
        self.fields["request_key"].initial = uuid4
        field = self.fields["mentees"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        if len(self.everybody) == 1:
            del self.fields["mentees"]
        else:
            field.queryset = program.pairing.participations.live().filter(part=mentee).select_related("person")
            field.label_from_instance = _full_name  # type: ignore[method-assign,assignment]
            field.initial = self.everybody

    def sides(self) -> list[Participation]:
        """Return to whom the task goes: the mentee of a pair, or those marked."""
        return list(self.cleaned_data.get("mentees") or self.everybody)


class DoForm(BaseForm):
    """What was done, with photographs and files."""

    result = forms.CharField(
        label="Что сделано",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=Promise.TASK.sentence,
    )
    evidence = EvidenceField(label="Снимки и файлы")
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**9)


class AnswerForm(CheckForm):
    """The mentor's word about a done task."""
