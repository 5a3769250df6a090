"""Forms of changes: amendment and its lines, replacement, suspension, end of a pair, petitions (п. 4.1, 5.1, 7.2)."""

from django import forms

from mentoring_site.forms import OnceMixin
from programs.changes.replacement.forms import DayForm


class EndForm(OnceMixin, DayForm):
    """When and why a pair without a programme ends."""

    reason = forms.CharField(
        label="В связи с чем", max_length=300, help_text="Войдёт в приказ: «в связи с увольнением наставника»"
    )
