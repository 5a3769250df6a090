"""Filters of the overview of acquaintance."""

from django import forms

from mentoring_site.forms import BaseForm

UNREAD = "unread"


class ReadingFilters(BaseForm):
    """Filters above the overview of acquaintance."""

    show = forms.ChoiceField(
        label="Показать", required=False, choices=[("", "все документы"), (UNREAD, "где есть не ознакомленные")]
    )
    q = forms.CharField(
        label="Слово или номер", required=False, max_length=120, widget=forms.TextInput(attrs={"type": "search"})
    )

    def __init__(self, data):
        super().__init__(data or None)

    @property
    def chosen(self) -> dict[str, str]:
        """Return the valid values that narrow the list."""
        valid = self.is_bound and self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value} if valid else {}
