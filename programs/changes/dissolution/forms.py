"""The form of the end of a pair without a program."""

from django import forms

from mentoring_site.forms import OnceMixin
from programs.changes.forms import DayForm, GroundForm
from programs.changes.models import Grounded


class DissolutionForm(OnceMixin, GroundForm, DayForm):
    """When, why and by which paper a pair without a program ends."""

    PAPERS = (*GroundForm.PAPERS, Grounded.Paper.NOTICE)
    conditional = {"reason"}
    reason = forms.CharField(
        label="В связи с чем",
        max_length=300,
        required=False,
        help_text="Продолжите: «в связи с …», например «увольнением по собственному желанию». Отказ наставника по"
        " статье 351.8 ТК РФ причины не требует",
    )
    field_order = ("on", "reason", "about", "paper", "paper_on", "paper_number")

    def clean(self):
        data = super().clean() or {}
        if data.get("paper") != Grounded.Paper.NOTICE and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Напишите, в связи с чем закрепление прекращается")
        return data
