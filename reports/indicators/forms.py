"""The form of a goal, and the days for which indicators are asked."""

from typing import Any

from django import forms

from mentoring_site.forms import BaseForm, BaseModelForm, DateInput, VersionedMixin
from reports.indicators.models import IndicatorGoal


class DaysForm(BaseForm):
    """From which day to which; nothing is this school year."""

    since = forms.DateField(label="С", required=False, widget=DateInput)
    until = forms.DateField(label="По", required=False, widget=DateInput)


class GoalForm(VersionedMixin, BaseModelForm):
    """The school's word about one indicator."""

    class Meta:
        model = IndicatorGoal
        fields = ["baseline", "target", "why_target", "answers"]
        localized_fields = ["baseline", "target"]
        labels = {
            "baseline": "С чего начинали",
            "target": "Цель",
            "why_target": "Почему такая цель",
            "answers": "Кто отвечает",
        }
        help_texts = {
            "baseline": "Значение до начала работы, в тех же единицах",
            "why_target": "Откуда взято число: решение совета, программа развития, прошлый год",
            "answers": "Должность, а не имя",
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
