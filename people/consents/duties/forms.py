"""Forms about one thing due: what was done, why its term is longer."""

from django import forms

from mentoring_site.forms import BaseForm


class DutyForm(BaseForm):
    """What was done."""

    note = forms.CharField(
        label="Что именно сделано",
        max_length=300,
        required=False,
        help_text="Например: фотография снята со стенда и удалена со страницы школы",
    )


class ExtensionForm(BaseForm):
    """Why the term must be longer; the person is told."""

    reason = forms.CharField(
        label="Почему нужен больший срок",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Эту причину сообщают человеку в уведомлении о продлении",
    )
