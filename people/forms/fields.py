"""Pieces that several forms of people share: choices read in one query, a hidden version, a key against double presses."""

import uuid

from django import forms
from django.db.models import CharField, F, Value

from mentoring_site.forms import BaseForm

ANY = [("", "любые")]


class VersionedMixin(forms.Form):
    """A form that edits something with a version: the hidden field says what the user was looking at."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def show_newer(self, version: int) -> None:
        """After a stale edit: keep what was typed, but let the next press be about the present version."""
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = version


class OnceMixin(forms.Form):
    """A form that makes something: the hidden key makes a second press harmless."""

    request_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["request_key"].initial = uuid.uuid4


class FilterForm(BaseForm):
    """Filters above a list. Nonsense in the address is no filter: the list stays whole."""

    def chosen(self) -> dict:
        """Return the valid values that were chosen."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "", [])}


def choices_of(**querysets) -> dict[str, list[tuple[str, str]]]:
    """Read the choices of several short lists in one query: ``choices_of(topic=Topic.objects.all())``."""
    rows = [
        queryset.order_by().annotate(which=Value(name, CharField()), word=F(field)).values_list("which", "pk", "word")
        for name, (queryset, field) in querysets.items()
    ]
    found = {name: [] for name in querysets}
    for which, pk, word in rows[0].union(*rows[1:], all=True):
        found[which].append((str(pk), word))
    return {name: sorted(options, key=lambda option: option[1].lower()) for name, options in found.items()}
