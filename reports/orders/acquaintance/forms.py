"""Forms of acquaintance."""

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
