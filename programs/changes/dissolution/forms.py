"""The form of the end of a pair without a program."""

from django import forms

from mentoring_site.forms import OnceMixin
from programs.changes.forms import DayForm


class DissolutionForm(OnceMixin, DayForm):
    """When and why a pair without a program ends."""

    reason = forms.CharField(
        label="В связи с чем", max_length=300, help_text="Войдёт в приказ: «в связи с увольнением наставника»"
    )
