"""Forms of decisions about clauses and about contradictions of the text."""

from typing import Any

from django import forms

from mentoring_site.forms import BaseForm, Textarea, VersionedMixin


class ExemptForm(BaseForm):
    """Why a clause is not applied in the school."""

    reason = forms.CharField(
        label="Почему пункт не применяется",
        max_length=500,
        widget=Textarea(attrs={"rows": 3}),
        help_text="Например: объединения наставников в школе нет, его дела ведёт методический совет",
    )


class SettleForm(VersionedMixin, BaseForm):
    """How the school has settled a contradiction."""

    words = forms.CharField(label="Как решила школа", max_length=1000, widget=Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, version: int = 1, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = version
