"""Forms of the register: the journal, numbers without an order, signatures made outside, stacks of
scans, local acts.
"""

from django import forms

from mentoring_site.forms import BaseForm


class PasswordForm(BaseForm):
    """The password again: by it a person signs."""

    password = forms.CharField(
        label="Ваш пароль",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="Тот, с которым Вы входите в систему",
    )


class ReadingFilters(BaseForm):
    """Filters above the overview of acquaintance."""

    show = forms.ChoiceField(
        label="Показать", required=False, choices=[("", "все документы"), ("unread", "где есть не ознакомленные")]
    )
    q = forms.CharField(
        label="Слово или номер", required=False, max_length=120, widget=forms.TextInput(attrs={"type": "search"})
    )

    def __init__(self, data):
        super().__init__(data or None)
