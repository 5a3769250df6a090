"""Forms of changes: amendment and its lines, replacement, suspension, end of a pair, petitions (п. 4.1, 5.1, 7.2)."""

from django import forms

from mentoring_site.forms import BaseForm, OnceMixin
from programs.changes.replacement.forms import DayForm


class PauseForm(OnceMixin, BaseForm):
    """When a programme stands still and why."""

    since = forms.DateField(label="С какого дня")
    until = forms.DateField(
        label="По какой день", required=False, help_text="Оставьте пустым, если день возобновления пока неизвестен"
    )
    reason = forms.CharField(
        label="В связи с чем",
        max_length=300,
        help_text="Войдёт в приказ: «в связи с отпуском наставника». Диагнозов и подробностей не пишут",
    )

    def clean(self):
        data = super().clean()
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", "Приостановление не может закончиться раньше, чем началось")
        return data


class ResumeForm(OnceMixin, DayForm):
    """From which day a suspended programme goes on."""
