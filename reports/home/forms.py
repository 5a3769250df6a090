"""Forms of the desk."""

from typing import Any

from django import forms

from mentoring_site.forms import BaseForm


class PostponeForm(BaseForm):
    """Till when, and why: tomorrow one does not remember it."""

    until = forms.DateField(label="Вернуть в список")
    reason = forms.CharField(
        label="Почему", max_length=200, help_text="Видите только Вы. Например: жду ответа учредителя"
    )

    def __init__(self, *args: Any, last: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].help_text = f"Утром этого дня дело снова будет ждать Вас. Не позже {last}"


class WeeklyLetterForm(BaseForm):
    """Whether the letter of the week is wanted."""

    is_wanted = forms.BooleanField(label="Присылать по понедельникам письмо о делах недели", required=False)
