"""Fields and forms that several types of change use."""

from django import forms
from django.utils import timezone

from mentoring_site.forms import BaseForm


def version_field() -> forms.IntegerField:
    """Return the hidden field with the version that the form was opened on."""
    return forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**9)


def allow_no_future(field: forms.Field) -> None:
    """Let the browser offer no day after today: the date of a paper."""
    field.widget.attrs["max"] = timezone.localdate().isoformat()


class VersionedForm(BaseForm):
    """Parent of forms that edit a thing with a version."""

    def show_newer(self, version: int) -> None:
        """Let the next submission overwrite what the reader has now seen."""
        self.data = self.data.copy()
        self.data["version"] = str(version)


class DayForm(BaseForm):
    """One day."""

    on = forms.DateField(label="С какого дня")
