"""Forms of a suspension and of a resumption (п. 7.2)."""

from django import forms

from mentoring_site.forms import OnceMixin
from programs.changes.forms import DayForm, GroundForm


class PauseForm(OnceMixin, GroundForm):
    """From when until when a program is suspended, and why."""

    since = forms.DateField(label="С какого дня")
    until = forms.DateField(
        label="По какой день", required=False, help_text="Оставьте пустым, если день возобновления пока неизвестен"
    )
    reason = forms.CharField(
        label="В связи с чем",
        max_length=300,
        help_text="Продолжите: «в связи с …», например «ежегодным отпуском». Диагнозов и подробностей не пишут",
    )

    field_order = ("since", "until", "reason", "about", "paper", "paper_on", "paper_number")

    def clean(self):
        data = super().clean()
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", "Приостановление не может закончиться раньше, чем началось")
        return data


class ResumeForm(OnceMixin, DayForm):
    """From which day a suspended program goes on."""
