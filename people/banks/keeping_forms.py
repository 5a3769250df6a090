"""Forms of keeping the banks: facts of an entry, the review, why it is returned."""

from typing import Any

from django import forms

from mentoring_site.forms import BaseForm, VersionedMixin
from people.banks.forms import MOST_MENTEES
from people.banks.models import Candidate, MenteeCategory, Topic


class CorrectionForm(VersionedMixin, BaseForm):
    """The facts of an entry: what the person states about himself or herself is not here."""

    topics = forms.ModelMultipleChoiceField(
        Topic.objects.none(), label="Темы", required=False, widget=forms.CheckboxSelectMultiple
    )
    categories = forms.ModelMultipleChoiceField(
        MenteeCategory.objects.none(), label="Категория", required=False, widget=forms.CheckboxSelectMultiple
    )
    capacity_hours = forms.IntegerField(label="Сколько часов в месяц", required=False, min_value=1, max_value=100)
    capacity_persons = forms.IntegerField(label="Сколько наставляемых может взять", min_value=1, max_value=MOST_MENTEES)
    why = forms.CharField(
        label="Почему исправлено",
        max_length=500,
        help_text="Например: «В анкете на бумаге указано другое»",
    )

    def __init__(self, *args: Any, candidate: Candidate, **kwargs: Any):
        super().__init__(*args, **kwargs)
        own_topics, own_categories = candidate.topics.all(), candidate.categories.all()
        self._offer("topics", Topic.objects.filter(is_open=True) | Topic.objects.filter(pk__in=own_topics))
        self._offer(
            "categories",
            MenteeCategory.objects.filter(is_open=True) | MenteeCategory.objects.filter(pk__in=own_categories),
        )
        if candidate.part == Candidate.Part.MENTOR:
            del self.fields["categories"]
        else:
            del self.fields["capacity_hours"], self.fields["capacity_persons"]
        self.initial = {
            "topics": [row.pk for row in own_topics],
            "categories": [row.pk for row in own_categories],
            "capacity_hours": candidate.capacity_hours,
            "capacity_persons": candidate.capacity_persons,
            "version": candidate.version,
        }

    def _offer(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = rows.distinct()


class SendReviewBackForm(BaseForm):
    """What is to be gone through once more."""

    reason = forms.CharField(label="Что проверить ещё раз", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
