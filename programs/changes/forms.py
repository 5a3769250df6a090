"""Forms of changes: amendment and its lines, replacement, suspension, end of a pair, petitions (п. 4.1, 5.1, 7.2)."""

from django import forms
from django.utils import timezone


def _version():
    return forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**9)


def _today_at_most(field):
    field.widget.attrs["max"] = timezone.localdate().isoformat()
